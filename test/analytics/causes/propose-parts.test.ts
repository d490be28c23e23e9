import { sum } from "d3-array";
import { expect, test } from "vitest";
import { proposeParts } from "#analytics/causes/propose-parts.ts";
import { plantedCases } from "#test/support/planted-cases.ts";
import { wordVectors } from "#test/support/word-vectors.ts";

const planted = plantedCases(40);
const oneCause = planted.filter(({ cause }) => cause === "kettle leaks" || cause === "refund waiting");
const causeOf = new Map(planted.map(({ caseId, cause }) => [caseId, cause]));

test("a cause that is two falls into parts of the one and of the other", () => {
  const parts = proposeParts(oneCause, { wordVectors });
  expect(parts.length).toBeGreaterThanOrEqual(2);
  expect(parts.length).toBeLessThanOrEqual(6);
  expect(parts.flatMap(({ caseIds }) => caseIds).sort()).toEqual(oneCause.map(({ caseId }) => caseId).sort());
  const withTheirOwn = parts.map(({ caseIds }) => {
    const kettles = caseIds.filter((id) => causeOf.get(id) === "kettle leaks").length;
    return Math.max(kettles, caseIds.length - kettles);
  });
  expect(sum(withTheirOwn) / oneCause.length).toBeGreaterThan(0.95);
  for (const { caseIds, exemplarCaseId, keyphrases } of parts) {
    expect(caseIds).toContain(exemplarCaseId);
    expect(keyphrases.length).toBeGreaterThan(0);
  }
});

test("the largest part comes first, and the same cases give the same parts in whatever order they come", () => {
  const parts = proposeParts(oneCause, { wordVectors });
  const sizes = parts.map(({ caseIds }) => caseIds.length);
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  expect(proposeParts(oneCause.toReversed(), { wordVectors })).toEqual(parts);
});

test("copies go together, cases without a text are in no part, and what says one thing has no parts", () => {
  const [first] = oneCause;
  const silent = { caseId: "silent", text: null, contactReason: "Returns", fields: {} };
  const copies = ["copy1", "copy2"].map((caseId) => ({ ...(first ?? silent), caseId }));
  const parts = proposeParts([...oneCause, ...copies, silent], { wordVectors });
  const partOf = (caseId: string) => parts.findIndex(({ caseIds }) => caseIds.includes(caseId));
  expect(copies.map(({ caseId }) => partOf(caseId))).toEqual([
    partOf(first?.caseId ?? ""),
    partOf(first?.caseId ?? ""),
  ]);
  expect(partOf("silent")).toBe(-1);
  expect(proposeParts(copies, { wordVectors })).toEqual([]);
  expect(proposeParts([], { wordVectors })).toEqual([]);
});
