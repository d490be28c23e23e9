import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median } from "d3-array";
import { openDatabase } from "#db/open-database.ts";
import { createDatabase } from "#test/support/database.ts";
import { type Measurement, percentiles, timed } from "../measurement.ts";
import { writeComplaints } from "./complaints-file.ts";
import type { ServerReport } from "./serve-child.ts";

const run = promisify(execFile);
const childFile = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const embeddedRows = 100_000;
/** psql and we take turns, since other work on the machine slows both. */
const exportRounds = 3;

/**
 * A made-up file loaded and downloaded again, embedded and, where a server is given, there beside what psql takes for
 * the same rows in the same run. Needs the pages built, and psql.
 * @param rows of the file that is loaded into the server
 */
export async function measureLoadAndExport({
  rows,
  databaseUrl,
}: {
  rows: number;
  databaseUrl?: string | undefined;
}): Promise<Measurement[]> {
  const directory = await mkdtemp(join(tmpdir(), "fixtwice-bench-"));
  try {
    return [
      ...(await measureEmbedded(directory)),
      ...(databaseUrl ? await measurePostgresql(directory, databaseUrl, rows) : []),
    ];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function measureEmbedded(directory: string): Promise<Measurement[]> {
  const [file, data] = [join(directory, "embedded.csv"), join(directory, "data")];
  await writeComplaints(file, embeddedRows);
  const loaded = await load(file, ["", data]);
  const what = `embedded, ${embeddedRows} rows:`;
  const server = await serve("", data, directory);
  const exported = await download(server.url);
  const report = await server.end();
  return [
    { what: `${what} load`, value: rate(embeddedRows, loaded.milliseconds) },
    { what: `${what} a transaction of it holds the connection`, value: percentiles(loaded.held) },
    { what: `${what} memory before the load, peak in it`, value: memory(loaded) },
    { what: `${what} export over HTTP`, value: rate(embeddedRows, exported.milliseconds) },
    { what: `${what} first byte of it`, value: `${exported.firstByte.toFixed(0)} ms` },
    ...serverRows(what, report),
  ];
}

async function measurePostgresql(directory: string, at: string, rows: number): Promise<Measurement[]> {
  const file = join(directory, "postgresql.csv");
  await writeComplaints(file, rows);
  const [ours, copy] = [await createDatabase(at), await createDatabase(at)];
  try {
    const loaded = await load(file, [ours.url, ""]);
    const copied = await copySameRows(directory, ours.url, copy.url);
    const what = `PostgreSQL, ${rows} rows:`;
    return [
      { what: `${what} load`, value: rate(rows, loaded.milliseconds) },
      { what: `${what} psql \\copy of the same rows into the same tables`, value: rate(rows, copied) },
      { what: `${what} share of psql's speed`, value: share(copied, loaded.milliseconds) },
      { what: `${what} memory before the load, peak in it`, value: memory(loaded) },
      ...(await measureExport(what, directory, { url: ours.url, rows })),
    ];
  } finally {
    await ours.drop();
    await copy.drop();
  }
}

async function measureExport(
  what: string,
  directory: string,
  { url, rows }: { url: string; rows: number },
): Promise<Measurement[]> {
  await run("psql", [url, "-qc", "vacuum analyze"]);
  const server = await serve(url, "", directory);
  const [ordered, unordered, ours, firstBytes]: number[][] = [[], [], [], []];
  for (let round = 0; round < exportRounds; round++) {
    ordered?.push(await psqlExport(url, "order by c.incidence_day desc, c.case_id desc"));
    const { milliseconds, firstByte } = await download(server.url);
    ours?.push(milliseconds);
    firstBytes?.push(firstByte);
    unordered?.push(await psqlExport(url, ""));
  }
  const report = await server.end();
  const [inOrder, inAnyOrder, own] = [ordered, unordered, ours].map((times) => median(times ?? []) ?? 0);
  return [
    { what: `${what} export over HTTP, median of ${exportRounds}`, value: rate(rows, own ?? 0) },
    { what: `${what} psql \\copy to stdout, rows in the same order`, value: rate(rows, inOrder ?? 0) },
    { what: `${what} share of psql's speed`, value: share(inOrder ?? 0, own ?? 0) },
    { what: `${what} psql \\copy to stdout, rows in any order`, value: rate(rows, inAnyOrder ?? 0) },
    { what: `${what} share of psql's speed`, value: share(inAnyOrder ?? 0, own ?? 0) },
    { what: `${what} first byte`, value: `${(median(firstBytes ?? []) ?? 0).toFixed(0)} ms` },
    ...serverRows(what, report),
  ];
}

function serverRows(what: string, report: ServerReport): Measurement[] {
  return [
    { what: `${what} memory before the export, peak in it`, value: memory(report) },
    {
      what: `${what} longest stop of the event loop in it`,
      value: `${report.longestBlock.toFixed(0)} ms`,
    },
  ];
}

interface Load {
  milliseconds: number;
  held: number[];
  megabytesBefore: number;
  peakMegabytes: number;
}

async function load(file: string, place: string[]): Promise<Load> {
  const { stdout } = await run(process.execPath, [childFile("load-child.ts"), file, ...place], {
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout) as Load; // printed by load-child.ts
}

/** What psql takes for the rows that we have stored, into tables that have the same indexes. */
async function copySameRows(directory: string, from: string, to: string): Promise<number> {
  const empty = await openDatabase({ databaseUrl: to, dataDirectory: "" });
  await empty.close();
  const files = ["cases", "case_texts"].map((table) => ({ table, path: join(directory, `${table}.copy`) }));
  for (const { table, path } of files) await run("psql", [from, "-qc", `\\copy ${table} to '${path}'`]);
  const { milliseconds } = await timed(async () => {
    for (const { table, path } of files) await run("psql", [to, "-qc", `\\copy ${table} from '${path}'`]);
  });
  for (const { path } of files) await rm(path);
  return milliseconds;
}

async function psqlExport(url: string, order: string): Promise<number> {
  const columns = "c.*, t.title, t.narrative, t.resolution_note, t.attributes";
  const tables = "cases c join case_texts t on t.workspace_id = c.workspace_id and t.case_id = c.case_id";
  const query = `select ${columns} from ${tables} where c.workspace_id = 1 ${order}`;
  const { milliseconds } = await timed(() => run("psql", [url, "-qc", `\\copy (${query}) to '/dev/null'`]));
  return milliseconds;
}

interface ServerInChild {
  url: string;
  end(): Promise<ServerReport>;
}

async function serve(databaseUrl: string, data: string, uploads: string): Promise<ServerInChild> {
  const child = fork(childFile("serve-child.ts"), [databaseUrl, data, uploads]);
  const [url] = (await once(child, "message")) as [string]; // serve-child.ts says it first
  return {
    url,
    async end() {
      child.send("report");
      const [report] = (await once(child, "message")) as [ServerReport]; // and answers with this
      child.send("end");
      await once(child, "exit");
      return report;
    },
  };
}

async function download(url: string): Promise<{ firstByte: number; milliseconds: number }> {
  const start = performance.now();
  const response = await fetch(`${url}/w/bench/cases.csv?period=all`);
  if (!response.ok || response.body === null) throw new Error(`The download answered ${response.status}.`);
  let firstByte: number | undefined;
  for await (const _ of response.body) firstByte ??= performance.now() - start;
  return { firstByte: firstByte ?? 0, milliseconds: performance.now() - start };
}

function rate(rows: number, milliseconds: number): string {
  return `${Math.round((rows / milliseconds) * 1000).toLocaleString("en-GB")} rows/s (${(milliseconds / 1000).toFixed(1)} s)`;
}

function share(psql: number, ours: number): string {
  return `${Math.round((psql / ours) * 100)} %`;
}

function memory({ megabytesBefore, peakMegabytes }: Pick<Load, "megabytesBefore" | "peakMegabytes">): string {
  return `${Math.round(megabytesBefore)} / ${Math.round(peakMegabytes)} MB`;
}
