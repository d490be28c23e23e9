import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, type QueryResult } from "pg";
import { type OpenDatabase, openDatabase } from "#db/open-database.ts";
import { buildTemplate, defaultTemplate, usableTemplate } from "#db/template.ts";

/**
 * A fresh, migrated database of its own for each call: embedded in a temporary directory, or, where TEST_DATABASE_URL
 * names a PostgreSQL server, newly created on that server. `close` removes it. So one suite covers both engines.
 */
export async function openTestDatabase(): Promise<OpenDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  return server ? openOnServer(server) : openEmbedded();
}

/** The engine that `openTestDatabase` gives, for the few tests that hold for one engine only. */
export const testEngine: OpenDatabase["engine"] = process.env.TEST_DATABASE_URL ? "postgresql" : "embedded";

/** A directory that is removed with `remove`. */
export async function temporaryDirectory(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "fixtwice-test-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/**
 * The build's template when it is current; else one that is made once, and kept for later runs beside other tests'
 * temporary files. Test files run in several processes at once: who comes second may make it again, and replaces it whole.
 */
export async function testTemplate(): Promise<string> {
  const built = await usableTemplate(defaultTemplate());
  if (built !== undefined) return built;
  const kept = join(tmpdir(), "fixtwice-test-template.tar.gz");
  if ((await usableTemplate(kept)) === undefined) await buildTemplate(kept);
  return kept;
}

async function openEmbedded(): Promise<OpenDatabase> {
  const directory = await temporaryDirectory();
  const opened = await openDatabase({
    dataDirectory: join(directory.path, "database"),
    template: await testTemplate(),
  });
  return closingWith(opened, directory.remove);
}

async function openOnServer(server: string): Promise<OpenDatabase> {
  const { url, drop } = await createDatabase(server);
  return closingWith(await openDatabase({ databaseUrl: url, dataDirectory: "" }), drop);
}

/** A new database on a PostgreSQL server: empty, or a copy of `template`, which nobody may be using. */
export async function createDatabase(
  server: string,
  template = "template1",
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `fixtwice_test_${randomUUID().replaceAll("-", "")}`;
  await onServer(server, `create database ${name} template ${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => void (await onServer(server, `drop database if exists ${name} with (force)`)),
  };
}

/** The database, whose `close` also cleans up, and does both once. */
export function closingWith(opened: OpenDatabase, cleanUp: () => Promise<void>): OpenDatabase {
  const close = async () => {
    await opened.close();
    await cleanUp();
  };
  let closing: Promise<void> | undefined;
  return { ...opened, close: () => (closing ??= close()) };
}

/** One statement on a PostgreSQL server, on a connection of its own. */
export async function onServer(server: string, statement: string): Promise<QueryResult> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}
