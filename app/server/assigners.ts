import { type AssignedCase, assignCases } from "#analytics/causes/assign-cases.ts";
import { parseAssigner } from "#analytics/causes/assigner-bytes.ts";
import type { CaseText } from "#analytics/causes/cluster-cases.ts";
import { loadWordVectors } from "#analytics/causes/load-word-vectors.ts";
import { findAssigner, findAssignerRun } from "#db/queries/assigners.ts";
import type { Database } from "#db/schema.ts";

/** What a workspace's current run says of any case. */
export interface Assigner {
  leastSimilarity: number | null;
  assign(item: CaseText): AssignedCase | undefined;
}

/**
 * Keeps the assigner that was last asked for, since to read one takes some 50 ms, and 20 to 60 MB while it is held.
 * Made outside the bundle of the pages, which does not find the table of word vectors.
 */
export class Assigners {
  readonly #db: Database;
  #held: { workspaceId: number; runId: number; assigner: Promise<Assigner | null> } | null = null;

  constructor(db: Database) {
    this.#db = db;
  }

  /** That of the workspace's current run; `null` where it has left none that this version reads. */
  async get(workspaceId: number): Promise<Assigner | null> {
    const runId = await findAssignerRun(this.#db, workspaceId);
    if (runId === undefined) return null;
    if (this.#held?.workspaceId !== workspaceId || this.#held.runId !== runId) {
      const assigner = this.#read(workspaceId);
      this.#held = { workspaceId, runId, assigner };
      assigner.catch(() => {
        this.#held = null;
      });
    }
    return this.#held.assigner;
  }

  async #read(workspaceId: number): Promise<Assigner | null> {
    const stored = await findAssigner(this.#db, workspaceId);
    const frozen = stored === undefined ? null : parseAssigner(stored.content);
    if (frozen === null) return null;
    const wordVectors = loadWordVectors();
    return {
      leastSimilarity: frozen.leastSimilarity,
      assign: (item) => assignCases(frozen, [item], { wordVectors })[0],
    };
  }
}
