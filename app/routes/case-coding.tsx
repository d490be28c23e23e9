import { redirect } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { CodeCase } from "#app/components/code-case.tsx";
import { partText } from "#app/format.ts";
import { caseCodingView, changeCode } from "#app/server/case-coding.ts";
import { readForm } from "#app/server/read-form.ts";
import { requestSnapshot, wholeNumber } from "#app/server/request-view.ts";
import type { Route } from "./+types/case-coding.ts";

/** A person reads a drawn case, blind, and says its cause and category. */
export async function loader(args: Route.LoaderArgs) {
  const { services, snapshot } = await requestSnapshot(args);
  const sampleId = wholeNumber(args.params.sampleId, "sample");
  const search = new URL(args.request.url).searchParams;
  const base = `/w/${encodeURIComponent(snapshot.workspace.name)}`;
  return {
    view: await caseCodingView(services.database.db, snapshot, { sampleId, search }),
    causesHref: `${base}/causes`,
    samplesHref: `${base}/causes/coding`,
  };
}

/** Keeps the code, or takes it back, and goes on to the next case that this person has not coded. */
export async function action(args: Route.ActionArgs) {
  const { services, snapshot } = await requestSnapshot(args);
  const sampleId = wholeNumber(args.params.sampleId, "sample");
  const form = await readForm(args.request);
  const coder = await changeCode(services.database.db, snapshot, { sampleId, form });
  return redirect(`${new URL(args.request.url).pathname}?${new URLSearchParams({ coder })}`, 303);
}

export default function CaseCodingPage({ loaderData }: Route.ComponentProps) {
  const { view, causesHref, samplesHref } = loaderData;
  const { current } = view;
  const title = current === null ? "All cases are coded" : `Case ${partText(current.place, view.cases)}`;
  return (
    <>
      <title>{`${title} – Fix It Twice`}</title>
      <Breadcrumb
        parents={[
          { label: "Causes", href: causesHref },
          { label: "Double-coded samples", href: samplesHref },
        ]}
      />
      <h1>{title}</h1>
      <p className="soft">
        Sample {view.sampleId}, coded by {view.coder}: {partText(view.coded, view.cases)} so far.
      </p>
      {current === null ? (
        <p>
          Thank you. <a href={samplesHref}>See how far the codes agree</a>.
        </p>
      ) : (
        <CodeCase coder={view.coder} current={current} />
      )}
    </>
  );
}
