import { createHash } from "node:crypto";
import type { EmergingGroup } from "#analytics/causes/emerging-groups.ts";
import { groupsInWorker } from "#analytics/causes/groups-in-worker.ts";
import { caseIdAt } from "#analytics/facts/facts.ts";
import { emergingRows } from "#analytics/metrics/emerging-rows.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { listCasesForAnalysis } from "#db/queries/analysis.ts";
import { findAssigner, findAssignerRun } from "#db/queries/assigners.ts";
import type { Database } from "#db/schema.ts";

/** What was found among the emerging cases of a snapshot. */
export interface FoundGroups {
  groups: readonly EmergingGroup[];
  emerging: number;
  /** How many of them were compared: the latest ones. */
  compared: number;
}

/** What is new is among the latest. 1,000 take 2.2 s of a processor, one of them to start the thread; 5,000 take 4.4 s. */
const mostCompared = 2000;
/** Of the cases with a cause: enough to know what everybody says. */
const mostBackground = 500;

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
  readonly #held = new Map<number, Held>();

  constructor(db: Database) {
    this.#db = db;
  }

  async get(snapshot: Snapshot): Promise<FoundGroups> {
    const workspaceId = snapshot.workspace.id;
    const rows = emergingRows(snapshot.facts);
    const runId = await findAssignerRun(this.#db, workspaceId);
    const none = { groups: [], emerging: rows.length, compared: 0 };
    if (runId === undefined || rows.length === 0) return none;
    const ids = rows.slice(-mostCompared).map((row) => caseIdAt(snapshot.facts, row));
    const key = `${runId} ${createHash("sha256").update(ids.join()).digest("hex")}`;
    const held = this.#held.get(workspaceId);
    if (held?.key === key) return held.found;
    const found = this.#find(snapshot, ids).then((groups) => ({
      groups,
      emerging: rows.length,
      compared: ids.length,
    }));
    this.#held.set(workspaceId, { key, found });
    found.catch(() => this.#held.delete(workspaceId));
    return found;
  }

  async #find({ workspace: { id }, facts }: Snapshot, ids: readonly string[]): Promise<EmergingGroup[]> {
    const stored = await findAssigner(this.#db, id);
    if (stored === undefined) return [];
    const withCause: number[] = [];
    facts.codes.cause.forEach((code, row) => {
      if (code > 0) withCause.push(row);
    });
    const every = Math.max(1, Math.ceil(withCause.length / mostBackground));
    const heard = withCause.filter((_, place) => place % every === 0).map((row) => caseIdAt(facts, row));
    return groupsInWorker({
      assigner: stored.content,
      cases: await listCasesForAnalysis(this.#db, id, ids),
      background: await listCasesForAnalysis(this.#db, id, heard),
    });
  }
}
