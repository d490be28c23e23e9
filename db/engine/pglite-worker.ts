import { openAsBlob } from "node:fs";
import { rename } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { FlowWriter } from "./flow-window.ts";
import { sync, withoutCopyInResponse } from "./frames.ts";
import type { EngineStart, FromEngine, ToEngine } from "./pglite-messages.ts";

/**
 * The thread that owns PGlite. A query blocks the thread it runs in from its first row to its last, so it must not be
 * the one that serves pages. This file only carries bytes; what they mean is in frames.ts and pglite-bridge.ts.
 */

/**
 * This replaces the whole of postgresql.conf at every start, so what initdb would have written there stands here too.
 * The sizes: 128 MB of buffers cost 150 MB more memory and no query here gained; 1 GB of WAL would double the directory.
 */
const postgresqlconf = [
  "shared_buffers=64MB",
  "max_wal_size=256MB",
  "timezone=UTC",
  "default_text_search_config='pg_catalog.english'",
];

/** The output on its way to the next message. Only one batch runs at a time, so one buffer will do. */
const piece = new Uint8Array(64 * 1024);

/** Why PostgreSQL gave up, if it said so. */
let lastWords = "";

if (parentPort === null) throw new Error("pglite-worker.ts is a worker thread, not a program");
const port = parentPort;
const start: EngineStart = workerData;
const flow = new FlowWriter(start.flow);

try {
  const engine = await openEngine();
  serve(engine);
  tell({ kind: "ready" });
} catch (error) {
  tell({ kind: "failed", reason: reasonOf(error) });
  port.close();
}

/** A directory that has its final name is whole: a new one is made under another name, closed, and renamed. */
async function openEngine(): Promise<PGlite> {
  if (start.makeAs !== undefined) {
    const template = start.template === undefined ? {} : { loadDataDir: await openAsBlob(start.template) };
    const made = await createEngine(start.makeAs, template);
    await made.close();
    await rename(start.makeAs, start.directory);
  }
  return createEngine(start.directory);
}

function createEngine(dataDir: string, options: { loadDataDir?: Blob } = {}): Promise<PGlite> {
  return PGlite.create({ dataDir, postgresqlconf, onStderr: remember, ...options });
}

function serve(engine: PGlite): void {
  let queue = Promise.resolve();
  port.on("message", (message: ToEngine) => {
    queue = queue.then(() => handle(engine, message)).catch(die);
  });
}

async function handle(engine: PGlite, message: ToEngine): Promise<void> {
  switch (message.kind) {
    case "open":
      await openSession(engine, message.session, message.packet);
      tell({ kind: "done" });
      return;
    case "run":
      if (message.copy) await runCopy(engine, message.session, message.bytes);
      else await run(engine, message.session, message.bytes);
      tell({ kind: "done" });
      return;
    case "dump": {
      await engine.exec("checkpoint");
      const archive = await engine.dumpDataDir("gzip");
      tell({ kind: "dumped", archive: new Uint8Array(await archive.arrayBuffer()) });
      return;
    }
    case "close":
      await engine.close();
      tell({ kind: "closed" });
      port.close();
  }
}

/**
 * PGlite has one session for ever. A new client gets it as a new one would be: no open transaction, settings, temporary
 * tables, prepared statements or locks of its predecessor. The engine answers the startup packet each time.
 */
async function openSession(engine: PGlite, session: number, packet: Uint8Array): Promise<void> {
  // The predecessor may have gone after an error and before its Sync; until then every query is ignored.
  await engine.execProtocolRawStream(sync, { onRawData() {} });
  await engine.exec("rollback");
  await engine.exec("discard all");
  await run(engine, session, packet);
}

/** Sends the output as it comes, in pieces of some size: one message for each of PostgreSQL's 8 kB would be too many. */
async function run(engine: PGlite, session: number, bytes: Uint8Array): Promise<void> {
  let filled = 0;
  const send = () => {
    output(session, piece.slice(0, filled));
    filled = 0;
  };
  const onRawData = (data: Uint8Array) => {
    for (let at = 0; at < data.length; ) {
      const part = data.subarray(at, at + piece.length - filled);
      piece.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled === piece.length) send();
    }
  };
  await engine.execProtocolRawStream(bytes, { onRawData });
  if (filled > 0) send();
}

/** The output of a COPY FROM STDIN is a few lines, and can be looked at as a whole. */
async function runCopy(engine: PGlite, session: number, bytes: Uint8Array): Promise<void> {
  const parts: Uint8Array[] = [];
  await engine.execProtocolRawStream(bytes, { onRawData: (data) => parts.push(data.slice()) });
  output(session, withoutCopyInResponse(Buffer.concat(parts)));
}

/** Returns when the reader has room for more. */
function output(session: number, bytes: Uint8Array<ArrayBuffer>): void {
  const { length } = bytes;
  const message: FromEngine = { kind: "output", session, bytes };
  port.postMessage(message, [bytes.buffer]);
  flow.sent(length);
}

function tell(message: FromEngine): void {
  port.postMessage(message);
}

/** PGlite throws out of a batch only when its process has ended: PostgreSQL's errors are output like any other. */
function die(error: unknown): void {
  tell({ kind: "died", reason: reasonOf(error) });
  port.close();
}

/** PGlite's own message for an end says nothing; PostgreSQL writes the reason to stderr before it goes. */
function reasonOf(error: unknown): string {
  if (lastWords !== "") return lastWords;
  return typeof error === "object" && error !== null && "message" in error
    ? String(error.message)
    : String(error);
}

function remember(line: string): boolean {
  lastWords = /\b(?:FATAL|PANIC): +(.*)/.exec(line)?.[1] ?? lastWords;
  return true;
}
