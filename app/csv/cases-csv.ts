import type { CaseRecord } from "#analytics/case.ts";
import { caseIdAt } from "#analytics/facts/facts.ts";
import type { CellValue } from "#app/tables/table.ts";
import type { View } from "#app/tables/view.ts";
import { caseFields } from "#db/imports/map/case-fields.ts";
import { listAttributeNames, readCaseRecords, type StoredCase } from "#db/queries/case-records.ts";
import type { Database } from "#db/schema.ts";
import { csvLines } from "./csv-response.ts";

const byteOrderMark = "\uFEFF";
const linesPerChunk = 200;

/** The file in chunks: header, then a line a case with its cause beside what the source gave. */
export async function* casesCsv(
  db: Database,
  view: View,
  caseIds: readonly string[],
): AsyncGenerator<string> {
  const attributes = await listAttributeNames(db, view.workspace.id);
  const computed = ["incidence_day", "outcome_day", "cause_id", "cause", "category"];
  yield byteOrderMark +
    csvLines([["case_id", ...caseFields, ...computed, ...attributes.map((name) => `attribute:${name}`)]]);
  const causeOf = causesById(view);
  let lines: CellValue[][] = [];
  for await (const stored of readCaseRecords(db, view.workspace, caseIds)) {
    const cause = causeOf(stored.caseId);
    const causeCells = [cause?.causeId.toString() ?? null, cause?.name ?? null, cause?.category ?? null];
    const { record, incidenceDay, outcomeDay } = stored;
    lines.push([
      stored.caseId,
      ...caseFields.map((field) => cellOf(record[field])),
      incidenceDay,
      outcomeDay,
      ...causeCells,
      ...attributes.map((name) => record.attributes[name] ?? null),
    ]);
    if (lines.length === linesPerChunk) {
      yield csvLines(lines);
      lines = [];
    }
  }
  if (lines.length > 0) yield csvLines(lines);
}

/** The cause of each selected case, from the same columns that the page counts. */
function causesById(view: View): (caseId: StoredCase["caseId"]) => View["facts"]["causes"][number] {
  const { facts } = view;
  const codes = new Map<string, number>();
  const rows = view.filter.cohort === "incidence" ? view.incidence : view.resolved;
  for (const row of rows) codes.set(caseIdAt(facts, row), facts.codes.cause[row] ?? 0);
  return (caseId) => facts.causes[codes.get(caseId) ?? 0];
}

function cellOf(value: CaseRecord[keyof CaseRecord]): CellValue {
  if (Array.isArray(value)) return value.join("|");
  return typeof value === "boolean" ? String(value) : (value as CellValue); // attributes are not a case field
}
