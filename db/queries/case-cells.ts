import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from "kysely";
import type { Pool } from "pg";
import {
  type NameField,
  nameFields,
  type TextField,
  type TimeField,
  textFields,
  timeFields,
} from "#analytics/case.ts";
import { CopyOut, cellsOf } from "../engine/copy-out.ts";
import { withConnection } from "../engine/guarded-pool.ts";
import { isoInstant } from "../engine/types.ts";
import { type CaseField, caseFields, wholeNumberFields, yesNoFields } from "../imports/map/case-fields.ts";
import { LocalDays } from "../imports/store/local-days.ts";
import type { OpenDatabase } from "../open-database.ts";
import { readAhead } from "../read-ahead.ts";
import type { Schema } from "../schema.ts";
import { loadNames } from "./names.ts";

/** The cases that a file is to hold, in its order, by their places in it. */
export interface WantedCases {
  count: number;
  idAt(place: number): string;
  /**
   * Given where they are a good part of all cases of some days, and lie in this order: by that day, the incidence day
   * and the case id, all descending. Then they may be read as the tables give them, not one by one.
   */
  among: { day: "incidence_day" | "outcome_day"; first: string; last: string } | null;
}

/** A case as a file holds it. A time that its source gave as a local day is that day. */
export interface CaseCells {
  /** Among the wanted cases. */
  place: number;
  /** In the order of `cellColumns`; `null` is unknown. They belong to the reader, who may add to them. */
  cells: (string | number | null)[];
  attributes: Readonly<Record<string, string>>;
}

export const cellColumns = ["case_id", ...caseFields, "incidence_day", "outcome_day"] as const;

/** Reads by id are short, so that others come to a connection between them; embedded there is one for all. */
const idsAtOnce = 1000;
/** A reader that takes nothing for so long gives its connection back. */
const patienceMilliseconds = 2_000;
/** Of the pool's eight connections; further readers read by id. */
const scansAtOnce = 2;
let scans = 0;

/**
 * The wanted cases, whole, in their order, in parts of some kilobytes; a case that is gone is left out. Memory does not
 * grow with their number.
 *
 * On PostgreSQL a good part of all cases is read by one statement, at the speed of COPY: its rows come in the order that
 * is wanted, so that each is either the next one or not wanted. Whatever it does not give, since a load has changed a
 * case meanwhile or the reader has stopped reading, is read by id from there on.
 */
export async function* readCaseCells(
  { db, pool, engine }: Pick<OpenDatabase, "db" | "pool" | "engine">,
  workspace: { id: number; timeZone: string },
  wanted: WantedCases,
): AsyncGenerator<CaseCells[], void> {
  const source: Source = {
    pool,
    select: selectCells(db, workspace.id),
    read: await cellReader(db, workspace),
  };
  let place = 0;
  if (engine === "postgresql" && scans < scansAtOnce)
    for await (const found of scan(source, wanted)) {
      place += found.length;
      yield found;
    }
  yield* readAhead(readById(source, wanted, place));
}

interface Source {
  pool: Pool;
  select: SelectQueryBuilder<Schema & { c: Schema["cases"]; t: Schema["case_texts"] }, "c" | "t", object>;
  read: (line: string, place: number) => CaseCells;
}

const idLength = 36;

async function* scan(
  { pool, select, read }: Source,
  { count, idAt, among }: WantedCases,
): AsyncGenerator<CaseCells[], void> {
  if (among === null || count === 0) return;
  const { day, first, last } = among;
  const query = select
    .where(`c.${day}`, ">=", sql.lit(first))
    .where(`c.${day}`, "<=", sql.lit(last))
    .orderBy(`c.${day}`, "desc")
    .orderBy("c.incidence_day", "desc")
    .orderBy("c.case_id", "desc");
  const client = await pool.connect();
  scans++;
  let held = true;
  const giveBack = (broken: boolean) => {
    if (held) client.release(broken);
    held = false;
  };
  let patience: NodeJS.Timeout | undefined;
  let copy: CopyOut | undefined;
  try {
    await client.query("begin read only; set local statement_timeout = 0"); // the reader's patience is the limit
    copy = new CopyOut(client, query.compile());
    let [place, id] = [0, idAt(0)];
    for await (const lines of copy.lines()) {
      const found: CaseCells[] = [];
      for (const line of lines) {
        if (place === count || !line.startsWith(id)) continue;
        found.push(read(line, place++));
        if (place < count) id = idAt(place);
      }
      if (found.length === 0) continue;
      patience = setTimeout(() => {
        copy?.abandon();
        giveBack(true);
      }, patienceMilliseconds);
      yield found;
      clearTimeout(patience);
      if (!held) return;
    }
    await client.query("commit");
    giveBack(false);
  } finally {
    clearTimeout(patience);
    if (held) copy?.abandon();
    giveBack(true);
    scans--;
  }
}

