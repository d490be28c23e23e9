import { EmbedderThread } from "#analytics/causes/embedder/embedder-thread.ts";
import type { Embeddings } from "#analytics/causes/embeddings.ts";
import type { FrozenAssigner } from "#analytics/causes/frozen-assigner.ts";
import { embedderOf } from "#analytics/causes/method.ts";
import type { CaseForAnalysis } from "#db/queries/analysis.ts";
import { otherEmbedder } from "./choose-embedder.ts";

/** What the sentence model of a run makes of cases that came later. */
export interface RunEmbedder {
  /** `null` where the run used no model. */
  embeddingsOf(cases: readonly CaseForAnalysis[]): Promise<Embeddings | null>;
  close(): Promise<void>;
}

const none: RunEmbedder = { embeddingsOf: () => Promise.resolve(null), close: () => Promise.resolve() };

/**
 * Opens the sentence model that a run used, in a thread of its own; nothing where it used none.
 * @param folder of the model that is set
 * @returns a sentence where that is another one, or cannot be used: without it nothing can be said of later cases
 */
export async function openRunEmbedder(
  { method, blankNames }: FrozenAssigner,
  folder: string | undefined,
): Promise<RunEmbedder | string> {
  const needed = embedderOf(method);
  if (needed === null) return none;
  if (folder === undefined) return otherEmbedder(needed, folder, null);
  const thread = await EmbedderThread.open(folder).catch((error: unknown) =>
    error instanceof Error ? error.message : String(error),
  );
  if (typeof thread === "string") return thread;
  if (thread.id !== needed) {
    await thread.close();
    return otherEmbedder(needed, folder, thread.id);
  }
  return { embeddingsOf: (cases) => thread.embed(cases, blankNames), close: () => thread.close() };
}
