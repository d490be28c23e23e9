import { type Corpus, noStem } from "./corpus.ts";
import { pairHash } from "./stable-hash.ts";
import { phraseEnds } from "./stop-words.ts";
import { isUnspaced } from "./tokenise.ts";

const longest = 3;
/** A power of two; runs that share a hash are counted together, which keeps a few too many. */
const countedRuns = 2 ** 24;

/**
 * Runs of one to three words of a text that could name something: the first and last carry meaning (a stem of three
 * letters at least, no folded number or link), only a word between them may be a stop word, though no pronoun or
 * courtesy, and none crosses a redaction, a blanked name or a full stop. The same run of stems is one phrase, whatever
 * its endings.
 */
export interface PhraseIndex {
  /** By member: the phrases of the text, each once, in order of appearance. */
  ofText: Int32Array[];
  /** By phrase: how many words it has, and the stems that carry meaning. */
  length: number[];
  stems: number[][];
  /** By phrase: the key of its first word , by which `places` looks. */
  firstKey: number[];
  /** Calls `visit` for each place where a wanted phrase occurs in a text, also one that was not indexed. */
  places: (
    text: number,
    wanted: WantedPhrases,
    visit: (phrase: number, from: number, to: number) => void,
  ) => void;
  /** The words from one place of the corpus to another, as they were written. */
  surface: (from: number, to: number) => string;
}

export interface WantedPhrases {
  phrases: ReadonlySet<number>;
  firstKeys: ReadonlySet<number>;
}

export function wantedPhrases(index: PhraseIndex, phrases: readonly number[]): WantedPhrases {
  return {
    phrases: new Set(phrases),
    firstKeys: new Set(phrases.map((phrase) => index.firstKey[phrase]!)),
  };
}

/**
 * Indexes the phrases of texts that each stand for some cases. A run of several words that fewer than two cases wrote
 * names nothing and is left out: of most texts that is most of them.
 */
export function indexPhrases(
  corpus: Corpus,
  members: readonly { text: number; cases: number }[],
): PhraseIndex {
  const extensions = new Map<number, number>(); // prefix · words + next -> id of the longer run
  const length: number[] = [];
  const stems: number[][] = [];
  const firstKey: number[] = [];
  const wordKeys = keysOfWords(corpus);
  const keys = corpus.stems.length + corpus.words.length;
  const reading = readingOf(corpus, wordKeys);
  const written = timesWritten(reading, members);

  /** The id of the run that adds a word to the run `prefix` (-1: the empty run). */
  function extend(prefix: number, word: number): number {
    const key = (prefix + 1) * keys + wordKeys[word]!;
    const known = extensions.get(key);
    if (known !== undefined) return known;
    extensions.set(key, length.length);
    const stem = corpus.stemOf[word]!;
    const before = prefix < 0 ? [] : stems[prefix]!;
    stems.push(stem === noStem ? before : [...before, stem]);
    firstKey.push(prefix < 0 ? wordKeys[word]! : firstKey[prefix]!);
    return length.push(prefix < 0 ? 1 : length[prefix]! + 1) - 1;
  }

  function forEachRun(text: number, visit: (phrase: number, from: number, to: number) => void): void {
    let run = -1;
    forEachPlace(reading, text, (from, to, hash) => {
      if (to > from && written[hash]! < 2) return false;
      run = extend(to === from ? -1 : run, corpus.tokens[to]!);
      if (reading.bounds[corpus.tokens[to]!]) visit(run, from, to);
      return true;
    });
  }

  const lastSeenIn: number[] = [];
  const ofText = members.map(({ text }, position) => {
    const found: number[] = [];
    forEachRun(text, (phrase) => {
      if (lastSeenIn[phrase] === position) return;
      lastSeenIn[phrase] = position;
      found.push(phrase);
    });
    return Int32Array.from(found);
  });

  return {
    ofText,
    length,
    stems,
    firstKey,
    places(text, { phrases, firstKeys }, visit) {
      let run = -1;
      forEachPlace(reading, text, (from, to) => {
        const key = wordKeys[corpus.tokens[to]!]!;
        if (to === from && !firstKeys.has(key)) return false;
        const longer = extensions.get(((to === from ? -1 : run) + 1) * keys + key);
        if (longer === undefined) return false;
        run = longer;
        if (phrases.has(run)) visit(run, from, to);
        return true;
      });
    },
    surface: (from, to) =>
      asWritten(Array.from(corpus.tokens.subarray(from, to + 1), (word) => corpus.words[word]!)),
  };
}

/** A corpus with what its words may do in a phrase, by word id. */
interface Reading {
  corpus: Corpus;
  wordKeys: Int32Array;
  /** It may stand first and last. */
  bounds: readonly boolean[];
  /** No phrase crosses it. */
  ends: readonly boolean[];
}

function readingOf(corpus: Corpus, wordKeys: Int32Array): Reading {
  return {
    corpus,
    wordKeys,
    bounds: corpus.words.map((_, word) => canBound(corpus, word)),
    ends: corpus.words.map((word) => word.startsWith("#") || phraseEnds.has(word)),
  };
}

/** Calls `visit` for each place of a run of up to three words, shorter ones first; it says whether to go on from there. */
function forEachPlace(
  { corpus, wordKeys, bounds, ends }: Reading,
  text: number,
  visit: (from: number, to: number, hash: number) => boolean,
): void {
  const end = corpus.start[text + 1]!;
  for (let from = corpus.start[text]!; from < end; from++) {
    if (!bounds[corpus.tokens[from]!]) continue;
    let hash = 0;
    for (let to = from; to < Math.min(end, from + longest); to++) {
      const word = corpus.tokens[to]!;
      if (ends[word]) break;
      hash = pairHash(hash, wordKeys[word]!);
      if (!visit(from, to, hash & (countedRuns - 1))) break;
    }
  }
}

/** By hash of a run of several words: the cases that wrote it, up to 2. */
function timesWritten(reading: Reading, members: readonly { text: number; cases: number }[]): Uint8Array {
  const written = new Uint8Array(countedRuns);
  for (const { text, cases } of members)
    forEachPlace(reading, text, (from, to, hash) => {
      if (to > from) written[hash] = Math.min(2, written[hash]! + cases);
      return true;
    });
  return written;
}

/** One number for all words of a stem; a stop word is its own. */
function keysOfWords(corpus: Corpus): Int32Array {
  return corpus.stemOf.map((stem, word) => (stem === noStem ? corpus.stems.length + word : stem));
}

function canBound(corpus: Corpus, word: number): boolean {
  const stem = corpus.stemOf[word]!;
  const text = corpus.words[word]!;
  return stem !== noStem && (text.length > 2 || isUnspaced(text)) && !text.startsWith("#");
}

/** Words as they stand in a text, with spaces between them where their script has some. */
function asWritten(words: readonly string[]): string {
  return words.reduce(
    (text, word) => text + (isUnspaced(word) && isUnspaced(text.at(-1) ?? "") ? "" : " ") + word,
  );
}
