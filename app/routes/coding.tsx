import { redirect } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { CodingSample } from "#app/components/coding-sample.tsx";
import { DrawSample } from "#app/components/draw-sample.tsx";
import { drawSample, sampleSizes, sampleViews, usualSampleSize } from "#app/server/coding-sample.ts";
import { badRequest } from "#app/server/http-errors.ts";
import { readForm, textField } from "#app/server/read-form.ts";
import { requestSnapshot, wholeNumber } from "#app/server/request-view.ts";
import type { Route } from "./+types/coding.ts";

const mostCharacters = 10;

export async function loader(args: Route.LoaderArgs) {
  const { services, snapshot } = await requestSnapshot(args);
  return {
    causesHref: `/w/${encodeURIComponent(snapshot.workspace.name)}/causes`,
    samples: await sampleViews(services.database.db, snapshot),
    sizes: { ...sampleSizes, usual: usualSampleSize },
  };
}

/** Draws a sample. */
export async function action(args: Route.ActionArgs) {
  const requested = await requestSnapshot(args);
  const size = wholeNumber(
    textField(await readForm(args.request), "size", mostCharacters) ?? "",
    "number of cases",
  );
  if (size < sampleSizes.least || size > sampleSizes.most)
    throw badRequest(
      `A sample of ${size} cases can't be drawn. Expected ${sampleSizes.least} to ${sampleSizes.most}.`,
    );
  await drawSample(requested, size);
  return redirect(new URL(args.request.url).pathname, 303);
}

export default function CodingPage({ loaderData: { causesHref, samples, sizes } }: Route.ComponentProps) {
  return (
    <>
      <title>Double-coded samples – Fix It Twice</title>
      <Breadcrumb parents={[{ label: "Causes", href: causesHref }]} />
      <h1>Double-coded samples</h1>
      <p>
        A person reads cases drawn by chance and says the cause and the category of each, without being shown
        what is published or what somebody else said. Cohen's kappa then tells how far the two agree beyond
        chance: 0 is what chance gives, 1 is full agreement.
      </p>
      {samples.map((sample) => (
        <CodingSample key={sample.sampleId} {...sample} />
      ))}
      <DrawSample sizes={sizes} isFirst={samples.length === 0} />
    </>
  );
}