async function* readById(
  { pool, select, read }: Source,
  { count, idAt }: WantedCases,
  from: number,
): AsyncGenerator<CaseCells[], void> {
  for (let start = from; start < count; start += idsAtOnce) {
    const ids = Array.from({ length: Math.min(idsAtOnce, count - start) }, (_, i) => idAt(start + i));
    const query = select
      .where(sql<boolean>`c.case_id = any(${sql.lit(`{${ids.join(",")}}`)}::uuid[])`)
      .compile();
    const lines = await withConnection(pool, async (client) => {
      const all: string[] = [];
      for await (const some of new CopyOut(client, query).lines()) all.push(...some);
      return all;
    });
    const byId = new Map(lines.map((line) => [line.slice(0, idLength), line]));
    yield ids.flatMap((id, i) => {
      const line = byId.get(id);
      return line === undefined ? [] : [read(line, start + i)];
    });
  }
}

/** The columns of `cellColumns` as they are stored, then those that say how to read them. */
function selectCells(db: Kysely<Schema>, workspaceId: number): Source["select"] {
  return db
    .selectFrom("cases as c")
    .innerJoin("case_texts as t", (join) =>
      join.onRef("t.workspace_id", "=", "c.workspace_id").onRef("t.case_id", "=", "c.case_id"),
    )
    .where("c.workspace_id", "=", sql.lit(workspaceId))
    .select([
      sql.ref("c.case_id").as("case_id"),
      ...caseFields.map((field) => storedAs(field).as(field)),
      ...["c.incidence_day", "c.outcome_day", "c.date_only_fields", "t.attributes"].map((column) =>
        sql.ref(column).as(column),
      ),
    ]);
}

function storedAs(field: CaseField): RawBuilder<unknown> {
  if (isName(field)) return sql.ref(`c.${field}_id`);
  return sql.ref(isText(field) ? `t.${field}` : `c.${field}`);
}

const isName = (field: CaseField): field is NameField => nameFields.some((name) => name === field);
const isText = (field: CaseField): field is TextField => textFields.some((text) => text === field);

type CellReader = (stored: string, dateOnly: number) => string | number | null;

async function cellReader(
  db: Kysely<Schema>,
  workspace: { id: number; timeZone: string },
): Promise<Source["read"]> {
  const names = await loadNames(db, workspace.id);
  const localDay = localDays(workspace.timeZone);
  const readers = new Map<string, CellReader>([
    ...nameFields.map((field): [string, CellReader] => [field, (id) => names[field][Number(id)] ?? null]),
    ...timeFields.map((field, bit): [TimeField, CellReader] => [
      field,
      (instant, dateOnly) => ((dateOnly & (1 << bit)) === 0 ? isoInstant(instant) : localDay(instant)),
    ]),
    ...wholeNumberFields.map((field): [string, CellReader] => [field, Number]),
    ...yesNoFields.map((field): [string, CellReader] => [field, (bool) => (bool === "t" ? "true" : "false")]),
    ["remedy_types", (array) => array.slice(1, -1).replaceAll(",", "|")], // words of a list: none is quoted
  ]);
  const columns = cellColumns.map((column) => readers.get(column));
  return (line, place) => {
    const cells: CaseCells["cells"] = cellsOf(line);
    const attributes = JSON.parse(String(cells.pop())) as CaseCells["attributes"]; // as copy-lines.ts stores them
    const dateOnly = Number(cells.pop());
    columns.forEach((reader, i) => {
      const value = cells[i];
      if (reader !== undefined && typeof value === "string") cells[i] = reader(value, dateOnly);
    });
    return { place, cells, attributes };
  };
}

/** The local days of instants that are a day's first, as PostgreSQL writes them: as few as there are days. */
function localDays(timeZone: string): (instant: string) => string {
  const days = new LocalDays(timeZone);
  const known = new Map<string, string>();
  return (instant) => {
    const day = known.get(instant) ?? days.dayOf(isoInstant(instant));
    known.set(instant, day);
    return day;
  };
}
