import snowball from "snowball-stemmers";
import { nameBlanker, nameMarker } from "./company-names.ts";
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

/**
 * Tokenises and stems (Snowball English) `texts`. Company names among `blankNames` are taken out. Cost: one pass; a
 * word is stemmed once, however often it occurs.
 */
export function readCorpus(texts: readonly string[], blankNames: readonly string[] = []): Corpus {
  const blank = nameBlanker(blankNames);
  const lexicon = createLexicon();
  const start: number[] = [0];
  const tokens: number[] = [];
  for (const text of texts) {
    for (const word of blank(tokenise(text))) tokens.push(lexicon.idOf(word));
    start.push(tokens.length);
  }
  const { words, stemOf, stems } = lexicon;
  return {
    texts: texts.length,
    tokens: sharedNumbers(tokens),
    start: sharedNumbers(start),
    words,
    stemOf: sharedNumbers(stemOf),
    stems,
    hashes: sharedNumbers(stems.map(stableHash)),
  };
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
  const stemOf: number[] = [];
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
