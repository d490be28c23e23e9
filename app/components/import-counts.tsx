import { countText } from "#app/format.ts";
import { readOf } from "#app/imports/describe-import.ts";
import type { ImportCounts } from "#db/imports/store/import-counts.ts";

export interface ImportCountsListProps {
  counts: ImportCounts;
  /** `check`: what a load would do; `load`: what it did. */
  of: "check" | "load";
}

const meanings = {
  new: ["New", "cases that were not there before"],
  updated: ["Updated", "cases whose content differs from what is stored"],
  unchanged: ["Unchanged", "cases that are stored as they stand in the file"],
  folded: ["Further events", "rows that belong to a case of another row"],
  rejected: ["Rejected", "rows that are not loaded"],
  open: ["Open", "of the rows loaded: cases that are not resolved"],
} as const;

/** What becomes of the rows of a source, each sum beside what it means. */
export function ImportCountsTable({ counts, of }: ImportCountsListProps) {
  const shown = (Object.keys(meanings) as (keyof typeof meanings)[]).filter(
    (name) => name !== "folded" || counts.folded > 0,
  ); // the keys are those of the object right above
  return (
    <table className="import-outcome">
      <caption>{of === "check" ? "What a load would do with its rows" : "What became of its rows"}</caption>
      <thead>
        <tr>
          <th scope="col">Rows</th>
          <th scope="col" className="number">
            Number
          </th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">Read</th>
          <td className="number">{countText(readOf(counts))}</td>
          <td>rows below the header</td>
        </tr>
        {shown.map((name) => (
          <tr key={name}>
            <th scope="row">{meanings[name][0]}</th>
            <td className="number">{countText(counts[name])}</td>
            <td>{meanings[name][1]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
