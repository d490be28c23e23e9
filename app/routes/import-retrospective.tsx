import { data, redirect } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { Notice } from "#app/components/notice.tsx";
import { retrospectiveParts } from "#app/retrospectives/parts.ts";
import { importRetrospective } from "#app/server/import-retrospective.ts";
import { readForm } from "#app/server/read-form.ts";
import { requestSnapshot } from "#app/server/request-view.ts";
import { refuseLargeBody } from "#app/server/retrospective-form.ts";
import { retrospectivesHref } from "#app/server/retrospective-views.ts";
import type { Route } from "./+types/import-retrospective.ts";

export async function loader(args: Route.LoaderArgs) {
  const { snapshot } = await requestSnapshot(args);
  return { listHref: retrospectivesHref(snapshot.workspace) };
}

/** Reads a file or a text. What is wrong is said with its line, and the text is shown back. */
export async function action(args: Route.ActionArgs) {
  refuseLargeBody(args.request);
  const requested = await requestSnapshot(args);
  const form = await readForm(args.request);
  const [file, pasted] = [form.get("file"), form.get("text")];
  const hasFile = file instanceof File && file.size > 0;
  const bytes = hasFile ? new Uint8Array(await file.arrayBuffer()) : null;
  const typed = typeof pasted === "string" ? pasted : "";
  const text = bytes === null ? typed : new TextDecoder().decode(bytes);
  if (text.trim() === "")
    return data({ problem: "There was nothing to read. Choose a file, or paste its text.", text }, 400);
  if (bytes !== null && !isUtf8(bytes))
    return data(
      {
        problem: "The file is not UTF-8, so some of its letters below are lost (�). Save it as UTF-8.",
        text,
      },
      400,
    );
  const imported = await importRetrospective(requested, text);
  if (typeof imported !== "number")
    return data({ problem: `Line ${imported.line}: ${imported.sentence}`, text }, 400);
  return redirect(`${retrospectivesHref(requested.snapshot.workspace)}/${imported}`, 303);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

export default function ImportRetrospectivePage({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <>
      <title>Import a retrospective – Fix It Twice</title>
      <Breadcrumb parents={[{ label: "Retrospectives", href: loaderData.listHref }]} />
      <h1>Import a retrospective</h1>
      <p>
        A Markdown file as a retrospective’s page gives it. It becomes a new draft, whatever its state was
        elsewhere: to review and to publish are acts of people here.
      </p>
      {actionData !== undefined && (
        <Notice kind="problem" title="Not imported">
          {actionData.problem}
        </Notice>
      )}
      <form method="post" encType="multipart/form-data" className="retrospective-form">
        <label>
          <strong>File</strong>
          <input type="file" name="file" accept=".md,.markdown,text/markdown,text/plain" />
        </label>
        <label>
          <strong>Or its text</strong>
          <textarea
            key={actionData?.text}
            name="text"
            rows={20}
            defaultValue={actionData?.text ?? ""}
            spellCheck={false}
            className="source-text"
          />
        </label>
        <button type="submit">Import it as a draft</button>
      </form>
      <section>
        <h2>How such a file is built</h2>
        <pre tabIndex={0} className="source-text">{`---
title: "Late parcels in March"
of: cause 12
---

${retrospectiveParts.map(({ heading }) => `## ${heading}`).join("\n\n")}`}</pre>
        <p className="small soft">
          Factors, whys and actions are lists (“- ” and one line each); “- fix:3” names a second fix. The
          timeline is drawn anew. Headings inside a text begin with ###.
        </p>
      </section>
    </>
  );
}
