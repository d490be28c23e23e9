import type { ReadCases } from "./read-cases.ts";

/** What a sentence model makes of the texts of cases, as data: the engine itself runs no model. */
export interface Embeddings {
  /** Which model: a hash of all that decides what it gives. Vectors of two models cannot be compared. */
  embedder: string;
  dimensions: number;
  /** By case id: its row; cases without a text have none, copies of a text share one. */
  rowOf: ReadonlyMap<string, number>;
  /** Row r, of length 1: values[r * dimensions] … values[(r + 1) * dimensions - 1]. */
  values: Float32Array;
}

/** The same by the number of a text in a corpus. */
export interface TextEmbeddings extends Pick<Embeddings, "embedder" | "dimensions" | "values"> {
  /** By text: its row, or -1. */
  rowOf: Int32Array;
}

/** `null` where there are none. */
export function embeddingsOfTexts(
  { cases }: Pick<ReadCases, "cases">,
  embeddings: Embeddings | null,
): TextEmbeddings | null {
  if (embeddings === null) return null;
  const { rowOf, ...rest } = embeddings;
  return { ...rest, rowOf: Int32Array.from(cases, ({ caseId }) => rowOf.get(caseId) ?? -1) };
}
