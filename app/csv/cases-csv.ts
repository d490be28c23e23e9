import type { CaseRecord } from "#analytics/case.ts";
import { type CauseFact, caseIdAt, type Facts } from "#analytics/facts/facts.ts";
import type { Selection } from "#analytics/filter/select.ts";
import type { CellValue } from "#app/tables/table.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { caseFields } from "#db/imports/map/case-fields.ts";
import { listAttributeNames, readCaseRecords } from "#db/queries/case-records.ts";
import type { Database } from "#db/schema.ts";
import { csvLines } from "./csv-response.ts";

const byteOrderMark = "\uFEFF";
const rowsAtATime = 5000;
const linesPerChunk = 200;

/**
 * The file in chunks: header, then a line a case with its cause beside what the source gave.
 * @param rows the cases, as rows of the columns, in the order of the file
 */
export async function* casesCsv(
  db: Database,
  { workspace, facts }: Snapshot,
  rows: Selection,
): AsyncGenerator<string> {
  const attributes = await listAttributeNames(db, workspace.id);
  const computed = ["incidence_day", "outcome_day", "cause_id", "cause", "category"];
  yield byteOrderMark +
    csvLines([["case_id", ...caseFields, ...computed, ...attributes.map((name) => `attribute:${name}`)]]);
  let lines: CellValue[][] = [];
  for (let start = 0; start < rows.length; start += rowsAtATime) {
    const causeOf = causesById(facts, rows.subarray(start, start + rowsAtATime));
    for await (const { caseId, record, ...days } of readCaseRecords(db, workspace, [...causeOf.keys()])) {
      const cause = causeOf.get(caseId);
      lines.push([
        caseId,
        ...caseFields.map((field) => cellOf(record[field])),
        days.incidenceDay,
        days.outcomeDay,
        cause?.causeId.toString() ?? null,
        cause?.name ?? null,
        cause?.category ?? null,
        ...attributes.map((name) => record.attributes[name] ?? null),
      ]);
      if (lines.length === linesPerChunk) {
        yield csvLines(lines);
        lines = [];
      }
    }
  }
  if (lines.length > 0) yield csvLines(lines);
}

/** Cases with their cause, from the same columns that the page counts. */
function causesById(facts: Facts, rows: Selection): Map<string, CauseFact | undefined> {
  return new Map(
    Array.from(rows, (row) => [caseIdAt(facts, row), facts.causes[facts.codes.cause[row] ?? 0]]),
  );
}

function cellOf(value: CaseRecord[keyof CaseRecord]): CellValue {
  if (Array.isArray(value)) return value.join("|");
  return typeof value === "boolean" ? String(value) : (value as CellValue); // attributes are not a case field
}
