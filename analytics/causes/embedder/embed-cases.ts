import type { CaseText } from "../cluster-cases.ts";
import type { Embeddings } from "../embeddings.ts";
import { blankInText } from "./blank-in-text.ts";

/** What is asked of a sentence model. */
export interface TextEmbedder {
  id: string;
  dimensions: number;
  embed(text: string): Promise<Float32Array>;
}

/** The sentence vector of each case with a text, each distinct text once. Company names are taken out before. */
export async function embedCases(
  cases: readonly Pick<CaseText, "caseId" | "text">[],
  embedder: TextEmbedder,
  {
    blankNames = [],
    onProgress = () => {},
  }: { blankNames?: readonly string[]; onProgress?: (share: number) => void } = {},
): Promise<Embeddings> {
  const blank = blankInText(blankNames);
  const rows = new Map<string, number>();
  const rowOf = new Map<string, number>();
  for (const { caseId, text } of cases) {
    if (text === null || text.trim() === "") continue;
    const read = blank(text);
    const row = rows.get(read) ?? rows.size;
    rows.set(read, row);
    rowOf.set(caseId, row);
  }
  const { id, dimensions } = embedder;
  const values = new Float32Array(rows.size * dimensions);
  for (const [text, row] of rows) {
    values.set(await embedder.embed(text), row * dimensions);
    if (row % 50 === 0) onProgress(row / rows.size);
  }
  return { embedder: id, dimensions, rowOf, values };
}
