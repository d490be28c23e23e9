import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { projectRoot } from "#app/settings.ts";
import { createDatabase } from "./database.ts";

/** The day that the journeys' server takes for today: the simulated company ends with the month before it. */
export const asOf = "2026-11-22";

/** Where a server's cases lie: on PostgreSQL where the suite runs on it, else in an embedded database. */
export interface Place {
  data: string;
  /** Empty: embedded, in `data`. */
  databaseUrl: string;
}

declare module "vitest" {
  interface ProvidedContext {
    /** The one server that all journeys visit. */
    server: { url: string; place: Place };
  }
}

/** One server for all journeys, on a free port and over a data directory of its own: what a first start is. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(join(projectRoot, "build/server/index.js")))
    throw new Error("The pages are not built: run `npm run build` first (`npm test` does it by itself).");
  const data = await mkdtemp(join(tmpdir(), "fixtwice-journeys-"));
  const onServer = process.env.TEST_DATABASE_URL
    ? await createDatabase(process.env.TEST_DATABASE_URL)
    : undefined;
  const place: Place = { data, databaseUrl: onServer?.url ?? "" };
  const server = startFixTwice(["serve", "--as-of", asOf], place);
  project.provide("server", { url: await addressOf(server), place });
  return async () => {
    server.kill();
    if (server.exitCode === null) await once(server, "exit");
    await onServer?.drop();
    await rm(data, { recursive: true, force: true });
  };
}

/** A command of the product, as a person would start it. */
export function startFixTwice(args: readonly string[], { data, databaseUrl }: Place): ChildProcess {
  return spawn(process.execPath, [join(projectRoot, "bin/fixtwice.js"), ...args], {
    env: { ...process.env, DATABASE_URL: databaseUrl, FIXTWICE_DATA: data, PORT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Waits for the line that says where the server is. */
async function addressOf(server: ChildProcess): Promise<string> {
  let output = "";
  server.stderr?.on("data", (chunk: Buffer) => (output += chunk));
  for await (const chunk of server.stdout ?? []) {
    output += chunk;
    const address = / is at (http:\S+)/.exec(output)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`The server ended before it was ready:\n${output}`);
}
