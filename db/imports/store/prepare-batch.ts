import { parseDay } from "#analytics/period.ts";
import type { InterpretedRow } from "../map/interpret-rows.ts";
import { caseLine, textLine } from "./copy-lines.ts";
import { joinLines, type Lines } from "./copy-rows.ts";
import { countRecords } from "./import-counts.ts";
import type { NameDictionary, NameEntry } from "./name-dictionary.ts";
import { type CaseHome, prepareCase } from "./prepare-case.ts";
import { type RejectedRow, rejectedRow } from "./rejected-row.ts";

/**
 * The next rows of an import, ready to be stored: plain data, which another thread may make and post. The accepted
 * rows are told five times in the same order: their cases' ids, their hashes, their days, and a COPY line each for two tables.
 */
export interface PreparedBatch {
  /** Data rows that it takes: accepted and rejected ones. */
  rows: number;
  /** The case of each accepted row; a case may come twice. */
  ids: string[];
  /** Hash of each accepted row's content. */
  hashes: string[];
  /** The day by which each accepted row is dated. */
  days: Int32Array;
  /** A line of `cases` an accepted row, each with its line feed at the end and none inside. */
  caseLines: Lines;
  /** The same for `case_texts`. */
  textLines: Lines;
  /** Names that the batch is the first to bear. */
  newNames: NameEntry[];
  /** Their row numbers count from the beginning of the batch. */
  rejected: RejectedRow[];
  /** Accepted rows whose case is open. */
  open: number;
  /** How many accepted rows carry each field. */
  coverage: Record<string, number>;
}

/** What the rows of one import become cases of. */
export interface ImportHome extends CaseHome {
  importId: number;
}

/** Pure but for `names`, which learns the names that are new. */
export function prepareBatch(
  rows: readonly InterpretedRow[],
  home: ImportHome,
  names: NameDictionary,
): PreparedBatch {
  const records = rows.flatMap(({ result }) => ("record" in result ? [result.record] : []));
  const cases = records.map((record) => prepareCase(home, record));
  return {
    rows: rows.length,
    ids: cases.map(({ row }) => row.case_id),
    hashes: cases.map(({ row }) => row.content_hash),
    days: Int32Array.from(cases, ({ row }) => parseDay(row.incidence_day) ?? 0),
    caseLines: joinLines(cases.map((prepared) => caseLine(prepared, home, names))),
    textLines: joinLines(cases.map((prepared) => textLine(prepared, home))),
    newNames: names.takeFresh(),
    rejected: rows.flatMap(({ line, cells, result }, i) =>
      "rejection" in result ? [rejectedRow({ line, cells, number: i + 1 }, result.rejection)] : [],
    ),
    ...countRecords(records),
  };
}
