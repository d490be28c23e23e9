import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Facts } from "#analytics/facts/facts.ts";
import type { Clause, Filter } from "#analytics/filter/filter.ts";
import { type Period, parseDay } from "#analytics/period.ts";
import { columnBytes } from "#app/pages/column-bytes.ts";
import { causesTable } from "#app/tables/causes-table.ts";
import { headlineTable } from "#app/tables/headline-table.ts";
import { outcomeFigureOf } from "#app/tables/outcome-tables.ts";
import { trendTable } from "#app/tables/trend-table.ts";
import { makeView, type Snapshot } from "#app/tables/view.ts";
import { type Measurement, percentiles } from "../measurement.ts";
import { madeUpFacts, manyFilters } from "./made-up-facts.ts";

const rounds = 3;
const today = parseDay("2026-11-22")!;

/** A way to answer one filter: gives the number of cases that it found, for all must find as many. */
type Answer = (filter: Filter, period: Period) => Promise<number> | number;

/**
 * The tables of the overview from the columns, beside the same figures by GROUP BY in PostgreSQL and in DuckDB, over the same
 * cases and filters, one after the other.
 */
export async function measureOverview(
  cases: number,
  { databaseUrl, directory }: { databaseUrl: string; directory: string },
): Promise<Measurement[]> {
  const snapshot: Snapshot = {
    workspace: { id: 1, name: "bench", timeZone: "UTC", fiscalYearStartMonth: 1, simulated: true },
    facts: madeUpFacts(cases),
    notes: [],
    volumeIsArtefact: false,
    outcomesArePartial: false,
    exposure: null,
  };
  const file = join(directory, `cases-${cases}.csv`);
  await writeCases(snapshot.facts, file);
  const postgres = await inPostgres(databaseUrl, file);
  const duck = await inDuckDb(file);
  try {
    const million = `${(cases / 1e6).toLocaleString("en-GB")} M cases`;
    const columns = await times(snapshot, (filter) => fromColumns(snapshot, filter));
    return [
      {
        what: `columns of ${million}, without ids`,
        value: `${(columnBytes(snapshot.facts) / cases).toFixed(1)} bytes a case`,
      },
      { what: `overview's tables, ${million}, from the columns`, value: percentiles(columns.milliseconds) },
      await beside(`the same by GROUP BY in PostgreSQL`, postgres.answer),
      await beside(`the same by GROUP BY in DuckDB`, duck.answer),
    ];
    async function beside(what: string, answer: Answer): Promise<Measurement> {
      const { milliseconds, found } = await times(snapshot, answer);
      const isEqual = found.every((n, i) => n === columns.found[i]);
      return { what, value: `${percentiles(milliseconds)}${isEqual ? "" : " — BUT FOUND OTHER CASES"}` };
    }
  } finally {
    await postgres.close();
    duck.close();
  }
}

/** A round to warm up, then so many. */
async function times(
  snapshot: Snapshot,
  answer: Answer,
): Promise<{ milliseconds: number[]; found: number[] }> {
  const filters = manyFilters().map((filter) => ({
    filter,
    period: makeView(snapshot, filter, today).period,
  }));
  const found: number[] = [];
  for (const { filter, period } of filters) found.push(await answer(filter, period));
  const milliseconds: number[] = [];
  for (let round = 0; round < rounds; round++)
    for (const { filter, period } of filters) {
      const start = performance.now();
      await answer(filter, period);
      milliseconds.push(performance.now() - start);
    }
  return { milliseconds, found };
}

function fromColumns(snapshot: Snapshot, filter: Filter): number {
  const view = makeView(snapshot, filter, today);
  headlineTable(view);
  causesTable(view);
  trendTable(view);
  outcomeFigureOf(view);
  return view.incidence.length;
}

const columnsOfTable = [
  "day int",
  "outcome_day int",
  "cause smallint",
  "category smallint",
  "product smallint",
  "team smallint",
  "outcome smallint",
  "remedies smallint",
  "status smallint",
  "reopenings smallint",
  "gap int",
  "customer int",
];

async function writeCases(facts: Facts, file: string): Promise<void> {
  const { codes } = facts;
  const columns = [
    facts.incidenceDay,
    facts.outcomeDay,
    codes.cause,
    codes.category,
    codes.product,
    codes.team,
    codes.outcome,
    facts.remedies,
    codes.status,
    facts.reopenings,
    facts.daysSincePrevious,
    facts.customer,
  ];
  const stream = createWriteStream(file);
  for (let from = 0; from < facts.size; from += 10_000) {
    let text = "";
    for (let row = from; row < Math.min(facts.size, from + 10_000); row++)
      text += `${columns.map((column) => column[row]).join(",")}\n`;
    if (!stream.write(text)) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "close");
}

/** What the tables of the overview show, one statement a table. */
function statements({ clauses }: Filter, { start, end }: Period): string[] {
  const met = clauses.map(condition).join("");
  const happened = `from flat where day >= ${start} and day < ${end}${met}`;
  const resolved = `from flat where outcome_day >= ${start} and outcome_day < ${end}${met}`;
  return [
    `select count(*) as n, count(distinct customer) as customers, count(*) filter (where cause > 0) as known,
      count(*) filter (where status = 1) as open, count(*) filter (where gap <= 30) as repeats ${happened}`,
    `select cause, count(*) as n ${happened} group by cause`,
    `select month, category, count(*) as n from (select cast(floor(day / 30.4375) as int) as month, category ${happened}) as m group by month, category`,
    `select outcome, remedies, count(*) as n, count(*) filter (where reopenings > 1) as reopened ${resolved} group by outcome, remedies`,
  ];
}

/** The names of the made-up cases end with their code. */
function condition({ dimension, include }: Clause): string {
  return ` and ${dimension} in (${include.map((value) => Number(value?.split(" ")[1])).join(", ")})`;
}

async function inPostgres(
  url: string,
  file: string,
): Promise<{ answer: Answer; close: () => Promise<void> }> {
  const client = new Client(url);
  await client.connect();
  await client.query(`create temp table flat (${columnsOfTable.join(", ")})`);
  await pipeline(createReadStream(file), client.query(copyFrom("copy flat from stdin csv")));
  await client.query("create index on flat (day)");
  await client.query("create index on flat (outcome_day)");
  await client.query("analyze flat");
  return {
    async answer(filter, period) {
      const results = [];
      for (const statement of statements(filter, period)) results.push(await client.query(statement));
      return Number(results[0]!.rows[0].n);
    },
    close: () => client.end(),
  };
}

interface Duck {
  DuckDBInstance: {
    create(path: string): Promise<{
      connect(): Promise<{
        runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>;
        closeSync(): void;
      }>;
    }>;
  };
}

async function inDuckDb(file: string): Promise<{ answer: Answer; close: () => void }> {
  const require = createRequire(new URL("../duckdb/package.json", import.meta.url));
  const { DuckDBInstance } = require("@duckdb/node-api") as Duck; // installed by its own package.json, where no types are
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.runAndReadAll(`create table flat (${columnsOfTable.join(", ")})`);
  await connection.runAndReadAll(`copy flat from '${file}' (format csv, header false)`);
  return {
    async answer(filter, period) {
      const results = [];
      for (const statement of statements(filter, period))
        results.push((await connection.runAndReadAll(statement)).getRows());
      return Number(results[0]![0]![0]);
    },
    close: () => connection.closeSync(),
  };
}
