import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import * as firstSchema from "./migrations/2026-11-22-first-schema.ts";
import * as loading from "./migrations/2026-11-25-loading.ts";
import * as stabilityAndMerges from "./migrations/2026-11-27-stability-and-merges.ts";
import * as assigners from "./migrations/2026-11-27b-assigners.ts";
import * as proposalsAndLineage from "./migrations/2026-11-27c-proposals-and-lineage.ts";
import * as splitsAndPins from "./migrations/2026-11-27d-splits-and-pins.ts";
import * as categoriesAndDoubleCoding from "./migrations/2026-11-27e-categories-and-double-coding.ts";
import * as causesOfEmergingCases from "./migrations/2026-11-28-causes-of-emerging-cases.ts";
import * as columnSegments from "./migrations/2026-11-28b-column-segments.ts";
import * as jobs from "./migrations/2026-11-28d-jobs.ts";
import * as secondFixes from "./migrations/2026-11-28f-second-fixes.ts";
import * as retrospectives from "./migrations/2026-11-28g-retrospectives.ts";
import * as playbooksAndExposure from "./migrations/2026-11-28h-playbooks-and-exposure.ts";
import * as trainingDecisions from "./migrations/2026-11-28i-training-decisions.ts";
import * as contributingCauses from "./migrations/2026-11-28j-contributing-causes.ts";

/** All migrations by name, in code rather than read from a folder, so that a bundle has them too. Only forward. */
export type Migrations = Record<string, Migration>;

export const allMigrations: Migrations = {
  "2026-11-22-first-schema": firstSchema,
  "2026-11-25-loading": loading,
  "2026-11-27-stability-and-merges": stabilityAndMerges,
  "2026-11-27b-assigners": assigners,
  "2026-11-27c-proposals-and-lineage": proposalsAndLineage,
  "2026-11-27d-splits-and-pins": splitsAndPins,
  "2026-11-27e-categories-and-double-coding": categoriesAndDoubleCoding,
  "2026-11-28-causes-of-emerging-cases": causesOfEmergingCases,
  "2026-11-28b-column-segments": columnSegments,
  "2026-11-28d-jobs": jobs,
  "2026-11-28f-second-fixes": secondFixes,
  "2026-11-28g-retrospectives": retrospectives,
  "2026-11-28h-playbooks-and-exposure": playbooksAndExposure,
  "2026-11-28i-training-decisions": trainingDecisions,
  "2026-11-28j-contributing-causes": contributingCauses,
};

/** The database was written by a newer version of this program, which alone knows what its tables mean. */
export class NewerSchema extends Error {
  override readonly name = "NewerSchema";
}

/** A migration failed; the database is as it was before. */
export class MigrationFailed extends Error {
  override readonly name = "MigrationFailed";
}

/** The last migration of a set: what the schema is called. */
export function schemaVersion(migrations: Migrations = allMigrations): string {
  const last = Object.keys(migrations).sort().at(-1);
  if (last === undefined) throw new Error("a database needs at least one migration, got none");
  return last;
}

/**
 * Brings the schema up to date, all in one transaction, and returns the names of the migrations that ran. Of several
 * programs that start at once on one server the first migrates and the others wait (Kysely's advisory lock).
 * @throws NewerSchema, MigrationFailed
 */
export async function migrate<Tables>(
  db: Kysely<Tables>,
  migrations: Migrations = allMigrations,
): Promise<string[]> {
  return db.connection().execute(async (connection) => {
    const applied = await appliedMigrations(connection);
    refuseNewer(applied, migrations);
    // The usual start: two small queries instead of Kysely's look through the whole catalogue.
    if (Object.keys(migrations).every((name) => applied.includes(name))) return [];
    // A migration of a big table, and the wait for another starter's, may take longer than a page's query.
    await sql`set statement_timeout = 0`.execute(connection);
    try {
      return await migrateUp(connection, migrations);
    } finally {
      await sql`reset statement_timeout`.execute(connection);
    }
  });
}

async function migrateUp<Tables>(db: Kysely<Tables>, migrations: Migrations): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error === undefined) return results.map((result) => result.migrationName);
  // Another starter, of a newer version, may have migrated while we waited.
  refuseNewer(await appliedMigrations(db), migrations);
  const failed = results.find((result) => result.status === "Error")?.migrationName;
  const reason = error instanceof Error ? error.message : JSON.stringify(error);
  throw new MigrationFailed(
    `The migration ${failed ?? "of the schema"} failed: ${reason}. The database is as it was before.`,
    { cause: error },
  );
}

function refuseNewer(applied: readonly string[], migrations: Migrations): void {
  const unknown = applied.filter((name) => !(name in migrations));
  if (unknown.length === 0) return;
  throw new NewerSchema(
    `The database has the schema ${unknown.at(-1)}; this version of Fix It Twice knows schemas up to ` +
      `${schemaVersion(migrations)}. Start the newer version that wrote it, or use another database.`,
  );
}

async function appliedMigrations<Tables>(db: Kysely<Tables>): Promise<string[]> {
  const table = await sql<{
    exists: boolean;
  }>`select to_regclass('kysely_migration') is not null as exists`.execute(db);
  if (table.rows[0]?.exists !== true) return [];
  const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return applied.rows.map((row) => row.name);
}
