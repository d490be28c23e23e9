import type { CaseRecord } from "#analytics/case.ts";
import type { DryRun, RejectionGroup } from "#db/imports/draft.ts";
import { type ImportCounts, rejectsTooMany, rowsAccepted } from "#db/imports/store/import-counts.ts";
import type { Import } from "#db/imports/store/queries.ts";
import type { RejectedRow } from "#db/imports/store/rejected-row.ts";
import { acceptedOf, checkHeadline, loadButtonText } from "./describe-import.ts";

/** What the check of a draft found, for its page. Plain data. */
export interface CheckView {
  headline: string;
  button: string;
  counts: ImportCounts;
  /** Rows that a load would take in. */
  accepted: number;
  /** Of them those that each are a case: what a coverage counts. */
  cases: number;
  /** So many rows would be left out that a person must agree. */
  asksFirst: boolean;
  rejections: readonly RejectionGroup[];
  rejected: readonly RejectedRow[];
  records: readonly CaseRecord[];
}

/** `null`: it was not checked yet. */
export function checkView(row: Pick<Import, "dry_run">): CheckView | null {
  const dryRun = row.dry_run as DryRun | null; // the column is written by the check alone
  if (dryRun === null) return null;
  const { counts, rejections, rejected, records } = dryRun;
  const asksFirst = rejectsTooMany(counts);
  return {
    headline: checkHeadline(counts),
    button: loadButtonText(counts, asksFirst),
    counts,
    asksFirst,
    accepted: acceptedOf(counts),
    cases: rowsAccepted(counts),
    rejections,
    rejected,
    records,
  };
}
