import { partsInWorker } from "#analytics/causes/parts-in-worker.ts";
import { demoIsWanted, loadDemo, simulateDemo } from "#app/demo/load-demo.ts";
import { longPages, type Pages, repeatedPages } from "#app/pages/pages.ts";
import { AnalysisQueue } from "#app/server/analysis-queue.ts";
import { Assigners } from "#app/server/assigners.ts";
import { clock } from "#app/server/clock.ts";
import { EmergingGroups } from "#app/server/emerging-groups.ts";
import { startServer } from "#app/server/http-server.ts";
import { ImportJobs } from "#app/server/import-jobs.ts";
import { PageThreads } from "#app/server/page-threads.ts";
import type { Services } from "#app/server/services.ts";
import { Snapshots } from "#app/server/snapshots.ts";
import { sweepUploads } from "#app/server/sweep-uploads.ts";
import { refuseOpenHost } from "#app/settings.ts";
import { refreshMissingStatistics } from "#db/maintenance.ts";
import { type OpenDatabase, openDatabase } from "#db/open-database.ts";
import { endInterruptedAnalyses } from "#db/queries/analysis.ts";
import manifest from "../../package.json" with { type: "json" };
import type { Command } from "./command.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { todayIso } from "./today.ts";

export const serveCommand: Command = {
  summary: "serves the dashboard; loads the simulated company first where nothing is loaded",
  positionals: [],
  options: {
    "as-of": { type: "string" },
    "no-demo": { type: "boolean", default: false },
    dev: { type: "boolean", default: false },
  },
  optionTexts: {
    "as-of DATE": "take DATE for today",
    "no-demo": "do not load the simulated company",
    dev: "serve the sources through Vite, with reloading",
  },
  examples: ["fixtwice serve", "PORT=8080 fixtwice serve"],
  async run({ values, settings }) {
    refuseOpenHost(settings.host);
    const asOf = values["as-of"] === undefined ? undefined : todayIso(values["as-of"]);
    const database = await openDatabase(settings);
    try {
      if (values["no-demo"] !== true) await demoWhereEmpty(database, todayIso(asOf));
      await refreshMissingStatistics(database.db);
      await endInterruptedAnalyses(database.db);
      const services = makeServices(database, {
        asOf,
        uploads: settings.uploadsDirectory,
        embedder: settings.embedder,
        columnsMegabytes: settings.columnsMegabytes,
      });
      const server = await startServer(services, { ...settings, development: values.dev === true });
      database.lock?.announce({ url: server.url, token: server.token });
      console.log(`Fix It Twice ${services.version} is at ${server.url}\n${database.durability}`);
      await sweepUploads(database.db, settings.uploadsDirectory);
      await services.imports.resume();
      await services.analysis.start();
      await stopSignal();
      await server.close();
      return 0;
    } finally {
      await database.close();
    }
  },
};

/** What is set, and what the command line asks for. */
interface ServiceWishes {
  asOf?: string | undefined;
  uploads: string;
  embedder?: string | undefined;
  columnsMegabytes?: number | undefined;
}

export function makeServices(
  database: OpenDatabase,
  { asOf, uploads, embedder, columnsMegabytes }: ServiceWishes,
): Services {
  const analysis = new AnalysisQueue(database, {
    embedder,
    today: clock(asOf),
    // What takes seconds is there before the first page asks for it.
    afterwards: async (workspaceName) => {
      const snapshot = await snapshots.get(workspaceName);
      if (snapshot !== undefined) await emerging.get(snapshot);
    },
  });
  const imports = new ImportJobs({
    database,
    uploads,
    onLoaded: (workspaceName) => void analysis.request(workspaceName),
  });
  const snapshots = new Snapshots(database, {
    isLoading: (workspaceId) => imports.changing(workspaceId) !== null,
    megabytes: columnsMegabytes,
  });
  const assigners = new Assigners(database.db, embedder);
  const pages = new PageThreads<Pages>(new URL("../pages/page-worker.ts", import.meta.url), {
    long: longPages,
    remembered: repeatedPages,
  });
  const emerging = new EmergingGroups(database.db, pages);
  return {
    database,
    uploads,
    pages,
    assigner: (workspaceId) => assigners.get(workspaceId),
    emergingGroups: (snapshot) => emerging.get(snapshot),
    snapshot: (workspaceName) => snapshots.get(workspaceName),
    forgetSnapshot: (workspaceName) => snapshots.forget(workspaceName),
    analysis,
    partsOf: partsInWorker,
    imports,
    today: clock(asOf),
    version: manifest.version,
  };
}

async function demoWhereEmpty(database: OpenDatabase, asOf: string): Promise<void> {
  if (!(await demoIsWanted(database))) return;
  const progress = terminalProgress();
  await loadDemo(database, simulateDemo(asOf), progress.show);
  progress.end("Nothing was loaded, so the simulated company was: everything on its pages is invented.");
}

/** The first signal ends the server in order; the second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = () => {
      if (stopping) process.exit(130);
      stopping = true;
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  });
}
