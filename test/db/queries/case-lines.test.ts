import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type CaseRecord, emptyCase } from "#analytics/case.ts";
import { CopyOut, unescaped } from "#db/engine/copy-out.ts";
import { withConnection } from "#db/engine/guarded-pool.ts";
import { importRecords } from "#db/imports/import-records.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { idLength, readCaseLines, type WantedCases } from "#db/queries/case-lines.ts";
import { findOrCreateWorkspace, type Workspace } from "#db/workspaces.ts";
import { openTestDatabase } from "#test/support/database.ts";

let database: OpenDatabase;
let workspace: Workspace;
let made = 0;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  const name = `cases ${++made}`;
  workspace = await findOrCreateWorkspace(database.db, { name, timeZone: "America/New_York" });
});

/** Read as a server's tables are, at once, or as the embedded database's, by id: both work on both engines. */
const ways = ["postgresql", "embedded"] as const;
const narrative =
  "A long text, so that a few thousand of them do not fit into what lies between two sockets. ".repeat(20);

async function store(records: readonly CaseRecord[]): Promise<void> {
  await importRecords(database, workspace, records, { name: `records ${++made}` });
}

function caseOn(day: number, more: Partial<CaseRecord> = {}): CaseRecord {
  const occurred_at = new Date(Date.UTC(2026, 0, day, 17)).toISOString();
  return { ...emptyCase("crm", `case ${day}`), status: "open", occurred_at, narrative, ...more };
}

function cases(count: number): CaseRecord[] {
  return Array.from({ length: count }, (_, i) => caseOn(1 + i));
}

/** Every case of the workspace, or those among them that are wanted, latest first. */
async function wantAll(
  isWanted: (place: number) => boolean = () => true,
): Promise<WantedCases & { ids: string[] }> {
  const { rows } = await sql<{ case_id: string }>`select case_id from cases
    where workspace_id = ${workspace.id} order by incidence_day desc, case_id desc`.execute(database.db);
  const ids = rows.map((row) => row.case_id).filter((_, place) => isWanted(place));
  const among = { day: "incidence_day", first: "2026-01-01", last: "2199-01-01" } as const;
  return { ids, count: ids.length, idAt: (place) => ids[place] ?? "", among };
}

interface FoundCase {
  id: string;
  line: string;
  place: number;
}

async function* read(engine: OpenDatabase["engine"], wanted: WantedCases): AsyncGenerator<FoundCase[], void> {
  for await (const { bytes, starts, places } of readCaseLines({ ...database, engine }, workspace.id, wanted))
    yield starts.map((start, i) => {
      const line = bytes.toString("utf8", start, bytes.indexOf("\n", start));
      return { id: line.slice(0, idLength), line, place: places[i] ?? -1 };
    });
}

async function readAll(engine: OpenDatabase["engine"], wanted: WantedCases): Promise<FoundCase[]> {
  const all: FoundCase[] = [];
  for await (const some of read(engine, wanted)) all.push(...some);
  return all;
}

const idsOf = (found: readonly FoundCase[]) => found.map(({ id }) => id);

describe.each(ways)("cases for a file, read as on %s", (engine) => {
  test("come in the order that is wanted, each with its place, and no other", async () => {
    await store(cases(3_000));
    const wanted = await wantAll((place) => place % 7 !== 3);
    const found = await readAll(engine, wanted);
    expect(idsOf(found)).toEqual(wanted.ids);
    expect(found.map(({ place }) => place)).toEqual(wanted.ids.map((_, place) => place));
  });

  test("are still the wanted ones where a load has changed days, added cases and taken some away", async () => {
    await store(cases(400));
    const wanted = await wantAll();
    await store([caseOn(3, { occurred_at: "2027-06-01", title: "moved" }), caseOn(900)]);
    const gone = wanted.ids[200] ?? "";
    await sql`delete from cases where case_id = ${gone}`.execute(database.db);
    const found = await readAll(engine, wanted);
    expect(idsOf(found)).toEqual(wanted.ids.filter((id) => id !== gone));
    expect(found.at(-3)?.line).toContain("\tmoved\t");
  });

  test("leave every connection free when their reader stops early", async () => {
    await store(cases(3_000));
    const wanted = await wantAll();
    for (let time = 0; time < 12; time++) {
      for await (const _ of read(engine, wanted)) break;
    }
    expect(await readAll(engine, wanted)).toHaveLength(3_000);
  });

  test("leave the connection to others when their reader pauses, and go on where they were", async () => {
    await store(cases(3_000));
    const wanted = await wantAll();
    const found: FoundCase[] = [];
    for await (const some of read(engine, wanted)) {
      if (found.length === 0) {
        await delay(2_500);
        expect(database.pool.totalCount - database.pool.idleCount).toBeLessThanOrEqual(0);
      }
      found.push(...some);
    }
    expect(idsOf(found)).toEqual(wanted.ids);
  });
});

const cellsOf = (line: string) => line.split("\t").map((cell) => (cell === "\\N" ? null : unescaped(cell)));

describe("a line of COPY", () => {
  test("gives back every text as it was, and null as null", async () => {
    const nasty = fc.array(
      fc.constantFrom("\\", "\t", "\n", "\r", "\b", "\v", "\f", "N", "n", "é", "\u{1F600}", "", "."),
    );
    const cells = fc.oneof(
      nasty.map((parts) => parts.join("")),
      fc.constant(null),
    );
    const rows = fc.array(fc.tuple(cells, cells, cells), { minLength: 1, maxLength: 20 });
    await withConnection(database.pool, async (client) => {
      await fc.assert(
        fc.asyncProperty(rows, async (texts) => {
          const values = sql.join(texts.map((row) => sql`(${sql.join(row.map((cell) => sql.lit(cell)))})`));
          const query = sql`select * from (values ${values}) v (a, b, c)`.compile(database.db);
          const copied: (string | null)[][] = [];
          for await (const { bytes, starts } of new CopyOut(client, query).lines())
            for (const start of starts)
              copied.push(cellsOf(bytes.toString("utf8", start, bytes.indexOf("\n", start))));
          expect(copied).toEqual(texts);
        }),
        { numRuns: 200 },
      );
    });
  });

  test("is of a query whose values stand in it, since COPY takes no parameters", async () => {
    const query = sql`select ${1}::int`.compile(database.db);
    await withConnection(database.pool, async (client) => {
      expect(() => new CopyOut(client, query)).toThrow("Got a query of 1 parameters");
    });
  });
});
