import { FactsBuilder } from "#analytics/facts/build-facts.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { sourceLimits } from "#db/imports/store/queries.ts";
import { listCauseFacts } from "#db/queries/causes.ts";
import { countCases, loadNames, streamFactRows } from "#db/queries/fact-rows.ts";
import type { Database } from "#db/schema.ts";
import { findWorkspace } from "#db/workspaces.ts";

/**
 * Keeps the columns of each workspace and rebuilds them when `data_version` has moved, so that a read after a
 * commit sees what was committed. Readers that come while it rebuilds wait for the same rebuild.
 */
export class Snapshots {
  readonly #db: Database;
  readonly #held = new Map<string, { version: number; snapshot: Promise<Snapshot> }>();

  constructor(db: Database) {
    this.#db = db;
  }

  async get(workspaceName: string): Promise<Snapshot | undefined> {
    // No name holds NUL, and PostgreSQL refuses to look for one that does.
    const workspace = workspaceName.includes("\0") ? undefined : await findWorkspace(this.#db, workspaceName);
    if (workspace === undefined) return undefined;
    const held = this.#held.get(workspaceName);
    if (held !== undefined && held.version === workspace.data_version) return held.snapshot;
    const snapshot = loadSnapshot(this.#db, workspaceName);
    this.#held.set(workspaceName, { version: workspace.data_version, snapshot });
    snapshot.catch(() => this.#held.delete(workspaceName));
    return snapshot;
  }
}

/** Reads in one repeatable-read transaction, so that a load that commits meanwhile is seen whole or not at all. */
async function loadSnapshot(db: Database, workspaceName: string): Promise<Snapshot> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (tx) => {
      const workspace = await findWorkspace(tx, workspaceName);
      if (workspace === undefined)
        throw new Error(`The workspace ${workspaceName} went away while it was read.`);
      const causes = await listCauseFacts(tx, workspace.id);
      const names = await loadNames(tx, workspace.id);
      const builder = new FactsBuilder(await countCases(tx, workspace.id), names, causes);
      for await (const row of streamFactRows(tx, workspace.id, workspace.current_run_id)) builder.add(row);
      return {
        workspace: {
          id: workspace.id,
          name: workspace.name,
          timeZone: workspace.time_zone,
          fiscalYearStartMonth: workspace.fiscal_year_start_month,
          simulated: workspace.simulated,
        },
        facts: builder.finish(),
        ...(await sourceLimits(tx, workspace.id)),
      };
    });
}
