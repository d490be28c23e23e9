import { expect, test } from "vitest";
import { defaultCategoryWords } from "#analytics/causes/category-words.ts";
import { parseCategoryWords } from "#analytics/causes/parse-category-words.ts";

const parse = (product: string, process = "late", staff = "rude") =>
  parseCategoryWords({ product, process, staff_training: staff }, (category) => category.toUpperCase());

test("words are parted by spaces, commas and lines, in lower case and each once", () => {
  expect(parse("Broken, leaking;\n broken\tcracked ")).toEqual({
    words: { product: ["broken", "leaking", "cracked"], process: ["late"], staff_training: ["rude"] },
  });
});

test("the lists that the product brings are accepted as they are", () => {
  const { product, process, staff_training: staff } = defaultCategoryWords;
  expect(parse(product.join(" "), process.join("\n"), staff.join(", "))).toEqual({
    words: defaultCategoryWords,
  });
});

test.each([
  ["broken 24h", "“24h” is not a single word"],
  ["well-known", "“well-known” is not a single word"],
  ["x".repeat(41), "is not a single word of up to 40 letters"],
  ["the", "“the” is a word that everybody uses"],
  ["late", "“late” stands under PRODUCT and PROCESS: it would speak for neither"],
  ["rudely", "“rudely” and “rude” are one word, and stand under PRODUCT and STAFF_TRAINING"],
])("%j is refused in a sentence", (words, sentence) => {
  expect(parse(words)).toEqual({ problem: expect.stringContaining(sentence) });
});

test("three empty lists are refused, one is not; so are too many words", () => {
  expect(parse("", "", " ")).toEqual({ problem: expect.stringContaining("no word in any list") });
  expect(parse("")).toMatchObject({ words: { product: [] } });
  const letters = "abcdefghijklmnopqrst";
  const many = Array.from({ length: 301 }, (_, i) => `q${letters[i % 20]}${letters[Math.floor(i / 20)]}q`);
  expect(parse(many.join(" "))).toEqual({ problem: "PRODUCT has 301 words. Expected at most 300." });
});
