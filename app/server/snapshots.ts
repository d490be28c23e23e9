import { totalmem } from "node:os";
import { columnBytes } from "#app/pages/column-bytes.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { inOneState } from "#db/engine/one-state.ts";
import { sourceLimits } from "#db/imports/store/queries.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { listCauseFacts } from "#db/queries/causes.ts";
import { hasAsManyCases } from "#db/queries/count-cases.ts";
import { loadWorkspaceExposure } from "#db/queries/exposure.ts";
import { loadNames } from "#db/queries/names.ts";
import { findWorkspace, type Workspace } from "#db/workspaces.ts";
import { unavailable } from "./http-errors.ts";
import { ColumnsLost, ColumnsThread } from "./segments/columns-thread.ts";
import { keepSegments, makeStaleSegments } from "./segments/keep-segments.ts";
import { loadColumns } from "./segments/load-columns.ts";
import { type ColumnsMaker, MonthColumns } from "./segments/month-columns.ts";
import { openCaseIds } from "./segments/write-case-ids.ts";

/** While a load is under way, columns are made anew so seldom that it takes at most this share of the time. */
const shareOfLoad = 1 / 20;
const megabyte = 2 ** 20;

/** Cases of a workspace from which on its columns are made on a thread: for fewer, it costs more than it spares. */
const casesForThread = 20_000;

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
  readonly #casesForThread: number;
  readonly #columnsWorker: URL | undefined;
  /** The one that was used last comes last. */
  readonly #held = new Map<string, Held>();

  /**
   * @param options.megabytes of all columns together; a quarter of the machine's memory unless said otherwise
   * @param options.casesForThread of a workspace, from which on its columns are made on a thread
   * @param options.columnsWorker the file of that thread
   */
  constructor(
    database: OpenDatabase,
    options: {
      isLoading: (workspaceId: number) => boolean;
      megabytes?: number | undefined;
      casesForThread?: number;
      columnsWorker?: URL;
    },
  ) {
    this.#database = database;
    this.#isLoading = options.isLoading;
    this.#budget = options.megabytes === undefined ? totalmem() / 4 : options.megabytes * megabyte;
    this.#casesForThread = options.casesForThread ?? casesForThread;
    this.#columnsWorker = options.columnsWorker;
  }

  /** @throws "unavailable" where the thread that makes the columns dies; the next one to ask starts another */
  async get(workspaceName: string): Promise<Snapshot | undefined> {
    // No name holds NUL, and PostgreSQL refuses to look for one that does.
    const workspace = workspaceName.includes("\0")
      ? undefined
      : await findWorkspace(this.#database.db, workspaceName);
    if (workspace === undefined) return undefined;
    const held = this.#held.get(workspaceName);
    try {
      if (held === undefined || !this.#isNewEnough(held, workspace)) return await this.#renew(workspace);
      this.#held.delete(workspaceName);
      this.#held.set(workspaceName, held);
      return await held.snapshot;
    } catch (error) {
      if (!(error instanceof ColumnsLost)) throw error;
      throw unavailable(
        "The cases of this workspace could not be read: it took more memory than there is, or the thread was ended. Try again in a moment. The server's log has the reason.",
      );
    }
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
    const snapshot = await this.#read(workspaceName);
    const bytes = columnBytes(snapshot.facts);
    if (bytes <= this.#budget) return snapshot;
    const [needed, allowed] = [bytes, this.#budget].map((size) => Math.ceil(size / megabyte));
    const note =
      `The cases of this workspace take ${needed} MB of memory and FIXTWICE_COLUMNS_MB allows ${allowed}: ` +
      "they are read again for every page, which is slow. The figures are right.";
    return { ...snapshot, notes: [...snapshot.notes, note] };
  }

  async #read(workspaceName: string): Promise<Snapshot> {
    const workspace = await stillThere(this.#database.db, workspaceName);
    await tryToKeep(() => makeStaleSegments(this.#database, workspace.id));
    const columns = await this.#columnsMaker(workspace.id);
    try {
      return await loadSnapshot(this.#database, workspace, columns);
    } catch (error) {
      if (error instanceof ColumnsLost) console.error(`Of the workspace ${workspaceName}:`, error);
      throw error;
    } finally {
      columns.end();
    }
  }

  /** Decompressing and assembling take a second for a million cases, which no request should wait for that is not about them. */
  async #columnsMaker(workspaceId: number): Promise<ColumnsMaker> {
    const isLarge = await hasAsManyCases(this.#database.db, workspaceId, this.#casesForThread);
    return isLarge ? new ColumnsThread(this.#columnsWorker) : new MonthColumns();
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

async function loadSnapshot(
  database: OpenDatabase,
  { id, name: workspaceName }: Pick<Workspace, "id" | "name">,
  columns: ColumnsMaker,
): Promise<Snapshot> {
  const { workspace, causes, names, made, limits, exposure } = await inOneState(
    database,
    async (connection) => {
      const now = await stillThere(connection.db, workspaceName);
      const { name, current_run_id: runId } = now;
      const loadedNames = await loadNames(connection.db, id);
      return {
        workspace: now,
        causes: await listCauseFacts(connection.db, id),
        names: loadedNames,
        made: await loadColumns(connection, { id, name, runId }, columns),
        limits: await sourceLimits(connection.db, id),
        exposure: await loadWorkspaceExposure(connection.db, id, loadedNames.product),
      };
    },
  );
  const facts = await columns.assemble({ names, causes, caseIds: openCaseIds() });
  await tryToKeep(() => keepSegments(database, id, made));
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
    exposure,
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
