import { tmpdir } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { makeServices } from "#app/cli/serve.ts";
import { startServer } from "#app/server/http-server.ts";
import { hrefTo } from "#app/tables/view.ts";
import { openDatabase } from "#db/open-database.ts";
import { randomFilters } from "#test/routes/random-filters.ts";

// The server in a process of its own, so that what its event loop waits for is its own work and not its readers'.
const [databaseUrl = "", workspaceName = "", addresses = ""] = process.argv.slice(2);
const database = await openDatabase({ databaseUrl, dataDirectory: tmpdir() });
const services = makeServices(database, { uploads: tmpdir() });
const snapshot = await services.snapshot(workspaceName);
if (snapshot === undefined) throw new Error(`There is no workspace ${workspaceName} to be measured.`);
const { facts, workspace } = snapshot;
const server = await startServer(services, { host: "127.0.0.1", port: 0, development: false });
const paths = randomFilters(facts, Number(addresses)).map((filter) => hrefTo(workspace, "", filter));
const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();

let before = process.threadCpuUsage();
function ownProcessor(): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1e3;
}

process.on("message", (message: "reset" | "read" | "end") => {
  if (message === "reset") {
    delays.reset();
    before = process.threadCpuUsage();
  } else if (message === "read")
    process.send?.({
      greatestDelay: delays.max / 1e6,
      laterDelay: delays.percentile(99) / 1e6,
      ownProcessor: ownProcessor(),
      rss: process.memoryUsage.rss() / 2 ** 20,
    });
  else void server.close().then(() => database.close());
  if (message === "end") process.disconnect();
});

process.send?.({ url: server.url, paths, cases: facts.size });
