import { data, redirect } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { ImportDiscard } from "#app/components/import-discard.tsx";
import { ImportFormatFacts } from "#app/components/import-format-facts.tsx";
import { ChooseEncoding, ReadAnotherWay } from "#app/components/import-format-forms.tsx";
import { ImportProgress } from "#app/components/import-progress.tsx";
import { ImportSample } from "#app/components/import-sample.tsx";
import { ImportSteps } from "#app/components/import-steps.tsx";
import { Notice } from "#app/components/notice.tsx";
import { recognisedHeadline } from "#app/imports/describe-import.ts";
import { FormatProblem, readFormatForm } from "#app/imports/format-form.ts";
import { type FormatView, type FoundFormat, formatView } from "#app/imports/format-view.ts";
import { requestDraft } from "#app/imports/request-import.ts";
import { readForm } from "#app/server/read-form.ts";
import type { Route } from "./+types/import-format.ts";

export const handle = { interactive: true };

export async function loader(args: Route.LoaderArgs) {
  const { row, job, href, importsHref } = await requestDraft(args, "format");
  return { fileName: row.file_name, href, importsHref, job, ...formatView(row) };
}

/** Reads the file once more, as the person says. */
export async function action(args: Route.ActionArgs) {
  const { services, row, key, href } = await requestDraft(args, "format");
  try {
    const wish = readFormatForm(await readForm(args.request), formatView(row).choices);
    await services.imports.examine(key, wish);
  } catch (error) {
    if (!(error instanceof FormatProblem)) throw error;
    return data({ problem: error.message }, 422);
  }
  return redirect(`${href}/format`, 303);
}

export default function ImportFormatPage({ loaderData, actionData }: Route.ComponentProps) {
  const { fileName, findings, choices, job, href, importsHref } = loaderData;
  return (
    <>
      <title>{`Format of ${fileName} – Fix It Twice`}</title>
      <Breadcrumb parents={[{ label: "Imports", href: importsHref }]} />
      <h1>{headlineOf(loaderData)}</h1>
      <ImportSteps href={href} current="format" />
      {actionData !== undefined && <Notice kind="problem">{actionData.problem}</Notice>}
      {job !== null ? (
        <ImportProgress job={job} progressHref={`${href}/progress`} pageHref={`${href}/format`} />
      ) : (
        <Findings findings={findings} choices={choices} hrefs={{ href, importsHref }} />
      )}
      {job === null && <ImportDiscard href={href} />}
    </>
  );
}

function headlineOf({
  fileName,
  findings,
  job,
}: Pick<FormatView, "findings"> & { fileName: string; job: unknown }): string {
  if (job !== null || findings === null) return `${fileName} is being looked at`;
  switch (findings.state) {
    case "read":
      return recognisedHeadline(findings);
    case "encoding_unsure":
      return `${fileName} may be written in several encodings`;
    case "refused":
      return `${fileName} can’t be loaded as it is`;
  }
}

function Findings({
  findings,
  choices,
  hrefs,
}: FormatView & { hrefs: { href: string; importsHref: string } }) {
  if (findings === null)
    return <Notice kind="warning">Nobody has looked at this file yet; let it be read below.</Notice>;
  if (findings.state === "encoding_unsure")
    return (
      <section>
        <p className="lead">It is not UTF-8, and its bytes may be letters of several encodings.</p>
        <ChooseEncoding unsure={findings} />
      </section>
    );
  if (findings.state === "refused")
    return (
      <>
        <Notice kind="problem">{findings.sentence}</Notice>
        <p>
          <a href={hrefs.importsHref}>Choose another file</a>, or read this one another way:
        </p>
        <ReadAnotherWay choices={choices} />
      </>
    );
  return <Found found={findings} choices={choices} href={hrefs.href} />;
}

function Found({ found, choices, href }: { found: FoundFormat; href: string } & Pick<FormatView, "choices">) {
  return (
    <>
      <section>
        <ImportFormatFacts found={found} />
        {found.warnings.map((warning) => (
          <Notice key={warning} kind="warning">
            {warning}
          </Notice>
        ))}
        <p className="import-next no-print">
          <a href={`${href}/mapping`} className="button">
            Go on to the mapping
          </a>
        </p>
      </section>
      <ImportSample columns={found.columns} rows={found.firstRows} />
      <details className="no-print">
        <summary>Is something of this wrong? Read the file another way</summary>
        <ReadAnotherWay choices={choices} />
      </details>
    </>
  );
}
