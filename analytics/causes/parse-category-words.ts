import { type Category, categories } from "../case.ts";
import type { CategoryWords } from "./category-words.ts";
import { stemOfWord } from "./corpus.ts";

const mostWords = 300;
const mostLetters = 40;

/** The lists as a person wrote them, or a sentence that says what is wrong with them. */
export type ParsedCategoryWords = { words: CategoryWords } | { problem: string };

/**
 * Reads three lists of words, parted by spaces, commas or lines; in lower case, each word once. Refused: what is no
 * single word of letters, what is never counted (stop words), two categories with words of one stem, which would speak
 * for neither, and too many or no words at all.
 *
 * @param nameOf how a category is called in a sentence
 */
export function parseCategoryWords(
  written: Readonly<Record<Category, string>>,
  nameOf: (category: Category) => string,
): ParsedCategoryWords {
  const words: CategoryWords = {
    product: wordsIn(written.product),
    process: wordsIn(written.process),
    staff_training: wordsIn(written.staff_training),
  };
  const stems = new Map<string, { word: string; category: Category }>();
  for (const category of categories) {
    const list = words[category];
    if (list.length > mostWords)
      return { problem: `${nameOf(category)} has ${list.length} words. Expected at most ${mostWords}.` };
    for (const word of list) {
      const problem = problemOf(word, category, { stems, nameOf });
      if (problem !== null) return { problem };
    }
  }
  if (stems.size === 0)
    return { problem: "There is no word in any list. Give some, or go back to the defaults." };
  return { words };
}

function wordsIn(text: string): string[] {
  return [...new Set(text.toLowerCase().split(/[\s,;]+/))].filter((word) => word !== "");
}

function problemOf(
  word: string,
  category: Category,
  {
    stems,
    nameOf,
  }: { stems: Map<string, { word: string; category: Category }>; nameOf: (category: Category) => string },
): string | null {
  if (word.length > mostLetters || !/^\p{L}+$/u.test(word))
    return `“${word.slice(0, mostLetters)}” is not a single word of up to ${mostLetters} letters.`;
  const stem = stemOfWord(word);
  if (stem === null) return `“${word}” is a word that everybody uses, and is never counted.`;
  const other = stems.get(stem);
  if (other !== undefined && other.category !== category) {
    const same =
      other.word === word ? `“${word}” stands` : `“${other.word}” and “${word}” are one word, and stand`;
    return `${same} under ${nameOf(other.category)} and ${nameOf(category)}: it would speak for neither. Keep it in one list.`;
  }
  stems.set(stem, { word, category });
  return null;
}
