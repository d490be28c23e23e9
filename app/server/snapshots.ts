import { totalmem } from "node:os";
import { assembleFacts } from "#analytics/facts/assemble-facts.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { inOneState } from "#db/engine/one-state.ts";
import { sourceLimits } from "#db/imports/store/queries.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { listCauseFacts } from "#db/queries/causes.ts";
import { loadNames } from "#db/queries/names.ts";
import { findWorkspace, type Workspace } from "#db/workspaces.ts";
import { columnBytes } from "./segments/column-bytes.ts";
import { keepSegments, makeStaleSegments } from "./segments/keep-segments.ts";
import { loadColumns } from "./segments/load-columns.ts";
import { writeCaseIds } from "./segments/write-case-ids.ts";

/** While a load is under way, columns are made anew so seldom that it takes at most this share of the time. */
const shareOfLoad = 1 / 20;
const megabyte = 2 ** 20;

interface Held {
  version: number;
  snapshot: Promise<Snapshot>;
  /** 0 until they are there. */
  bytes: number;
  /** When it no longer is new enough beside a load, by `performance.now()`. */
  until: number;
}

/**
 * Keeps the columns of each workspace and renews them when `data_version` has moved, so that a read after a commit, of
 * whatever process, sees what was committed. Readers that come while it renews them wait for the same.
 *
 * A load of this process moves the version with every batch. Beside one, what is held serves for a while longer, else
 * every page would read the columns again, and the load would wait for each.
 *
 * Memory is bounded: the workspaces that were used longest ago are dropped. One that alone is larger than the bound is
 * made for who asks, and dropped when it is there; a note on its pages says so.
 */
export class Snapshots {
  readonly #database: OpenDatabase;
  readonly #isLoading: (workspaceId: number) => boolean;
  readonly #budget: number;
  /** The one that was used last comes last. */
  readonly #held = new Map<string, Held>();

  /** @param megabytes of all columns together; a quarter of the machine's memory unless said otherwise */
  constructor(
    database: OpenDatabase,
    options: { isLoading: (workspaceId: number) => boolean; megabytes?: number | undefined },
  ) {
    this.#database = database;
    this.#isLoading = options.isLoading;
    this.#budget = options.megabytes === undefined ? totalmem() / 4 : options.megabytes * megabyte;
  }

  async get(workspaceName: string): Promise<Snapshot | undefined> {
    // No name holds NUL, and PostgreSQL refuses to look for one that does.
    const workspace = workspaceName.includes("\0")
      ? undefined
      : await findWorkspace(this.#database.db, workspaceName);
    if (workspace === undefined) return undefined;
    const held = this.#held.get(workspaceName);
    if (held === undefined || !this.#isNewEnough(held, workspace)) return this.#renew(workspace);
    this.#held.delete(workspaceName);
    this.#held.set(workspaceName, held);
    return held.snapshot;
  }

  /** What a person has just changed is seen by the next read, also beside a load. */
  forget(workspaceName: string): void {
    this.#held.delete(workspaceName);
  }

  #isNewEnough(held: Held, { id, data_version: version }: Workspace): boolean {
    return held.version === version || (performance.now() < held.until && this.#isLoading(id));
  }

  #renew({ name, data_version: version }: Workspace): Promise<Snapshot> {
    const start = performance.now();
    const held: Held = { version, snapshot: this.#load(name), bytes: 0, until: Number.POSITIVE_INFINITY };
    this.#held.delete(name);
    this.#held.set(name, held);
    held.snapshot.then(
      ({ facts }) => {
        const end = performance.now();
        held.until = end + (end - start) / shareOfLoad;
        held.bytes = columnBytes(facts);
        this.#evict();
      },
      () => this.#drop(name, held),
    );
    return held.snapshot;
  }

  async #load(workspaceName: string): Promise<Snapshot> {
    const snapshot = await loadSnapshot(this.#database, workspaceName);
    const bytes = columnBytes(snapshot.facts);
    if (bytes <= this.#budget) return snapshot;
    const [needed, allowed] = [bytes, this.#budget].map((size) => Math.ceil(size / megabyte));
    const note =
      `The cases of this workspace take ${needed} MB of memory and FIXTWICE_COLUMNS_MB allows ${allowed}: ` +
      "they are read again for every page, which is slow. The figures are right.";
    return { ...snapshot, notes: [...snapshot.notes, note] };
  }

  #evict(): void {
    for (const [name, held] of this.#held) if (held.bytes > this.#budget) this.#drop(name, held);
    let bytes = [...this.#held.values()].reduce((sum, held) => sum + held.bytes, 0);
    for (const [name, held] of this.#held) {
      if (bytes <= this.#budget) return;
      this.#drop(name, held);
      bytes -= held.bytes;
    }
  }

  #drop(name: string, held: Held): void {
    if (this.#held.get(name) === held) this.#held.delete(name);
  }
}

async function loadSnapshot(database: OpenDatabase, workspaceName: string): Promise<Snapshot> {
  const { id } = await stillThere(database.db, workspaceName);
  await tryToKeep(() => makeStaleSegments(database, id));
  const { workspace, causes, names, columns, limits } = await inOneState(database, async (connection) => {
    const now = await stillThere(connection.db, workspaceName);
    const { name, current_run_id: runId } = now;
    return {
      workspace: now,
      causes: await listCauseFacts(connection.db, id),
      names: await loadNames(connection.db, id),
      columns: await loadColumns(connection, { id, name, runId }),
      limits: await sourceLimits(connection.db, id),
    };
  });
  const facts = assembleFacts(columns.parts, names, causes, writeCaseIds(columns.parts));
  await tryToKeep(() => keepSegments(database, id, columns.made));
  return {
    workspace: {
      id,
      name: workspace.name,
      timeZone: workspace.time_zone,
      fiscalYearStartMonth: workspace.fiscal_year_start_month,
      simulated: workspace.simulated,
    },
    facts,
    ...limits,
  };
}

async function stillThere(db: OpenDatabase["db"], workspaceName: string): Promise<Workspace> {
  const workspace = await findWorkspace(db, workspaceName);
  if (workspace === undefined) throw new Error(`The workspace ${workspaceName} went away while it was read.`);
  return workspace;
}

/** Columns that could not be kept are made again for the next reader: slow, and no reason to answer none. */
async function tryToKeep(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.warn(
      "Columns could not be kept in the database, and are made again where they are needed.",
      error,
    );
  }
}
