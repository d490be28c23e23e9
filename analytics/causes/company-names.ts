import { folded, tokenise } from "./tokenise.ts";

/** What a blanked name becomes: neither a word of a vector nor of a label. */
export const nameMarker = "#name";

const legalForms = new Set(
  "ag bv co company corp corporation gmbh group holding holdings inc incorporated international intl limited llc llp lp ltd na nv pc plc sa the usa".split(
    " ",
  ),
);

/** First words that a great many firms share; alone they are ordinary words and stay in the text. */
const sharedFirstWords = new Set(
  `account accounts advanced agency allied american associated bank better bureau business card cash central city client
  collection commercial consumer credit customer data debt direct discover east express fair farmers federal fidelity
  financial firm first general global golden great home innovative interest law lawyers legal loan main management medical merchant
  mortgage national new north northern pacific payment people personal point portfolio premier professional progressive
  public quality real recovery receivables rent security select service services simple south southern specialized star state
  states student summit sun tax trust united university us value west western wide world`.split(/\s+/),
);

/**
 * A function that replaces company names in a list of words by {@link nameMarker}, in place of the name's first
 * word; its other words become breaks. A name counts in full, without its legal form (`Inc`, `LLC`), and by each of its
 * beginnings that ends on a word of its own ("Experian" of "Experian Information Solutions"). A firm is not a cause:
 * names are kept out of vectors and labels alike.
 */
export function nameBlanker(names: readonly string[]): (words: readonly string[]) => string[] {
  const byFirstWord = new Map<string, Map<string, string[]>>();
  for (const name of new Set(names)) {
    const words = tokenise(name).filter((word) => word !== folded.break);
    while (words.length > 1 && legalForms.has(words.at(-1) ?? "")) words.pop();
    for (let length = words.length; length > 0; length--) {
      const beginning = words.slice(0, length);
      const isWhole = length === words.length && length > 1;
      if (!isWhole && isOrdinary(beginning.at(-1))) continue;
      const first = beginning[0] ?? "";
      const listed = byFirstWord.get(first) ?? new Map<string, string[]>();
      byFirstWord.set(first, listed.set(beginning.join(" "), beginning));
    }
  }
  const longestFirst = new Map(
    [...byFirstWord].map(([first, listed]) => [
      first,
      [...listed.values()].sort((a, b) => b.length - a.length),
    ]),
  );
  return (words) => (longestFirst.size === 0 ? [...words] : blank(words, longestFirst));
}

/** A word that many firms share, or too short to be a name by itself. */
function isOrdinary(word: string | undefined): boolean {
  return (
    word === undefined ||
    word.length < 4 ||
    word.startsWith("#") ||
    legalForms.has(word) ||
    sharedFirstWords.has(word)
  );
}

function blank(words: readonly string[], byFirstWord: ReadonlyMap<string, string[][]>): string[] {
  const result = [...words];
  for (let at = 0; at < result.length; at++) {
    const names = byFirstWord.get(result[at] ?? "");
    const name = names?.find((candidate) => candidate.every((word, offset) => result[at + offset] === word));
    if (name === undefined) continue;
    result.fill(folded.break, at, at + name.length);
    result[at] = nameMarker;
    at += name.length - 1;
  }
  return result;
}
