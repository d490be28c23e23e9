import { describe, expect, test } from "vitest";
import {
  parseTokenizerJson,
  parseVocabularyText,
  type Vocabulary,
} from "#analytics/causes/embedder/vocabulary.ts";
import { wordPieces } from "#analytics/causes/embedder/word-pieces.ts";

// The vocabulary, texts and results of BERT's own tests (google-research/bert, tokenization_test.py).
const published = ["[UNK]", "[CLS]", "[SEP]", "want", "##want", "##ed", "wa", "un", "runn", "##ing", ","];
const lower = { isLowerCase: true, isWithoutAccents: true };
const asWritten = { isLowerCase: false, isWithoutAccents: false };

/** The pieces of a text as words, without those at its ends. */
function piecesOf(text: string, vocabulary: Vocabulary, most = 256): string[] {
  const wordOf = new Map([...vocabulary.idOf].map(([piece, id]) => [id, piece]));
  const ids = wordPieces(text, vocabulary, most);
  expect([ids[0], ids.at(-1)]).toEqual([vocabulary.begin, vocabulary.end]);
  return ids.slice(1, -1).map((id) => wordOf.get(id) ?? "?");
}

function vocabularyWith(words: readonly string[], writing = lower): Vocabulary {
  return parseVocabularyText(["[UNK]", "[CLS]", "[SEP]", ...words].join("\n"), writing);
}

describe("a text becomes the pieces that BERT's own tests expect", () => {
  const vocabulary = parseVocabularyText(`${published.join("\n")}\n`, lower);

  test("words are cut from the left into the longest pieces", () => {
    expect(wordPieces("UNwant\u00E9d,running", vocabulary, 256)).toEqual([1, 7, 4, 5, 10, 8, 9, 2]);
  });

  test("a word of which a part is no piece is unknown as a whole", () => {
    expect(piecesOf("unwantedX running", vocabulary)).toEqual(["[UNK]", "runn", "##ing"]);
    expect(piecesOf("", vocabulary)).toEqual([]);
  });

  test("lower case, accents, marks, spaces and controls", () => {
    const words = vocabularyWith(["hello", "!", "how", "are", "you", "?"]);
    expect(piecesOf(" \tHeLLo!how  \n Are yoU?  ", words)).toEqual(["hello", "!", "how", "are", "you", "?"]);
    expect(piecesOf("H\u00E9llo \u0000hel\u200Blo\uFFFD", words)).toEqual(["hello", "hello"]);
    const cased = vocabularyWith(["HeLLo", "yoU", "?", "H\u00E9llo"], asWritten);
    expect(piecesOf("HeLLo yoU? H\u00E9llo hello", cased)).toEqual([
      "HeLLo",
      "yoU",
      "?",
      "H\u00E9llo",
      "[UNK]",
    ]);
  });

  test("each Chinese character is a word, and so is each mark", () => {
    const words = vocabularyWith(["ah", "\u535A", "\u63A8", "zz", "$", "5", "`", "a", "b", "—"]);
    expect(piecesOf("ah\u535A\u63A8zz", words)).toEqual(["ah", "\u535A", "\u63A8", "zz"]);
    expect(piecesOf("$5 `a—b", words)).toEqual(["$", "5", "`", "a", "—", "b"]);
  });
});

test("a text is cut so that with its ends it has as many pieces as the model reads", () => {
  const words = vocabularyWith(["so", "long", "##er"]);
  expect(piecesOf("so longer so", words, 256)).toEqual(["so", "long", "##er", "so"]);
  expect(piecesOf("so longer so", words, 4)).toEqual(["so", "long"]);
});

test("what looks like a special piece in a case's text is text", () => {
  expect(piecesOf("so [SEP] long", vocabularyWith(["so", "long", "[", "sep", "]"]))).toEqual([
    "so",
    "[",
    "sep",
    "]",
    "long",
  ]);
});

test("a word of more than a hundred characters is unknown", () => {
  const words = vocabularyWith(["a", "##a"]);
  expect(piecesOf("a".repeat(100), words)).toHaveLength(100);
  expect(piecesOf("a".repeat(101), words)).toEqual(["[UNK]"]);
});

describe("tokenizer.json", () => {
  const vocab = Object.fromEntries(published.map((piece, id) => [piece, id]));
  const json = (model: object, normalizer: object = { lowercase: true }) =>
    JSON.stringify({ normalizer, model: { type: "WordPiece", vocab, ...model } });

  test("says the same as vocab.txt", () => {
    expect(parseTokenizerJson(json({}))).toEqual(parseVocabularyText(published.join("\n"), lower));
  });

  test("says how a text is to be written", () => {
    expect(parseTokenizerJson(json({}, { lowercase: false }))).toMatchObject(asWritten);
    expect(parseTokenizerJson(json({}, { lowercase: true, strip_accents: false }))).toMatchObject({
      isLowerCase: true,
      isWithoutAccents: false,
    });
  });

  test("of another kind, or without the pieces at a text's ends, is refused by a sentence", () => {
    expect(() => parseTokenizerJson(json({ type: "BPE" }))).toThrow(
      'tokenizer.json is of the kind "BPE"; expected "WordPiece" (a model of the BERT family).',
    );
    expect(() => parseTokenizerJson("{}")).toThrow('tokenizer.json has 0 pieces and "[CLS]" is none of them');
  });
});

test("a vocab.txt that is no vocabulary is refused by a sentence", () => {
  expect(() => parseVocabularyText("hello\nworld\n", lower)).toThrow(
    'vocab.txt has 2 pieces and "[CLS]" is none of them; expected the vocabulary of a BERT model (WordPiece).',
  );
});
