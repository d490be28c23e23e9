import { type AssignedCase, assignCases } from "#analytics/causes/assign-cases.ts";
import { parseAssigner } from "#analytics/causes/assigner-bytes.ts";
import { loadWordVectors } from "#analytics/causes/load-word-vectors.ts";
import type { CaseForAnalysis } from "#db/queries/analysis.ts";
import { findAssigner, findAssignerRun } from "#db/queries/assigners.ts";
import type { Database } from "#db/schema.ts";
import { openRunEmbedder } from "./run-embedder.ts";

/** What a workspace's current run says of any case. */
export interface Assigner {
  leastSimilarity: number | null;
  /** Why it can say nothing now, in a sentence: the run used a sentence model that is not here. `null`: it can. */
  hindrance: string | null;
  /** Nothing while it is hindered. */
  assign(item: CaseForAnalysis): Promise<AssignedCase | undefined>;
}

interface HeldAssigner extends Assigner {
  close(): Promise<void>;
}

const nothing = () => Promise.resolve(undefined);

/**
 * Keeps the assigner that was last asked for, since to read one takes some 50 ms, and 20 to 60 MB while it is held.
 * A sentence model that the run used is held in a thread as long.
 * Made outside the bundle of the pages, which does not find the table of word vectors.
 */
export class Assigners {
  readonly #db: Database;
  readonly #embedder: string | undefined;
  #held: { workspaceId: number; runId: number; assigner: Promise<HeldAssigner | null> } | null = null;

  /** @param embedder folder of the sentence model that is set */
  constructor(db: Database, embedder?: string) {
    this.#db = db;
    this.#embedder = embedder;
  }

  /** That of the workspace's current run; `null` where it has left none that this version reads. */
  async get(workspaceId: number): Promise<Assigner | null> {
    const runId = await findAssignerRun(this.#db, workspaceId);
    if (runId === undefined) return null;
    if (this.#held?.workspaceId !== workspaceId || this.#held.runId !== runId) {
      const assigner = this.#read(workspaceId, this.#held?.assigner);
      this.#held = { workspaceId, runId, assigner };
      assigner.catch(() => {
        this.#held = null;
      });
    }
    return this.#held.assigner;
  }

  async #read(
    workspaceId: number,
    before: Promise<HeldAssigner | null> | undefined,
  ): Promise<HeldAssigner | null> {
    await (await before?.catch(() => null))?.close();
    const stored = await findAssigner(this.#db, workspaceId);
    const frozen = stored === undefined ? null : parseAssigner(stored.content);
    if (frozen === null) return null;
    const wordVectors = loadWordVectors();
    const { leastSimilarity } = frozen;
    const runEmbedder = await openRunEmbedder(frozen, this.#embedder);
    if (typeof runEmbedder === "string")
      return { leastSimilarity, hindrance: runEmbedder, assign: nothing, close: nothing };
    return {
      leastSimilarity,
      hindrance: null,
      close: () => runEmbedder.close(),
      async assign(item) {
        const embeddings = await runEmbedder.embeddingsOf([item]);
        return assignCases(frozen, [item], { wordVectors, embeddings })[0];
      },
    };
  }
}
