import { fitVectors, projectCases, type VectorSource } from "./case-vectors.ts";
import type { Corpus } from "./corpus.ts";
import { neighbourGraph } from "./graph.ts";
import { louvain, modularity } from "./louvain.ts";
import { exactNeighbours } from "./neighbours/nearest-neighbours.ts";
import { randomFrom, shuffledIndices } from "./random.ts";
import { stableHash } from "./stable-hash.ts";

/** Texts that are looked at; more tell no better. */
const mostTexts = 500;
/** Fewer have no graph to speak of: then nothing is held against them. */
const fewestTexts = 12;
const shuffles = 3;
/** How far the modularity must exceed the greatest of the shuffled ones: few texts vary more. */
const leastRatio = (texts: number): number => (texts < 150 ? 1.1 : 1.04);
const neighbours = 10;

/**
 * Whether texts fall into groups at all. Communities are found in any graph, also in one of words drawn at random; so
 * the modularity of the texts' neighbour graph is compared with that of as many texts of the same lengths, whose words
 * are the same and shuffled over all of them.
 *
 * Measured, as the ratio to the greatest of five shuffles over eight samples each: words without causes .64-1.09 (15 to 100
 * texts) and .95-1.01 (200 and 400); the simulated company 1.13-2.07 and 2.07-2.59; bank complaints 1.22-2.92 and 1.54-1.80;
 * patients' comments .70-1.34 and 1.08-1.20; bank questions of 77 kinds .76-1.33 and 1.10-1.29. So few texts of many
 * kinds are told from noise only as more of them come.
 */
export function hasStructure(
  corpus: Corpus,
  texts: Int32Array,
  { keyOf, ...given }: GivenBeside & { keyOf: (text: number) => string },
): boolean {
  const sample = onlyTexts(corpus, sampleOf(texts, keyOf));
  if (sample.texts < fewestTexts) return true;
  const found = modularityOf(sample, given) / leastRatio(sample.texts);
  for (let seed = 1; seed <= shuffles; seed++)
    if (found < modularityOf(withShuffledWords(sample, seed), given)) return false;
  return true;
}

type GivenBeside = Pick<VectorSource, "wordVectors" | "means">;

/** The first by a hash of their keys, so that the sample hardly changes as cases are added. */
function sampleOf(texts: Int32Array, keyOf: (text: number) => string): Int32Array {
  const ranked = Array.from(texts, (text) => ({ text, hash: stableHash(keyOf(text)) }));
  ranked.sort((a, b) => a.hash - b.hash || a.text - b.text);
  return Int32Array.from(ranked.slice(0, mostTexts), ({ text }) => text).sort();
}

/** A corpus of some of the texts, with the dictionary of all. */
function onlyTexts(corpus: Corpus, texts: Int32Array): Corpus {
  const start = new Int32Array(texts.length + 1);
  texts.forEach((text, index) => {
    start[index + 1] = start[index]! + corpus.start[text + 1]! - corpus.start[text]!;
  });
  const tokens = new Int32Array(start[texts.length]!);
  texts.forEach((text, index) =>
    tokens.set(corpus.tokens.subarray(corpus.start[text], corpus.start[text + 1]), start[index]),
  );
  return { ...corpus, texts: texts.length, tokens, start };
}

function modularityOf(corpus: Corpus, given: GivenBeside): number {
  const texts = Int32Array.from({ length: corpus.texts }, (_, text) => text);
  const source = { ...given, texts, fields: [] };
  const vectors = projectCases(corpus, fitVectors(corpus, { ...source, fitted: texts }), source);
  const graph = neighbourGraph(exactNeighbours(vectors, neighbours, given.means?.simd));
  return modularity(graph, louvain(graph, 1, randomFrom(1))) ?? 0;
}

/** The same corpus, but that its words are dealt out anew among the texts. */
function withShuffledWords(corpus: Corpus, seed: number): Corpus {
  const dealt = shuffledIndices(corpus.tokens.length, randomFrom(seed));
  return { ...corpus, tokens: corpus.tokens.map((_, place) => corpus.tokens[dealt[place]!]!) };
}
