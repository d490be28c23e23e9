import type { DraftFindings } from "#db/imports/draft.ts";
import type { Import } from "#db/imports/store/queries.ts";

export const steps = ["format", "mapping", "check"] as const;
export type Step = (typeof steps)[number];

/** The step at which a draft waits for a person; `null` for an import that is past that. */
export function stepOf(row: Pick<Import, "state" | "examination" | "dry_run">): Step | null {
  if (row.state !== "draft") return null;
  if (findingsOf(row)?.state !== "read") return "format";
  return row.dry_run === null ? "mapping" : "check";
}

/** What was found in a draft's file; `null` before it was looked at. */
export function findingsOf({ examination }: Pick<Import, "examination">): DraftFindings | null {
  return examination as DraftFindings | null; // the column is written by the examination alone
}

/** Where an import is to be visited, whatever was asked for. */
export function importHref(
  importsHref: string,
  row: Pick<Import, "import_id" | "state" | "examination" | "dry_run">,
): string {
  const step = stepOf(row);
  const page = `${importsHref}/${row.import_id}`;
  return step === null ? page : `${page}/${step}`;
}
