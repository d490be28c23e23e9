import type { ImportLine } from "#app/components/import-list.tsx";
import { countsOf } from "#db/imports/store/import-counts.ts";
import type { Import } from "#db/imports/store/queries.ts";
import { readOf, stateText } from "./describe-import.ts";
import { importHref } from "./import-steps.ts";

/** An import as a line of the list. */
export function importLine(row: Import, importsHref: string): ImportLine {
  const counts = countsOf(row);
  const isDraft = row.state === "draft";
  return {
    importId: row.import_id,
    fileName: row.file_name,
    startedAt: row.started_at,
    state: stateText(row),
    href: importHref(importsHref, row),
    isDraft,
    counts: isDraft ? null : { ...counts, read: readOf(counts) },
  };
}
