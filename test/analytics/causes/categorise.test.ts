import { expect, test } from "vitest";
import { categorise } from "#analytics/causes/categorise.ts";
import { type Corpus, readCorpus, stemsOfText } from "#analytics/causes/corpus.ts";

const words = {
  product: ["broken", "leaking", "cracked"],
  process: ["late", "queue", "pending"],
  staff_training: ["rude", "shouted", "argued"],
};

/** One cluster an array of texts; each text is said by two cases. */
function suggest(clusters: readonly (readonly string[])[], listed = words) {
  const corpus: Corpus = readCorpus(clusters.flat());
  let text = 0;
  const documents = clusters.flatMap((texts, cluster) =>
    texts.map(() => {
      const stems = stemsOfText(corpus, text++);
      return { stems: () => stems, fields: [], cases: 2, cluster };
    }),
  );
  return categorise(corpus, documents, clusters.length, listed);
}

const kettles = ["kettle broken", "kettle leaking", "kettle cracked", "kettle broken leaking"];
const parcels = ["parcel late", "parcel queue", "parcel pending", "parcel late pending"];
const clerks = ["clerk rude", "clerk shouted", "clerk argued", "clerk rude shouted"];

test("a cluster takes the category that its words point to, and says by which", () => {
  const [product, process, staff] = suggest([kettles, parcels, clerks]);
  expect(product).toMatchObject({ category: "product", reason: "listed: broken, leaking, cracked" });
  expect(process).toMatchObject({ category: "process", reason: "listed: late, pending, queue" });
  expect(staff).toMatchObject({ category: "staff_training", reason: "listed: rude, shouted, argued" });
});

test("words that speak against the suggestion are told", () => {
  const kettlesByPost = [...kettles, "kettle broken late", "kettle cracked"];
  expect(suggest([kettlesByPost, clerks, ["lamp", "lamp dark", "lamp cord"]])[0]).toMatchObject({
    category: "product",
    reason: "listed: broken, leaking, cracked; against: late",
  });
});

test("the confidence is the share of the weights, shrunk by one undecided word", () => {
  // three words of one category with equal weights: (3 · 1 + 1/3) / (3 + 1)
  const even = ["kettle broken", "kettle leaking", "kettle cracked"];
  expect(suggest([even, parcels])[0]?.confidence).toBeCloseTo(10 / 12, 12);
});

test("one word is one witness, in however many cases: two in three", () => {
  const oneWord = Array.from({ length: 300 }, () => "kettle broken");
  expect(suggest([oneWord, parcels, clerks])[0]?.confidence).toBeCloseTo(2 / 3, 12);
});

test("a listed word that all clusters share says nothing", () => {
  const everybodyRude = [kettles, parcels, clerks].map((texts) => texts.map((text) => `${text} argued`));
  expect(suggest(everybodyRude)[0]).toMatchObject({
    category: "product",
    reason: "listed: broken, leaking, cracked",
  });
});

test("a mixed cluster has no category, and says so", () => {
  const mixed = suggest([
    ["chair broken", "chair rude", "chair late", "chair"],
    ["kettle", "kettle spout"],
    ["lamp cord"],
  ])[0];
  expect(mixed).toMatchObject({ category: null, reason: expect.stringMatching(/^mixed; strongest words: /) });
  expect(mixed?.confidence).toBeLessThan(0.6);
});

test("where under a third of the cases say a listed word there is no category", () => {
  const silent = Array.from({ length: 8 }, () => "kettle spout handle");
  const [few] = suggest([[...kettles.slice(0, 3), ...silent], parcels, clerks]);
  expect(few).toMatchObject({
    category: null,
    reason: "too few of its cases contain a listed word that others lack",
  });
});

test("without any listed word all categories are equally likely", () => {
  const [unknown] = suggest([["one thing", "another matter"]]);
  expect(unknown?.category).toBeNull();
  expect(unknown?.confidence).toBeCloseTo(1 / 3, 12);
});

test("a word listed under two categories speaks for neither", () => {
  const both = { product: ["late"], process: ["late"], staff_training: [] };
  expect(suggest([["late", "late", "late"], kettles], both)[0]?.category).toBeNull();
});
