import { expect, test } from "vitest";
import { readCorpus } from "#analytics/causes/corpus.ts";
import { keyphrases } from "#analytics/causes/keyphrases.ts";

/** Keyphrases of clusters given as texts. */
function phrasesOf(clusters: readonly (readonly string[])[]) {
  const corpus = readCorpus(clusters.flat());
  let text = 0;
  const members = clusters.flatMap((texts, cluster) =>
    texts.map(() => ({ text: text++, cluster, cases: 1 })),
  );
  return keyphrases(corpus, members, clusters.length);
}

const education = [
  "the Department of Education lost my loan",
  "department of education again",
  "Departments of Education and the loan",
];
const kettle = ["my kettle leaks", "kettles leaked on the loan", "the kettle leaks, badly"];

test("what sets a cluster apart comes first, in the form most often written", () => {
  const [first, second] = phrasesOf([education, kettle]).ofCluster;
  expect(first?.[0]).toBe("department of education");
  expect(second?.[0]).toBe("kettle leaks");
});

test("phrases of one list hardly share words", () => {
  for (const listed of phrasesOf([education, kettle]).ofCluster) {
    const words = listed.flatMap((phrase) => phrase.split(" "));
    expect(new Set(words).size).toBe(words.length);
  }
});

test("no phrase begins or ends on a stop word, or crosses a full stop or a redaction", () => {
  const texts = [
    "the lid of. XXXX handle the lid",
    "the lid of. XXXX handle the lid",
    "the lid of. XXXX handle the lid",
  ];
  const { ofCluster } = phrasesOf([texts, kettle]);
  expect(ofCluster[0]?.toSorted()).toEqual(["handle the lid"]);
});

test("no phrase contains a pronoun", () => {
  const texts = ["every time I ask", "each time I ask", "the time I ask"];
  expect(phrasesOf([texts, kettle]).ofCluster[0]?.toSorted()).toEqual(["ask", "time"]);
});

test("no phrase crosses a courtesy", () => {
  const texts = ["the bank please refund", "bank please refund it", "Bank, please refund"];
  expect(phrasesOf([texts, kettle]).ofCluster[0]?.toSorted()).toEqual(["bank", "refund"]);
});

test("a member is explained only by phrases that it contains", () => {
  const { ofMember } = phrasesOf([education, kettle]);
  expect(ofMember[1]).toContain("department of education");
  expect(ofMember[1]).not.toContain("loan");
  expect(ofMember[3]).toContain("kettle leaks");
});
