import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { everything } from "#analytics/filter/filter.ts";
import { makeServices } from "#app/cli/serve.ts";
import { casesCsv } from "#app/csv/cases-csv.ts";
import { simulateCompany } from "#app/demo/simulate-company.ts";
import { analyse } from "#app/server/analyse.ts";
import { startServer } from "#app/server/http-server.ts";
import { importFile } from "#db/imports/import-file.ts";
import { importRecords } from "#db/imports/import-records.ts";
import { openDatabase } from "#db/open-database.ts";
import { findOrCreateWorkspace } from "#db/workspaces.ts";
import { type Measurement, percentiles, timed } from "./measurement.ts";

const asOf = "2026-11-22";
const requests = 40;

/** The simulated company on the embedded database: first start, load, causes, overview, export, load of the export. */
export async function measureWholePath(directory: string): Promise<Measurement[]> {
  const open = await timed(() => openDatabase({ dataDirectory: join(directory, "data") }));
  const database = open.result;
  try {
    const { cases, company } = simulateCompany({ asOf, seed: 1 });
    const workspace = await findOrCreateWorkspace(database.db, { name: "bench", timeZone: company.timeZone });
    const load = await timed(() => importRecords(database, workspace, cases, { name: "bench" }));
    const causes = await timed(() => analyse(database.db, workspace));
    const services = makeServices(database, { asOf, uploads: directory });
    const columns = await timed(() => services.snapshot("bench"));
    const snapshot = columns.result;
    if (snapshot === undefined) throw new Error("The workspace bench is gone.");
    const filter = { ...everything, period: "all" };
    const asked = { filter, today: services.today("UTC"), hits: null };
    const file = join(directory, "cases.csv");
    const exported = await timed(async () => {
      const { rows } = await services.pages.compute("caseRows", snapshot, asked);
      await pipeline(casesCsv(database, { ...snapshot, filter }, rows), createWriteStream(file));
    });
    const imported = await timed(() => importFile(database, { path: file, workspace: "bench again" }));
    const again = await timed(() => importFile(database, { path: file, workspace: "bench again" }));
    const server = await startServer(services, { host: "127.0.0.1", port: 0, development: false });
    const pages = await overviewTimes(server.url);
    await server.close();
    const perSecond = (milliseconds: number) => `${Math.round((cases.length / milliseconds) * 1000)} rows/s`;
    return [
      { what: "open a new embedded database", value: `${Math.round(open.milliseconds)} ms` },
      { what: `load ${cases.length} simulated cases`, value: perSecond(load.milliseconds) },
      { what: "find their causes", value: `${(causes.milliseconds / 1000).toFixed(1)} s` },
      { what: "build the columns", value: `${Math.round(columns.milliseconds)} ms` },
      { what: "export them as CSV", value: perSecond(exported.milliseconds) },
      { what: "import that CSV", value: perSecond(imported.milliseconds) },
      { what: "import it again (all unchanged)", value: perSecond(again.milliseconds) },
      { what: "overview over HTTP", value: percentiles(pages) },
    ];
  } finally {
    await database.close();
  }
}

async function overviewTimes(url: string): Promise<number[]> {
  const times: number[] = [];
  const periods = ["all", "last-12-months", "2026-Q3", "2026-05"];
  for (let i = 0; i < requests; i++) {
    const page = `${url}/w/bench?period=${periods[i % periods.length]}`;
    const { milliseconds } = await timed(async () => (await fetch(page)).text());
    times.push(milliseconds);
  }
  return times.slice(periods.length); // the first of each warms up
}
