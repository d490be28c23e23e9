import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from "kysely";
import type { Pool } from "pg";
import { nameFields, textFields, timeFields } from "#analytics/case.ts";
import { type CopyLines, CopyOut } from "../engine/copy-out.ts";
import { withConnection } from "../engine/guarded-pool.ts";
import { type CaseField, caseFields, wholeNumberFields, yesNoFields } from "../imports/map/case-fields.ts";
import type { OpenDatabase } from "../open-database.ts";
import { readAhead } from "../read-ahead.ts";
import type { Schema } from "../schema.ts";

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

/** Whole cases, a line each. */
export interface CaseLines extends CopyLines {
  /** For each line, which of the wanted cases it is. */
  places: number[];
}

/** How a value stands in a line. */
export type LineKind =
  /** As in a file. */
  | "text"
  | "number"
  /** The id of a name of its field. */
  | "name"
  /** As PostgreSQL writes it in UTC; of a day of the workspace the first instant. */
  | "time";

/** The columns of a line that a file has, too: behind `case_id` and `date_only_fields`, in front of `attributes`. */
export const lineColumns: readonly { name: CaseField | "incidence_day" | "outcome_day"; kind: LineKind }[] = [
  ...caseFields.map((name) => ({ name, kind: kindOf(name) })),
  { name: "incidence_day", kind: "text" },
  { name: "outcome_day", kind: "text" },
];

/** Of a case id, with which every line begins. */
export const idLength = 36;

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
export async function* readCaseLines(
  { db, pool, engine }: Pick<OpenDatabase, "db" | "pool" | "engine">,
  workspaceId: number,
  wanted: WantedCases,
): AsyncGenerator<CaseLines, void> {
  const source: Source = { pool, select: selectLines(db, workspaceId) };
  let place = 0;
  if (engine === "postgresql" && scans < scansAtOnce)
    for await (const found of scan(source, wanted)) {
      place += found.places.length;
      yield found;
    }
  yield* readAhead(readById(source, wanted, place));
}

interface Source {
  pool: Pool;
  select: SelectQueryBuilder<Schema & { c: Schema["cases"]; t: Schema["case_texts"] }, "c" | "t", object>;
}

async function* scan(
  { pool, select }: Source,
  { count, idAt, among }: WantedCases,
): AsyncGenerator<CaseLines, void> {
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
    for await (const { bytes, starts } of copy.lines()) {
      const found: CaseLines = { bytes, starts: [], places: [] };
      for (const start of starts) {
        if (place === count || !beginsWith(bytes, start, id)) continue;
        found.starts.push(start);
        found.places.push(place++);
        if (place < count) id = idAt(place);
      }
      if (found.places.length === 0) continue;
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
  { pool, select }: Source,
  { count, idAt }: WantedCases,
  from: number,
): AsyncGenerator<CaseLines, void> {
  for (let start = from; start < count; start += idsAtOnce) {
    const ids = Array.from({ length: Math.min(idsAtOnce, count - start) }, (_, i) => idAt(start + i));
    const query = select
      .where(sql<boolean>`c.case_id = any(${sql.lit(`{${ids.join(",")}}`)}::uuid[])`)
      .compile();
    // Read at once, so that the connection does not wait for the reader of the file.
    const parts = await withConnection(pool, async (client) => {
      const all: CopyLines[] = [];
      for await (const lines of new CopyOut(client, query).lines()) all.push(lines);
      return all;
    });
    yield inOrder(parts, ids, start);
  }
}

function inOrder(parts: readonly CopyLines[], ids: readonly string[], firstPlace: number): CaseLines {
  const startOf = new Map<string, number>();
  let before = 0; // bytes of the parts in front
  for (const { bytes, starts } of parts) {
    for (const start of starts)
      startOf.set(bytes.toString("latin1", start, start + idLength), before + start);
    before += bytes.length;
  }
  const found: CaseLines = { bytes: Buffer.concat(parts.map(({ bytes }) => bytes)), starts: [], places: [] };
  ids.forEach((id, i) => {
    const start = startOf.get(id);
    if (start === undefined) return;
    found.starts.push(start);
    found.places.push(firstPlace + i);
  });
  return found;
}

function beginsWith(bytes: Buffer, at: number, id: string): boolean {
  for (let i = 0; i < idLength; i++) if (bytes[at + i] !== id.charCodeAt(i)) return false;
  return true;
}

function selectLines(db: Kysely<Schema>, workspaceId: number): Source["select"] {
  return db
    .selectFrom("cases as c")
    .innerJoin("case_texts as t", (join) =>
      join.onRef("t.workspace_id", "=", "c.workspace_id").onRef("t.case_id", "=", "c.case_id"),
    )
    .where("c.workspace_id", "=", sql.lit(workspaceId))
    .select([
      sql.ref("c.case_id").as("case_id"),
      sql.ref("c.date_only_fields").as("date_only_fields"),
      ...lineColumns.map(({ name }) => inLine(name).as(name)),
      sql.ref("t.attributes").as("attributes"),
    ]);
}

function inLine(column: (typeof lineColumns)[number]["name"]): RawBuilder<unknown> {
  if (isOneOf(nameFields, column)) return sql.ref(`c.${column}_id`);
  if (isOneOf(textFields, column)) return sql.ref(`t.${column}`);
  const stored = sql.ref(`c.${column}`);
  if (isOneOf(yesNoFields, column)) return sql`${stored}::text`;
  return column === "remedy_types" ? sql`array_to_string(${stored}, '|')` : stored;
}

function kindOf(field: CaseField): LineKind {
  if (isOneOf(nameFields, field)) return "name";
  if (isOneOf(timeFields, field)) return "time";
  return isOneOf(wholeNumberFields, field) ? "number" : "text";
}

function isOneOf<T extends string>(fields: readonly T[], field: string): field is T {
  return fields.some((one) => one === field);
}
