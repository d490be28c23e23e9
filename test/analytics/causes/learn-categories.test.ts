import { describe, expect, test } from "vitest";
import type { Category } from "#analytics/case.ts";
import type { ClusterDocument, Suggestion } from "#analytics/causes/categorise.ts";
import { learnCategories } from "#analytics/causes/learn-categories.ts";

const nothing: Suggestion = { category: null, confidence: 1 / 3, reason: "mixed" };
const wordOf = ["kettle", "lid", "courier", "parcel", "depot"];
/** Words 0 and 1 mark products, 2 to 4 processes. */
const about = (cluster: number, stems: number[], reason: string, cases = 10): ClusterDocument => ({
  cluster,
  stems: () => stems,
  fields: [`contact reason: ${reason}`],
  cases,
});

/** Eight causes, six of them confirmed: three of products, three of processes. */
const documents = [
  about(0, [0, 1], "Defect"),
  about(1, [0], "Defect"),
  about(2, [1], "Defect"),
  about(3, [2, 3], "Delivery"),
  about(4, [3, 4], "Delivery"),
  about(5, [2, 4], "Delivery"),
  about(6, [0], "Other"),
  about(7, [4], "Delivery"),
];
const confirmed: (Category | null)[] = [
  "product",
  "product",
  "product",
  "process",
  "process",
  "process",
  null,
  null,
];
const suggestions = documents.map(() => nothing);
const learn = (
  given: Partial<{
    suggestions: Suggestion[];
    confirmed: (Category | null)[];
    documents: ClusterDocument[];
  }> = {},
) => {
  const all = { suggestions, confirmed, documents, ...given };
  return learnCategories(all.suggestions, { ...all, wordOf });
};

describe("categories learned from confirmed causes", () => {
  test("are suggested for the other causes, with the words and fields that made them and the record behind", () => {
    const [product, process] = learn().slice(6);
    expect(product).toMatchObject({
      category: "product",
      reason: "learned from 6 confirmed causes (of 6 left out in turn 6 right): kettle",
    });
    expect(process?.category).toBe("process");
    expect(process?.reason).toMatch(/: (depot, contact reason: Delivery|contact reason: Delivery, depot)$/);
  });

  test("are never surer than their record on causes that were left out", () => {
    for (const { confidence } of learn().slice(6)) expect(confidence).toBeLessThanOrEqual(7 / 8);
  });

  test("leave alone what a person has confirmed, and what the listed words suggest", () => {
    const listed: Suggestion = { category: "staff_training", confidence: 0.7, reason: "listed: rude" };
    const found = learn({ suggestions: suggestions.map((one, i) => (i === 6 ? listed : one)) });
    expect(found[6]).toBe(listed);
    expect(found.slice(0, 6)).toEqual(suggestions.slice(0, 6));
  });

  test("are none where the confirmed causes do not bear them out", () => {
    const shuffled: (Category | null)[] = [
      "product",
      "process",
      "product",
      "process",
      "product",
      "process",
      null,
      null,
    ];
    expect(learn({ confirmed: shuffled })).toEqual(suggestions);
  });

  test("are none while fewer than five causes, thirty cases or two categories are confirmed", () => {
    const four = confirmed.map((category, i) => (i === 1 || i === 4 ? null : category));
    expect(learn({ confirmed: four })).toEqual(suggestions);
    const small = documents.map((document) => ({ ...document, cases: 4 }));
    expect(learn({ documents: small })).toEqual(suggestions);
    const alike = confirmed.map((category) => category && ("process" as const));
    expect(learn({ confirmed: alike })).toEqual(suggestions);
  });

  test("are the same in whatever order the cases come", () => {
    expect(learn({ documents: documents.toReversed() })).toEqual(learn());
  });
});
