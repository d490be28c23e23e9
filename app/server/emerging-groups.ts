import { createHash } from "node:crypto";
import type { EmergingGroup } from "#analytics/causes/emerging-groups.ts";
import { groupsInWorker } from "#analytics/causes/groups-in-worker.ts";
import type { FoundGroups } from "#app/pages/emerging.ts";
import type { Pages } from "#app/pages/pages.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { listCasesForAnalysis } from "#db/queries/analysis.ts";
import { findAssigner, findAssignerRun } from "#db/queries/assigners.ts";
import type { Database } from "#db/schema.ts";
import type { PageThreads } from "./page-threads.ts";

interface Held {
  key: string;
  found: Promise<FoundGroups>;
}

/**
 * Groups of emerging cases, found when a page first asks for them and kept until the run or its emerging cases are
 * others: after a load, an undo, a person's word on one of them. Nothing is stored, so that none can be out of date.
 */
export class EmergingGroups {
  readonly #db: Database;
  readonly #pages: PageThreads<Pages>;
  readonly #held = new Map<number, Held>();

  constructor(db: Database, pages: PageThreads<Pages>) {
    this.#db = db;
    this.#pages = pages;
  }

  async get(snapshot: Snapshot): Promise<FoundGroups> {
    const workspaceId = snapshot.workspace.id;
    const { emerging, compared, background } = await this.#pages.compute(
      "emergingCases",
      snapshot,
      undefined,
    );
    const runId = await findAssignerRun(this.#db, workspaceId);
    if (runId === undefined || emerging === 0) return { groups: [], emerging, compared: 0 };
    const key = `${runId} ${createHash("sha256").update(compared.join()).digest("hex")}`;
    const held = this.#held.get(workspaceId);
    if (held?.key === key) return held.found;
    const found = this.#find(workspaceId, compared, background).then((groups) => ({
      groups,
      emerging,
      compared: compared.length,
    }));
    this.#held.set(workspaceId, { key, found });
    found.catch(() => this.#held.delete(workspaceId));
    return found;
  }

  async #find(
    workspaceId: number,
    compared: readonly string[],
    background: readonly string[],
  ): Promise<EmergingGroup[]> {
    const stored = await findAssigner(this.#db, workspaceId);
    if (stored === undefined) return [];
    return groupsInWorker({
      assigner: stored.content,
      cases: await listCasesForAnalysis(this.#db, workspaceId, compared),
      background: await listCasesForAnalysis(this.#db, workspaceId, background),
    });
  }
}
