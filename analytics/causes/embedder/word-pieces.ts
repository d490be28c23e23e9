import type { Vocabulary } from "./vocabulary.ts";

/** A longer "word" is a line of code or a hash: it counts as unknown, as in BERT. */
const longestWord = 100;

/**
 * A text as the numbers of its pieces, between the one that begins a text and the one that ends it; at most `most`, of
 * which the last ends it. Words are cut into the longest pieces that the vocabulary has, from the left (WordPiece, Wu et
 * al. 2016, §4.1); the writing is as in BERT (Devlin et al. 2019, `tokenization.py`): each mark and each Chinese
 * character is a word of its own.
 */
export function wordPieces(text: string, vocabulary: Vocabulary, most: number): number[] {
  const ids = [vocabulary.begin];
  for (const word of wordsOf(text, vocabulary)) {
    if (ids.length >= most - 1) break;
    ids.push(...piecesOf(word, vocabulary));
  }
  return [...ids.slice(0, most - 1), vocabulary.end];
}

const spaces = /[\t\n\r\p{Zs}]+/gu;
/** Controls, halves of characters and what has no character yet. */
const nothing = /[\p{C}\uFFFD]/gu;
/** Blocks of Chinese characters, which Japanese and Korean share; not Hiragana, Katakana or Hangul. */
const chinese =
  /[\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\u{20000}-\u{2A6DF}\u{2A700}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu;
/** Marks: what Unicode calls punctuation, and all of ASCII that is neither letter, digit nor space. */
const mark = /[!-/:-@[-`{-~\p{P}]/gu;

function wordsOf(text: string, { isLowerCase, isWithoutAccents }: Vocabulary): string[] {
  let written = text.replace(spaces, " ").replace(nothing, "").replace(chinese, " $& ");
  if (isLowerCase) written = written.toLowerCase();
  if (isWithoutAccents) written = written.normalize("NFD").replace(/\p{Mn}/gu, "");
  return written
    .replace(mark, " $& ")
    .split(" ")
    .filter((word) => word !== "");
}

/** The longest pieces from the left; the one unknown piece where some part of the word is none. */
function piecesOf(word: string, vocabulary: Vocabulary): number[] {
  const characters = Array.from(word);
  if (characters.length > longestWord) return [vocabulary.unknown];
  const ids: number[] = [];
  let at = 0;
  while (at < characters.length) {
    const piece = longestPiece(characters, at, vocabulary);
    if (piece === null) return [vocabulary.unknown];
    ids.push(piece.id);
    at = piece.end;
  }
  return ids;
}

function longestPiece(
  characters: readonly string[],
  at: number,
  { idOf, continuation }: Vocabulary,
): { id: number; end: number } | null {
  for (let end = characters.length; end > at; end--) {
    const id = idOf.get((at > 0 ? continuation : "") + characters.slice(at, end).join(""));
    if (id !== undefined) return { id, end };
  }
  return null;
}
