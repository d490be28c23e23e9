import { expect, test } from "vitest";
import { categorise } from "#analytics/causes/categorise.ts";
import { type Corpus, readCorpus, stemsOfText } from "#analytics/causes/corpus.ts";

const words = {
  product: ["broken", "leaking"],
  process: ["late", "queue"],
  staff_training: ["rude", "shouted"],
};

/** One cluster an array of texts. */
function suggest(clusters: readonly (readonly string[])[], labels = clusters.map(() => "")) {
  const corpus: Corpus = readCorpus(clusters.flat());
  let text = 0;
  const documents = clusters.flatMap((texts, cluster) =>
    texts.map(() => ({ stems: stemsOfText(corpus, text++), cases: 1, cluster })),
  );
  return categorise(corpus, documents, labels, words);
}

const kettles = ["kettle broken", "kettle leaking", "kettle handle", "broken lid"];
const parcels = ["parcel late", "parcel queue", "parcel depot", "late courier"];
const clerks = ["clerk rude", "clerk shouted", "clerk desk", "rude man"];

test("a cluster takes the category that its words point to, and says by which", () => {
  const [product, process, staff] = suggest([kettles, parcels, clerks]);
  expect(product).toMatchObject({ category: "product", reason: expect.stringMatching(/^listed: broken/) });
  expect(process).toMatchObject({ category: "process", reason: expect.stringMatching(/late/) });
  expect(staff).toMatchObject({ category: "staff_training", reason: expect.stringMatching(/rude/) });
});

test("words that go with listed words are learned", () => {
  expect(suggest([kettles, parcels, clerks])[0]?.reason).toMatch(/learned: kettle/);
});

test("a mixed cluster has no category, and says so", () => {
  const mixed = suggest([["chair broken", "chair rude", "chair late", "chair"], kettles, parcels, clerks])[0];
  expect(mixed?.category).toBeNull();
  expect(mixed?.confidence).toBeLessThan(0.6);
  expect(mixed?.reason).toMatch(/^mixed/);
});

test("a cluster without listed words has no category, however sure the learned ones are", () => {
  const [echo] = suggest([["kettle", "kettle spout", "kettle handle"], kettles, parcels, clerks]);
  expect(echo).toMatchObject({ category: null, reason: "too few of its cases contain a listed word" });
});

test("without any listed word all categories are equally likely", () => {
  const [unknown] = suggest([["one thing", "another matter"]]);
  expect(unknown?.category).toBeNull();
  expect(unknown?.confidence).toBeCloseTo(1 / 3, 12);
});

test("the label counts beside the cases", () => {
  const plain = suggest([kettles, parcels, clerks])[0]?.confidence ?? NaN;
  const contrary = suggest([kettles, parcels, clerks], ["rude clerk shouted", "", ""])[0]?.confidence ?? NaN;
  expect(contrary).toBeLessThan(plain);
});

test("a word listed under two categories speaks for neither", () => {
  const corpus = readCorpus(["late", "late", "late"]);
  const documents = [0, 1, 2].map((text) => ({ stems: stemsOfText(corpus, text), cases: 1, cluster: 0 }));
  const both = { product: ["late"], process: ["late"], staff_training: [] };
  expect(categorise(corpus, documents, [""], both)[0]?.category).toBeNull();
});
