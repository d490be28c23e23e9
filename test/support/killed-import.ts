import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type OpenDatabase, openDatabase } from "#db/open-database.ts";
import { createDatabase, temporaryDirectory, testTemplate } from "./database.ts";

const child = fileURLToPath(new URL("import-child.ts", import.meta.url));

/** The same on both engines, so that a kill falls between as many. */
export const rowsPerTransaction = 1_000;

/** A database that one process after another opens: the next only after the one before is dead. */
export interface CrashPlace {
  /** What the child needs to open it. */
  args: string[];
  /** Of the embedded database; its lock names the process to kill. */
  lockFile: string | null;
  open(): Promise<OpenDatabase>;
  remove(): Promise<void>;
}

/** A new place: embedded, or a new database of the server where one is named. */
export async function newCrashPlace(server: string | undefined): Promise<CrashPlace> {
  if (server) {
    const { url, drop } = await createDatabase(server);
    const settings = { databaseUrl: url, dataDirectory: "" };
    return { args: [url, "", ""], lockFile: null, open: () => openDatabase(settings), remove: drop };
  }
  const { path, remove } = await temporaryDirectory();
  const [dataDirectory, template] = [join(path, "database"), await testTemplate()];
  return {
    args: ["", dataDirectory, template],
    lockFile: `${dataDirectory}.lock`,
    open: () => openDatabase({ dataDirectory, template }),
    remove,
  };
}

export interface Killed {
  /** Rows that the program had said are loaded. */
  acknowledged: number;
  /** It had ended before it could be killed. */
  wasDone: boolean;
}

/**
 * Starts an import in a process of its own and kills it with SIGKILL.
 * @param when how many transactions to wait for, and how many milliseconds more
 */
export async function killImport(
  place: CrashPlace,
  source: { file: string; workspace: string },
  when: { transactions: number; milliseconds: number },
): Promise<Killed> {
  const importer = spawn(process.execPath, [child, ...place.args, source.file, source.workspace], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const died = once(importer, "exit");
  const said = { lines: 0, acknowledged: 0 };
  const enough = Promise.withResolvers<void>();
  importer.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = text.trim().split("\n");
    said.lines += lines.length; // the first says that the database is open
    said.acknowledged = Number(lines.at(-1)) || said.acknowledged;
    if (said.lines > when.transactions) enough.resolve();
  });
  await Promise.race([enough.promise, died]);
  await Promise.race([delay(when.milliseconds), died]);
  kill(importer, place.lockFile);
  const [code] = (await died) as [number | null];
  return { acknowledged: said.acknowledged, wasDone: code === 0 };
}

/** The lock names the very process that writes, whoever started it. */
function kill(importer: ChildProcess, lockFile: string | null): void {
  const pid = lockFile === null ? importer.pid : pidIn(lockFile);
  if (pid === undefined || importer.exitCode !== null) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it has just ended by itself
  }
  importer.kill("SIGKILL");
}

function pidIn(lockFile: string): number | undefined {
  try {
    return (JSON.parse(readFileSync(lockFile, "utf8")) as { pid: number }).pid; // written by db/engine/lock.ts
  } catch {
    return undefined; // not opened yet, or closed already
  }
}

/** All that a load has left in a database, short enough to compare: counts, and a hash over every row. */
export async function fingerprint({ db }: OpenDatabase): Promise<Record<string, string | number>> {
  const hash = createHash("sha256");
  const cases = await db.selectFrom("cases").selectAll().orderBy("case_id").execute();
  for (const { import_id: _, ...row } of cases) hash.update(JSON.stringify(row));
  const texts = await db.selectFrom("case_texts").selectAll().orderBy("case_id").execute();
  hash.update(JSON.stringify(texts));
  const rejected = await db
    .selectFrom("rejected_rows")
    .select(["line", "code", "reason", "cells"])
    .orderBy("line")
    .execute();
  hash.update(JSON.stringify(rejected));
  const names = await db.selectFrom("names").selectAll().orderBy("field").orderBy("id").execute();
  hash.update(JSON.stringify(names));
  const [total] = await db.selectFrom("imports").selectAll().orderBy("import_id", "desc").execute();
  return {
    cases: cases.length,
    texts: texts.length,
    rejected: rejected.length,
    hash: hash.digest("hex"),
    new: total?.new_rows ?? 0,
    updated: total?.updated_rows ?? 0,
    unchanged: total?.unchanged_rows ?? 0,
    state: total?.state ?? "none",
  };
}
