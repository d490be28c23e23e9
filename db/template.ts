import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PostgresDialect } from "kysely";
import { embeddedPool } from "./engine/embedded.ts";
import { guardedKysely } from "./engine/guarded-pool.ts";
import { startEngine } from "./engine/pglite-bridge.ts";
import { allMigrations, migrate, schemaVersion } from "./migrate.ts";
import type { Schema } from "./schema.ts";

/**
 * A template is a migrated, empty data directory as an archive. The build makes it once, so that a first start unpacks
 * it in a second instead of running initdb for five. Beside it lies a note of what it was made with.
 */
interface TemplateNote {
  pglite: string;
  schema: string;
  /** SHA-256 of the migrations' sources: while one is being written, its name alone does not tell. */
  sources: string;
}

const require = createRequire(import.meta.url);

/** Where the build puts it: `build/` of the package, also when this code runs from a bundle in there. */
export function defaultTemplate(): string {
  return join(dirname(require.resolve("#db/template.ts")), "../build/database-template.tar.gz");
}

/** Makes a template and its note. */
export async function buildTemplate(file: string): Promise<void> {
  const engine = await startEngine({ directory: "memory://" });
  try {
    const pool = embeddedPool(engine);
    const db = await guardedKysely<Schema>(pool, new PostgresDialect({ pool }));
    await migrate(db, allMigrations);
    const archive = await engine.dump();
    await db.destroy();
    await mkdir(dirname(file), { recursive: true });
    // The note last: a template without one is not used.
    await writeWhole(file, archive);
    await writeWhole(noteFile(file), `${JSON.stringify(await currentNote())}\n`);
  } finally {
    await engine.close();
  }
}

/** The template if it is there and was made by this PGlite for this schema, else undefined: initdb does it then. */
export async function usableTemplate(file: string): Promise<string | undefined> {
  const note = await readFile(noteFile(file), "utf8").catch(() => undefined);
  return note?.trim() === JSON.stringify(await currentNote()) ? file : undefined;
}

async function currentNote(): Promise<TemplateNote> {
  const manifest = join(dirname(require.resolve("@electric-sql/pglite")), "../package.json");
  const { version } = JSON.parse(await readFile(manifest, "utf8"));
  return { pglite: String(version), schema: schemaVersion(), sources: await hashOfMigrations() };
}

async function hashOfMigrations(): Promise<string> {
  const folder = join(dirname(require.resolve("#db/template.ts")), "migrations");
  const hash = createHash("sha256");
  for (const name of (await readdir(folder)).sort()) hash.update(await readFile(join(folder, name)));
  return hash.digest("hex");
}

function noteFile(file: string): string {
  return `${file}.json`;
}

async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, content);
  await rename(draft, file);
}
