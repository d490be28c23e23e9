import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRequestHandler, RouterContextProvider, type ServerBuild } from "react-router";
import type { CaseRecord } from "#analytics/case.ts";
import { makeServices } from "#app/cli/serve.ts";
import { demoWorkspace, loadDemo, simulateDemo } from "#app/demo/load-demo.ts";
import { simulateCompany } from "#app/demo/simulate-company.ts";
import type { Services } from "#app/server/services.ts";
import { settleLoad } from "#app/server/settle-load.ts";
import { projectRoot } from "#app/settings.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { importRecords } from "#db/imports/import-records.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { findOrCreateWorkspace, findWorkspace } from "#db/workspaces.ts";
import { openPrepared } from "./prepared-databases.ts";

/** The day that every test application takes for today. */
export const asOf = "2026-11-22";
const origin = "http://127.0.0.1:3000";
const company = "Lind & Hald";

export interface TestApp {
  services: Services;
  /** Its workspace; the name needs escaping in URLs. */
  workspace: { id: number; name: string; base: string };
  snapshot(workspaceName?: string): Promise<Snapshot>;
  /** A request of this application's own origin, through every middleware and route. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** The HTML of a page that must answer with 200. */
  page(path: string): Promise<string>;
  /** A form sent by one of its own pages. */
  post(path: string, fields: Record<string, string> | [name: string, value: string][]): Promise<Response>;
  close(): Promise<void>;
}

/**
 * The built application in this process, over a database of its own with every `nth` case of the simulated company,
 * its causes found (by the first file that asks; the others get copies). What a real server adds (static files, the
 * Host check, the command line's door) is not there.
 */
export async function openTestApp({ nth = 8 } = {}): Promise<TestApp> {
  await builtHandler(); // says what is missing before a database is filled
  const database = await openPrepared(`every_${nth}`, async (empty) => {
    const { company: simulated, cases } = simulateCompany({ asOf, seed: 1 });
    await loadCases({ database: empty }, company, {
      timeZone: simulated.timeZone,
      cases: cases.filter((_, i) => i % nth === 0),
    });
  });
  return appOver(database, company);
}

/**
 * The same over the whole demo, as a first start loads it: with its calls, its second fixes and their verdicts, its playbooks and
 * its retrospectives.
 * @param until an earlier day: the demo as it was known then, and that day as today
 */
export async function openDemoApp(until?: string): Promise<TestApp> {
  await builtHandler();
  const name = until === undefined ? "demo" : `demo_${until.replaceAll("-", "")}`; // of a database, unquoted
  const database = await openPrepared(name, (empty) => loadDemo(empty, simulateDemo(asOf, until), () => {}));
  return appOver(database, demoWorkspace, until);
}

async function appOver(database: OpenDatabase, name: string, today = asOf): Promise<TestApp> {
  const handle = await builtHandler();
  const uploads = await mkdtemp(join(tmpdir(), "fixtwice-uploads-"));
  const services = makeServices(database, { asOf: today, uploads });
  const { id } = (await findWorkspace(database.db, name))!;
  const request = (path: string, init?: RequestInit) => handle(services, new Request(origin + path, init));
  return {
    services,
    workspace: { id, name, base: `/w/${encodeURIComponent(name)}` },
    async snapshot(workspaceName = name) {
      const snapshot = await services.snapshot(workspaceName);
      if (snapshot === undefined) throw new Error(`There is no workspace ${workspaceName}.`);
      return snapshot;
    },
    request,
    async page(path) {
      const response = await request(path);
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
      return response.text();
    },
    post: (path, fields) =>
      request(path, { method: "POST", headers: { origin }, body: new URLSearchParams(fields) }),
    async close() {
      await services.imports.idle();
      await services.analysis.idle();
      await services.pages.stop();
      await database.close();
      await rm(uploads, { recursive: true });
    },
  };
}

/** Loads cases into a workspace, as any import does, and finds their causes. */
export async function loadCases(
  { database }: Pick<Services, "database">,
  name: string,
  { cases, timeZone = "UTC" }: { cases: readonly CaseRecord[]; timeZone?: string },
): Promise<{ id: number }> {
  const workspace = await findOrCreateWorkspace(database.db, { name, timeZone });
  await importRecords(database, workspace, cases, { name: "test cases" });
  await settleLoad(database, name);
  return workspace;
}

async function builtHandler(): Promise<(services: Services, request: Request) => Promise<Response>> {
  const entry = join(projectRoot, "build/server/index.js");
  if (!existsSync(entry))
    throw new Error("The pages are not built: run `npm run build` first (`npm test` does it by itself).");
  const build: ServerBuild = await import(entry);
  const { servicesContext } = build.entry.module as unknown as typeof import("#app/entry.server.tsx"); // it is this file, bundled
  const handle = createRequestHandler(build, "production");
  return (services, request) => {
    const context = new RouterContextProvider();
    context.set(servicesContext, services);
    return handle(request, context);
  };
}
