import type { Selectable, Updateable } from "kysely";
import type { CaseRecord } from "#analytics/case.ts";
import type { Imports } from "../../schema.ts";
import { type CaseField, caseFields } from "../map/case-fields.ts";

/** What became of the rows of an import: new + updated + unchanged + rejected are the rows read. */
export interface ImportCounts {
  new: number;
  updated: number;
  unchanged: number;
  rejected: number;
  /** Accepted rows whose case is open. */
  open: number;
  /** How many accepted rows carry each field. */
  coverage: Record<string, number>;
}

const required: readonly CaseField[] = ["source_system", "source_case_id", "status"];
/** The fields that a case may lack. */
const optionalFields = caseFields.filter((field) => !required.includes(field));

export function rowsRead(counts: ImportCounts): number {
  return counts.new + counts.updated + counts.unchanged + counts.rejected;
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
    rejected_rows: counts.rejected,
    open_rows: counts.open,
    coverage: JSON.stringify(counts.coverage),
  };
}
