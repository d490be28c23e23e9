import { nameBlanker, nameMarker } from "../company-names.ts";
import { folded, tokenise } from "../tokenise.ts";

/** What a sentence model reads in place of a company's name: the sentence stays one. */
const instead = "the company";

/**
 * A function that takes company names out of a text as it was written, by the rules of {@link nameBlanker}: else a
 * sentence model would put the cases of a firm together, and a firm is no cause.
 */
export function blankInText(names: readonly string[]): (text: string) => string {
  if (names.length === 0) return (text) => text;
  const blank = nameBlanker(names);
  return (text) => {
    const words = [...text.matchAll(/[\p{L}\p{M}\p{Nd}'’]+/gu)].map((match) => ({
      from: match.index,
      to: match.index + match[0].length,
      word: tokenise(match[0])[0] ?? folded.break,
    }));
    const blanked = blank(words.map(({ word }) => word));
    let [written, copied] = ["", 0];
    words.forEach(({ from, word }, index) => {
      if (blanked[index] !== nameMarker || word === nameMarker) return;
      let last = index;
      while (words[last + 1]?.word !== folded.break && blanked[last + 1] === folded.break) last++;
      written += text.slice(copied, from) + instead;
      copied = words[last]!.to;
    });
    return written + text.slice(copied);
  };
}
