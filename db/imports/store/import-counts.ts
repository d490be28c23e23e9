import type { Selectable, Updateable } from "kysely";
import type { CaseRecord } from "#analytics/case.ts";
import type { Imports } from "../../schema-imports.ts";
import { type CaseField, caseFields } from "../map/case-fields.ts";

/** What became of the rows of an import: new + updated + unchanged + folded + rejected are the rows read. */
export interface ImportCounts {
  new: number;
  updated: number;
  unchanged: number;
  /** Rows that are further events of a case, of which another row is counted. */
  folded: number;
  rejected: number;
  /** Accepted rows whose case is open. */
  open: number;
  /** How many accepted rows carry each field. */
  coverage: Record<string, number>;
}

export const noCounts: ImportCounts = {
  new: 0,
  updated: 0,
  unchanged: 0,
  folded: 0,
  rejected: 0,
  open: 0,
  coverage: {},
};

const required: readonly CaseField[] = ["source_system", "source_case_id", "status"];
/** The fields that a case may lack. */
const optionalFields = caseFields.filter((field) => !required.includes(field));

export function rowsRead(counts: Omit<ImportCounts, "coverage">): number {
  return counts.new + counts.updated + counts.unchanged + counts.folded + counts.rejected;
}

/** Rows whose case is stored, each case of them once a row. */
export function rowsAccepted(counts: Pick<ImportCounts, "new" | "updated" | "unchanged">): number {
  return counts.new + counts.updated + counts.unchanged;
}

/** The counts of a batch, apart from what the database says about its rows. */
export function countRecords(records: readonly CaseRecord[]): Pick<ImportCounts, "open" | "coverage"> {
  const coverage: Record<string, number> = Object.fromEntries(optionalFields.map((field) => [field, 0]));
  for (const record of records)
    for (const field of optionalFields)
      if (record[field] !== null) coverage[field] = (coverage[field] ?? 0) + 1;
  return { open: records.filter(({ status }) => status === "open").length, coverage };
}

export function addCounts(a: ImportCounts, b: ImportCounts): ImportCounts {
  const coverage = Object.entries(b.coverage).map(
    ([field, n]) => [field, n + (a.coverage[field] ?? 0)] as const,
  );
  return {
    new: a.new + b.new,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
    folded: a.folded + b.folded,
    rejected: a.rejected + b.rejected,
    open: a.open + b.open,
    coverage: { ...a.coverage, ...Object.fromEntries(coverage) },
  };
}

/** The counts that an import's row holds. */
export function countsOf(row: Selectable<Imports>): ImportCounts {
  return {
    new: row.new_rows,
    updated: row.updated_rows,
    unchanged: row.unchanged_rows,
    folded: row.folded_rows,
    rejected: row.rejected_rows,
    open: row.open_rows,
    coverage: row.coverage,
  };
}

/** The counts as columns of an import's row. */
export function countColumns(counts: ImportCounts): Updateable<Imports> {
  return {
    new_rows: counts.new,
    updated_rows: counts.updated,
    unchanged_rows: counts.unchanged,
    folded_rows: counts.folded,
    rejected_rows: counts.rejected,
    open_rows: counts.open,
    coverage: JSON.stringify(counts.coverage),
  };
}

/** From this share of rejected rows on, a person is asked before the load goes on. */
const tooManyRejected = 0.2;

/** Whether so many rows are rejected that the mapping, not the rows, may be what is wrong. */
export function rejectsTooMany(
  counts: Pick<ImportCounts, "new" | "updated" | "unchanged" | "rejected">,
): boolean {
  return counts.rejected > tooManyRejected * (rowsAccepted(counts) + counts.rejected);
}
