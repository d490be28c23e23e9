import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { makeServices } from "#app/cli/serve.ts";
import { startServer } from "#app/server/http-server.ts";
import { openDatabase } from "#db/open-database.ts";
import { watchPeakMemory } from "./peak-memory.ts";

// The real server in a process of its own, without the work that one does behind its pages: so that what a download
// takes is seen alone. Sends its address when the columns are there; each later message is answered with its memory.
export interface ServerReport {
  megabytesBefore: number;
  peakMegabytes: number;
  /** The longest that the event loop stood still. */
  longestBlock: number;
}

const [databaseUrl, dataDirectory = "", uploads = ""] = process.argv.slice(2);
const database = await openDatabase({ databaseUrl, dataDirectory });
const services = makeServices(database, { asOf: "2026-11-22", uploads });
const server = await startServer(services, { host: "127.0.0.1", port: 0, development: false });
await services.snapshot("bench");
await setTimeout(2_000); // the embedded engine compiles itself behind its start
const memory = watchPeakMemory();
const delays = monitorEventLoopDelay({ resolution: 5 });
delays.enable();
process.on("message", (wanted: "report" | "end") => void answer(wanted));
process.send?.(server.url);

async function answer(wanted: "report" | "end"): Promise<void> {
  const report: ServerReport = {
    megabytesBefore: memory.before,
    peakMegabytes: memory.peak(),
    longestBlock: delays.max / 1e6,
  };
  if (wanted === "report") return void process.send?.(report);
  process.disconnect();
  await server.close();
  await database.close();
}
