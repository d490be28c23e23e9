import { execFile } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse } from "csv-parse";
import { stringify } from "csv-stringify/sync";
import { openDatabase } from "#db/open-database.ts";
import { cfpbHeader, complaint } from "#test/app/imports/sources.ts";
import { createDatabase } from "#test/support/database.ts";
import { type Measurement, percentiles, timed } from "./measurement.ts";

// Loads beside `psql \copy` of the same rows into the same tables, and beside a bare loop of the parser, in one run.
// `npm run bench:load`; TEST_DATABASE_URL names the server, ROWS_POSTGRESQL and ROWS_EMBEDDED other sizes.

const run = promisify(execFile);
const child = fileURLToPath(new URL("load-child.ts", import.meta.url));

interface Load {
  read: number;
  milliseconds: number;
  held: number[];
  megabytesBefore: number;
  peakMegabytes: number;
}

const directory = await mkdtemp(join(tmpdir(), "fixtwice-bench-"));
try {
  const server = process.env["TEST_DATABASE_URL"];
  const rows = [
    ...(await embedded(Number(process.env["ROWS_EMBEDDED"] ?? 100_000))),
    ...(server ? await postgresql(server, Number(process.env["ROWS_POSTGRESQL"] ?? 1_000_000)) : []),
  ];
  const width = Math.max(...rows.map((row) => row.what.length));
  for (const { what, value } of rows) console.log(`${what.padEnd(width)}  ${value}`);
} finally {
  await rm(directory, { recursive: true, force: true });
}

async function embedded(rows: number): Promise<Measurement[]> {
  const file = await makeFile(rows);
  const half = await makeFile(rows / 2);
  const whole = await load(file, ["", join(directory, "data")]);
  const smaller = await load(half, ["", join(directory, "data-half")]);
  return [
    { what: `embedded: ${rows} rows`, value: rate(rows, whole.milliseconds) },
    { what: "embedded: a transaction holds the connection", value: percentiles(whole.held) },
    {
      what: "embedded: memory before the load, peak in it, peak in one of half the rows",
      value: peaks(whole, smaller),
    },
    ...(await bareParser(file, rows)),
  ];
}

async function postgresql(server: string, rows: number): Promise<Measurement[]> {
  const file = await makeFile(rows);
  const [ours, copy] = [await createDatabase(server), await createDatabase(server)];
  try {
    const half = await createDatabase(server);
    const smaller = await load(await makeFile(rows / 2), [half.url, ""]);
    await half.drop();
    const whole = await load(file, [ours.url, ""]);
    const copied = await copySameRows(ours.url, copy.url);
    const ratio = copied / whole.milliseconds;
    return [
      { what: `PostgreSQL: ${rows} rows`, value: rate(rows, whole.milliseconds) },
      { what: "PostgreSQL: psql \\copy of the same rows, same tables", value: rate(rows, copied) },
      { what: "PostgreSQL: share of psql's speed", value: `${Math.round(ratio * 100)} %` },
      {
        what: "PostgreSQL: memory before the load, peak in it, peak in one of half the rows",
        value: peaks(whole, smaller),
      },
      ...(await bareParser(file, rows)),
    ];
  } finally {
    await ours.drop();
    await copy.drop();
  }
}

/** What psql takes for the rows that we have stored, into tables that have the same indexes. */
async function copySameRows(from: string, to: string): Promise<number> {
  const empty = await openDatabase({ databaseUrl: to, dataDirectory: "" });
  await empty.close();
  const files = ["cases", "case_texts"].map((table) => ({ table, path: join(directory, `${table}.copy`) }));
  for (const { table, path } of files) await run("psql", [from, "-qc", `\\copy ${table} to '${path}'`]);
  const { milliseconds } = await timed(async () => {
    for (const { table, path } of files) await run("psql", [to, "-qc", `\\copy ${table} from '${path}'`]);
  });
  return milliseconds;
}

async function load(file: string, place: string[]): Promise<Load> {
  const { stdout } = await run(process.execPath, [child, file, ...place], { maxBuffer: 1 << 26 });
  return JSON.parse(stdout) as Load; // printed by load-child.ts
}

async function bareParser(file: string, rows: number): Promise<Measurement[]> {
  const { milliseconds } = await timed(async () => {
    let count = 0;
    for await (const _ of createReadStream(file).pipe(parse())) count++;
    return count;
  });
  return [{ what: `a bare csv-parse loop over ${rows} rows`, value: rate(rows, milliseconds) }];
}

/** Complaints as long as real ones: 18 columns, 600 bytes a row. */
async function makeFile(rows: number): Promise<string> {
  const path = join(directory, `${rows}.csv`);
  if ((await stat(path).catch(() => null)) !== null) return path;
  const words = "they charged the card twice and nobody answered when we asked for the money back ".repeat(4);
  function* chunks(): Generator<string> {
    yield stringify([cfpbHeader]);
    const size = 1000;
    for (let from = 0; from < rows; from += size) {
      const lines = Array.from({ length: Math.min(size, rows - from) }, (_, i) =>
        complaint(from + i, {
          "Consumer complaint narrative": `In week ${i % 52}, ${words}${from + i}`,
          Issue: `Issue ${i % 90}`,
          Product: `Product ${i % 12}`,
          Company: `Company ${i % 400}`,
          "Date received": `20${15 + (i % 5)}-0${1 + (i % 9)}-1${i % 10}`,
        }),
      );
      yield stringify(lines);
    }
  }
  await pipeline(Readable.from(chunks()), createWriteStream(path));
  return path;
}

function rate(rows: number, milliseconds: number): string {
  return `${Math.round((rows / milliseconds) * 1000).toLocaleString("en-GB")} rows/s (${(milliseconds / 1000).toFixed(1)} s)`;
}

function peaks(whole: Load, half: Load): string {
  const sizes = [whole.megabytesBefore, whole.peakMegabytes, half.peakMegabytes];
  return `${sizes.map(Math.round).join(" / ")} MB`;
}
