import { describe, expect, test } from "vitest";
import { clusterCases } from "#analytics/causes/cluster-cases.ts";
import { readCorpus } from "#analytics/causes/corpus.ts";
import { hasStructure } from "#analytics/causes/structure.ts";
import { simulateCompany } from "#app/demo/simulate-company.ts";
import { madeUpCases } from "#test/bench/causes/made-up-cases.ts";
import { wordVectors } from "#test/support/word-vectors.ts";

function structureOf(texts: readonly string[]): boolean {
  const corpus = readCorpus(texts);
  const all = Int32Array.from(texts, (_, text) => text);
  return hasStructure(corpus, all, { wordVectors, keyOf: String });
}

describe("whether texts fall into groups", () => {
  test.each([60, 100, 300, 2_000])("words without causes do not: %i texts", (count) => {
    for (const seed of [1, 2, 3]) {
      const cases = [...madeUpCases(count, { withCauses: false, seed })];
      expect(structureOf(cases.map(({ text }) => text ?? ""))).toBe(false);
    }
  });

  test.each([20, 60, 300])("the simulated company's do: %i texts", (count) => {
    const { cases } = simulateCompany({ asOf: "2026-11-22", seed: 1 });
    const texts = cases.map(({ title, narrative }) => `${title ?? ""}\n${narrative ?? ""}`);
    expect(structureOf(texts.filter((_, i) => i % Math.floor(texts.length / count) === 0))).toBe(true);
  });

  test("a handful of texts is given the benefit of the doubt", () => {
    expect(structureOf(["The kettle leaks", "My parcel never came"])).toBe(true);
    expect(structureOf([])).toBe(true);
  });
});

test("of words without causes nothing is offered as a cause", () => {
  const cases = [...madeUpCases(1_000, { withCauses: false, seed: 5 })];
  const { clusters, assignments } = clusterCases(cases, { wordVectors, seed: 1 });
  expect(clusters).toEqual([]);
  expect(new Set([...assignments.values()].map((one) => one.unassignedBecause))).toEqual(
    new Set(["few_alike"]),
  );
});
