import { data } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { FixFormFields } from "#app/components/fix-form.tsx";
import { FixPreview } from "#app/components/fix-preview.tsx";
import { newFixView, openNewFix } from "#app/server/new-fix.ts";
import { readForm } from "#app/server/read-form.ts";
import { requestSnapshot } from "#app/server/request-view.ts";
import type { Route } from "./+types/new-fix.ts";

export async function loader(args: Route.LoaderArgs) {
  const requested = await requestSnapshot(args);
  return newFixView(requested, new URL(args.request.url).searchParams);
}

export async function action(args: Route.ActionArgs) {
  const requested = await requestSnapshot(args);
  const answer = await openNewFix(requested, await readForm(args.request));
  return answer instanceof Response ? answer : data(answer, 422);
}

export default function NewFixPage({ loaderData, actionData }: Route.ComponentProps) {
  const { cause, form, series, problems, preview, callSentence } = actionData ?? loaderData;
  return (
    <>
      <title>A second fix – Fix It Twice</title>
      <Breadcrumb parents={[{ label: cause.name, href: cause.href }]} />
      <h1>A second fix of “{cause.name}”</h1>
      <p className="lead">
        The first fix was for a customer. The second one changes what makes the cause come back, and says now
        how it will be judged.
      </p>
      {callSentence !== null && <p>{callSentence}</p>}
      <FixFormFields
        form={form}
        problems={problems}
        hidden={{ cause: String(cause.causeId) }}
        withCheck
        save="Save the draft"
        series={series}
      />
      {preview !== null && <FixPreview {...preview} />}
    </>
  );
}
