import type { PageHead } from "#app/pages/page-head.ts";
import { FilterBar } from "./filter-bar.tsx";
import { Notice } from "./notice.tsx";

/** Title, filter and what must be known before reading: the head of every filtered page. */
export function FilteredPageHead({ title, head }: { title: string; head: PageHead }) {
  return (
    <>
      <h1>{title}</h1>
      <FilterBar {...head.filterBar} />
      {head.warnings.map((warning) => (
        <Notice key={warning} kind="warning">
          {warning}
        </Notice>
      ))}
      <SourceNotes notes={head.notes} />
    </>
  );
}

/** What the sources of the cases can't tell, in their own presets' words. */
export function SourceNotes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <div className="small source-notes">
      <Notice kind="info" title="About this source">
        {notes.join(" ")}
      </Notice>
    </div>
  );
}
