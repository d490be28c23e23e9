import snowball from "snowball-stemmers";
import { nameBlanker, nameMarker } from "./company-names.ts";
import { GrowingNumbers } from "./growing-numbers.ts";
import { stableHash } from "./stable-hash.ts";
import { stopWords } from "./stop-words.ts";
import { folded, tokenise } from "./tokenise.ts";

/** A word that no stem was made of: a stop word, a redaction, a break. */
export const noStem = -1;

/**
 * Every text as numbers, read once. The memory:
 *
 *     tokens    word ids of all texts, one text after another
 *     start     text i owns tokens[start[i]] … tokens[start[i + 1] - 1]; length texts + 1
 *     words     by word id: the word as it was written, in lower case
 *     stemOf    by word id: its stem id, or `noStem`; only words with a stem count in vectors and categories
 *     stems     by stem id: the stem
 *     hashes    by stem id: a hash of its letters, the same in every corpus
 *
 * The numbers lie in memory that all threads see.
 * Ids are given in order of first appearance, so the corpus is the same for the same texts in the same order.
 */
export interface Corpus {
  texts: number;
  tokens: Int32Array;
  start: Int32Array;
  words: string[];
  stemOf: Int32Array;
  stems: string[];
  hashes: Int32Array;
}

/** Reads texts one by one, so that none need be kept. */
export interface CorpusReader {
  add(text: string): void;
  /** The corpus of all that were added; no more may be. */
  finish(): Corpus;
}

/**
 * Tokenises and stems (Snowball English) texts. Company names among `blankNames` are taken out. Cost: one pass; a
 * word is stemmed once, however often it occurs; 4 bytes a word of the texts.
 */
export function corpusReader(blankNames: readonly string[] = []): CorpusReader {
  const blank = nameBlanker(blankNames);
  const { words, stemOf, stems, idOf } = createLexicon();
  const start = new GrowingNumbers();
  const tokens = new GrowingNumbers();
  start.push(0);
  return {
    add(text) {
      for (const word of blank(tokenise(text))) tokens.push(idOf(word));
      start.push(tokens.length);
    },
    finish: () => ({
      texts: start.length - 1,
      tokens: tokens.taken(),
      start: start.taken(),
      words,
      stemOf: stemOf.taken(),
      stems,
      hashes: sharedNumbers(stems.map(stableHash)),
    }),
  };
}

/** The corpus of texts that are at hand ({@link corpusReader}). */
export function readCorpus(texts: Iterable<string>, blankNames: readonly string[] = []): Corpus {
  const reader = corpusReader(blankNames);
  for (const text of texts) reader.add(text);
  return reader.finish();
}

function sharedNumbers(numbers: readonly number[]): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(numbers.length * Int32Array.BYTES_PER_ELEMENT));
  shared.set(numbers);
  return shared;
}

/** The stem ids of one text in order, without stop words. */
export function stemsOfText(corpus: Corpus, text: number): number[] {
  const found: number[] = [];
  for (let at = corpus.start[text]!; at < corpus.start[text + 1]!; at++) {
    const stem = corpus.stemOf[corpus.tokens[at]!]!;
    if (stem !== noStem) found.push(stem);
  }
  return found;
}

/** The stem that stands for one word, or `null` for a word without meaning of its own. */
export function stemOfWord(word: string): string | null {
  if (stopWords.has(word) || silentMarkers.has(word)) return null;
  return word.length > 3 && !word.startsWith("#") ? stemmer.stem(word) : word;
}

const stemmer = snowball.newStemmer("english");
const silentMarkers: ReadonlySet<string> = new Set([folded.mask, folded.break, nameMarker]);

function createLexicon() {
  const words: string[] = [];
  const stemOf = new GrowingNumbers();
  const stems: string[] = [];
  const wordIds = new Map<string, number>();
  const stemIds = new Map<string, number>();

  function stemIdOf(word: string): number {
    const stem = stemOfWord(word);
    if (stem === null) return noStem;
    const known = stemIds.get(stem);
    if (known !== undefined) return known;
    stemIds.set(stem, stems.length);
    return stems.push(stem) - 1;
  }

  function idOf(word: string): number {
    const known = wordIds.get(word);
    if (known !== undefined) return known;
    wordIds.set(word, words.length);
    stemOf.push(stemIdOf(word));
    return words.push(word) - 1;
  }

  return { words, stemOf, stems, idOf };
}
