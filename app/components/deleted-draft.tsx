import type { RetrospectiveContent } from "#db/queries/retrospectives.ts";
import { Breadcrumb } from "./breadcrumb.tsx";
import { Notice } from "./notice.tsx";
import { RetrospectiveForm, type RetrospectiveFormProps } from "./retrospective-form.tsx";

export interface DeletedDraftProps extends Pick<RetrospectiveFormProps, "fixes" | "knownFactors"> {
  /** Who deleted it, and when. */
  sentence: string;
  /** Where a new one of the same is written. */
  newHref: string;
  listHref: string;
  /** What a person wants to save who had opened it before; `null`: nothing. */
  written: RetrospectiveContent | null;
}

/** In place of the form of a draft that is deleted. What was typed in it may become a new draft. */
export function DeletedDraft({ sentence, newHref, listHref, written, ...form }: DeletedDraftProps) {
  return (
    <>
      <title>Deleted draft – Fix It Twice</title>
      <Breadcrumb parents={[{ label: "Retrospectives", href: listHref }]} />
      <h1>This draft is deleted</h1>
      {written === null ? (
        <p>
          {sentence} <a href={newHref}>Write a new one</a>
        </p>
      ) : (
        <>
          <Notice kind="problem" title="Not saved">
            {sentence} All that you wrote is still below: saved again, it is a new draft.
          </Notice>
          <RetrospectiveForm
            {...form}
            written={written}
            revision={null}
            action={newHref}
            cancelHref={listHref}
          />
        </>
      )}
    </>
  );
}
