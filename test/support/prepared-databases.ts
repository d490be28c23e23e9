import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import { type OpenDatabase, openDatabase } from "#db/open-database.ts";
import { closingWith, createDatabase, onServer, temporaryDirectory, testTemplate } from "./database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** What this run has prepared: a directory for embedded databases, and the beginning of names on a server. */
    prepared: { directory: string; prefix: string };
  }
}

/** Where databases are prepared; all that were are removed after the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prefix = `fixtwice_prepared_${randomUUID().slice(0, 8)}`;
  const directory = await mkdtemp(join(tmpdir(), "fixtwice-prepared-"));
  project.provide("prepared", { directory, prefix });
  return async () => {
    await rm(directory, { recursive: true });
    const server = process.env.TEST_DATABASE_URL;
    if (!server) return;
    const { rows } = await onServer(
      server,
      `select datname from pg_database where datname like '${prefix}%'`,
    );
    for (const { datname } of rows) await onServer(server, `drop database ${datname}`);
  };
}

/**
 * A database of its own for each call, which holds what `fill` put into the first of this name. Test files run in several
 * processes at once: two that come first both fill one, and the later of the two is thrown away.
 */
export function openPrepared(
  name: string,
  fill: (database: OpenDatabase) => Promise<void>,
): Promise<OpenDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  return server ? openOnServer(server, name, fill) : openEmbedded(name, fill);
}

async function openEmbedded(name: string, fill: (database: OpenDatabase) => Promise<void>) {
  const prepared = join(inject("prepared").directory, name);
  if (!existsSync(prepared)) {
    const own = `${prepared}-${randomUUID()}`;
    await filled(await openDatabase({ dataDirectory: own, template: await testTemplate() }), fill);
    await rename(own, prepared).catch(ignoring("ENOTEMPTY"));
  }
  const { path, remove } = await temporaryDirectory();
  const dataDirectory = join(path, "database");
  await cp(prepared, dataDirectory, { recursive: true });
  return closingWith(await openDatabase({ dataDirectory }), remove);
}

async function openOnServer(server: string, name: string, fill: (database: OpenDatabase) => Promise<void>) {
  const prepared = `${inject("prepared").prefix}_${name}`;
  const { rows } = await onServer(server, `select from pg_database where datname = '${prepared}'`);
  if (rows.length === 0) {
    const own = await createDatabase(server);
    await filled(await openDatabase({ databaseUrl: own.url, dataDirectory: "" }), fill);
    await onServer(
      server,
      `alter database ${new URL(own.url).pathname.slice(1)} rename to ${prepared}`,
    ).catch(ignoring("42P04"));
    await own.drop();
  }
  const { url, drop } = await createDatabase(server, prepared);
  return closingWith(await openDatabase({ databaseUrl: url, dataDirectory: "" }), drop);
}

async function filled(
  database: OpenDatabase,
  fill: (database: OpenDatabase) => Promise<void>,
): Promise<void> {
  await fill(database);
  await database.close();
}

function ignoring(code: string): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (error.code !== code) throw error;
  };
}
