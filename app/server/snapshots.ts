import { assembleFacts } from "#analytics/facts/assemble-facts.ts";
import { CaseColumnsBuilder } from "#analytics/facts/case-columns.ts";
import type { Facts } from "#analytics/facts/facts.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { sourceLimits } from "#db/imports/store/queries.ts";
import { loadMoves } from "#db/queries/case-moves.ts";
import { listCauseFacts } from "#db/queries/causes.ts";
import { countCases, loadNames, streamFactRows } from "#db/queries/fact-rows.ts";
import type { Database } from "#db/schema.ts";
import { findWorkspace, type Workspace } from "#db/workspaces.ts";

/** While a load is under way, columns are made anew so seldom that it takes at most this share of the time. */
const shareOfLoad = 1 / 20;

interface Held {
  version: number;
  snapshot: Promise<Snapshot>;
  /** When it no longer is new enough beside a load, by `performance.now()`. */
  until: number;
}

/**
 * Keeps the columns of each workspace and rebuilds them when `data_version` has moved, so that a read after a
 * commit sees what was committed. Readers that come while it rebuilds wait for the same rebuild.
 *
 * A load of this process moves the version with every batch. Beside one, what is held serves for a while longer, else
 * every page would read all cases again, and the load would wait for each.
 */
export class Snapshots {
  readonly #db: Database;
  readonly #isLoading: (workspaceId: number) => boolean;
  readonly #held = new Map<string, Held>();

  constructor(db: Database, isLoading: (workspaceId: number) => boolean) {
    this.#db = db;
    this.#isLoading = isLoading;
  }

  async get(workspaceName: string): Promise<Snapshot | undefined> {
    // No name holds NUL, and PostgreSQL refuses to look for one that does.
    const workspace = workspaceName.includes("\0") ? undefined : await findWorkspace(this.#db, workspaceName);
    if (workspace === undefined) return undefined;
    const held = this.#held.get(workspaceName);
    if (held?.version === workspace.data_version) return held.snapshot;
    if (held !== undefined && performance.now() < held.until && this.#isLoading(workspace.id))
      return held.snapshot;
    return this.#renew(workspaceName, workspace.data_version);
  }

  /** What a person has just changed is seen by the next read, also beside a load. */
  forget(workspaceName: string): void {
    this.#held.delete(workspaceName);
  }

  #renew(workspaceName: string, version: number): Promise<Snapshot> {
    const start = performance.now();
    const snapshot = loadSnapshot(this.#db, workspaceName);
    const held: Held = { version, snapshot, until: Number.POSITIVE_INFINITY };
    this.#held.set(workspaceName, held);
    snapshot.then(
      () => {
        const end = performance.now();
        held.until = end + (end - start) / shareOfLoad;
      },
      () => this.#held.delete(workspaceName),
    );
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
      return {
        workspace: {
          id: workspace.id,
          name: workspace.name,
          timeZone: workspace.time_zone,
          fiscalYearStartMonth: workspace.fiscal_year_start_month,
          simulated: workspace.simulated,
        },
        facts: await readFacts(tx, workspace),
        ...(await sourceLimits(tx, workspace.id)),
      };
    });
}

async function readFacts(db: Database, workspace: Workspace): Promise<Facts> {
  const causes = await listCauseFacts(db, workspace.id);
  const names = await loadNames(db, workspace.id);
  const builder = new CaseColumnsBuilder(await countCases(db, workspace.id));
  const moves = await loadMoves(db, workspace.id);
  for await (const row of streamFactRows(db, workspace.id, workspace.current_run_id)) {
    const movedTo = moves.get(row.caseId);
    builder.add(
      movedTo === undefined
        ? row
        : { ...row, causeId: movedTo, causeBasis: "person", unassignedBecause: null },
    );
  }
  return assembleFacts([builder.finish()], names, causes);
}
