import { type CauseFact, caseIdAt } from "#analytics/facts/facts.ts";
import type { Selection } from "#analytics/filter/select.ts";
import { formatDay } from "#analytics/period.ts";
import type { Snapshot, View } from "#app/tables/view.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { lineColumns, readCaseLines, type WantedCases } from "#db/queries/case-lines.ts";
import { listAttributeNames } from "#db/queries/case-records.ts";
import { loadNames } from "#db/queries/names.ts";
import type { Database } from "#db/schema.ts";
import { CaseLineWriter, type Cells, encodeCells } from "./case-line-writer.ts";
import { byteOrderMark, csvLines } from "./csv-lines.ts";

/** What a list of cases is a part of. */
type ListedCases = Pick<Snapshot, "workspace" | "facts"> & Pick<View, "filter">;

/**
 * The file in chunks: header, then a line a case with its cause beside what the source gave.
 * @param rows of the columns, latest first: the order of the file
 */
export async function* casesCsv(
  database: Pick<OpenDatabase, "db" | "pool" | "engine">,
  view: ListedCases,
  rows: Selection,
): AsyncGenerator<string | Buffer, void> {
  const { facts, workspace } = view;
  const attributes = await attributeNames(database.db, view);
  const heads = ["case_id", ...lineColumns.map(({ name }) => name), "cause_id", "cause", "category"];
  yield byteOrderMark + csvLines([[...heads, ...attributes.map((name) => `attribute:${name}`)]]);
  const names = await loadNames(database.db, workspace.id);
  const causes = facts.causes.map(causeCells);
  const between = (place: number) => causes[facts.codes.cause[rows[place] ?? 0] ?? 0] ?? noCause;
  const writer = new CaseLineWriter({ names, timeZone: workspace.timeZone, attributes, between });
  for await (const lines of readCaseLines(database, workspace.id, wantedCases(view, rows)))
    yield writer.write(lines);
}

/** The columns know them, and to look through the texts of all cases would make the reader wait. */
async function attributeNames(db: Database, { facts, workspace }: ListedCases): Promise<string[]> {
  const names = [...facts.attributes.keys(), ...facts.uncodedAttributes.keys()];
  // A line break in a name stands in the columns as forms send it, which may not be what the cases have.
  if (names.some((name) => name.includes("\n"))) return listAttributeNames(db, workspace.id);
  return names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))); // as that query gives them
}

/** From the same columns that the page counts. */
function causeCells(cause: CauseFact | undefined): Cells {
  return encodeCells([cause?.causeId.toString() ?? null, cause?.name ?? null, cause?.category ?? null]);
}

const noCause = causeCells(undefined);

/** Fewer are read by id in less time than a look at all cases of their days takes. */
const fewCases = 10_000;
const goodPart = 1 / 3;

function wantedCases({ facts, filter }: ListedCases, rows: Selection): WantedCases {
  const [latest = 0, earliest = 0] = [rows[0], rows.at(-1)];
  const byIncidence = filter.cohort === "incidence";
  const days = byIncidence ? facts.incidenceDay : facts.outcomeDay;
  const ofTheirDays = byIncidence ? latest - earliest + 1 : facts.resolved;
  const many = rows.length > fewCases && rows.length > ofTheirDays * goodPart;
  return {
    count: rows.length,
    idAt: (place) => caseIdAt(facts, rows[place] ?? 0),
    among: many
      ? {
          day: byIncidence ? "incidence_day" : "outcome_day",
          first: formatDay(days[earliest] ?? 0),
          last: formatDay(days[latest] ?? 0),
        }
      : null,
  };
}
