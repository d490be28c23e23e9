import { type Corpus, noStem } from "./corpus.ts";
import { personalPronouns } from "./stop-words.ts";

const longest = 3;

/**
 * Runs of one to three words of a text that could name something: the first and last carry meaning (a stem of three
 * letters at least, no folded number or link), only a word between them may be a stop word, though no pronoun, and none
 * crosses a redaction, a blanked name or a full stop. The same run of stems is one phrase, whatever its endings.
 */
export interface PhraseIndex {
  /** By position in `texts`: the phrases of the text, each once, in order of appearance. */
  ofText: Int32Array[];
  /** By phrase: how many words it has, and the stems that carry meaning. */
  length: number[];
  stems: number[][];
  /** The words of each place where `phrase` occurs in `text`. */
  surfaces: (
    text: number,
    wanted: ReadonlySet<number>,
    visit: (phrase: number, surface: string) => void,
  ) => void;
}

export function indexPhrases(corpus: Corpus, texts: readonly number[]): PhraseIndex {
  const extensions = new Map<number, number>(); // prefix · words + next -> id of the longer run
  const length: number[] = [];
  const stems: number[][] = [];
  const wordKeys = keysOfWords(corpus);
  const keys = corpus.stems.length + corpus.words.length;

  /** The id of the run that adds a word to the run `prefix` (-1: the empty run). */
  function extend(prefix: number, word: number): number {
    const key = (prefix + 1) * keys + wordKeys[word]!;
    const known = extensions.get(key);
    if (known !== undefined) return known;
    extensions.set(key, length.length);
    const stem = corpus.stemOf[word]!;
    const before = prefix < 0 ? [] : stems[prefix]!;
    stems.push(stem === noStem ? before : [...before, stem]);
    return length.push(prefix < 0 ? 1 : length[prefix]! + 1) - 1;
  }

  function forEachRun(text: number, visit: (phrase: number, from: number, to: number) => void): void {
    const end = corpus.start[text + 1]!;
    for (let from = corpus.start[text]!; from < end; from++) {
      if (!canBound(corpus, corpus.tokens[from]!)) continue;
      let run = -1;
      for (let to = from; to < Math.min(end, from + longest); to++) {
        const word = corpus.tokens[to]!;
        if (corpus.words[word]!.startsWith("#") || personalPronouns.has(corpus.words[word]!)) break;
        run = extend(run, word);
        if (canBound(corpus, word)) visit(run, from, to);
      }
    }
  }

  const lastSeenIn: number[] = [];
  const ofText = texts.map((text, position) => {
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
    surfaces: (text, wanted, visit) =>
      forEachRun(text, (phrase, from, to) => {
        if (!wanted.has(phrase)) return;
        visit(
          phrase,
          Array.from(corpus.tokens.subarray(from, to + 1), (word) => corpus.words[word]).join(" "),
        );
      }),
  };
}

/** One number for all words of a stem; a stop word is its own. */
function keysOfWords(corpus: Corpus): number[] {
  return corpus.stemOf.map((stem, word) => (stem === noStem ? corpus.stems.length + word : stem));
}

function canBound(corpus: Corpus, word: number): boolean {
  const stem = corpus.stemOf[word]!;
  return stem !== noStem && corpus.words[word]!.length > 2 && !corpus.words[word]!.startsWith("#");
}
