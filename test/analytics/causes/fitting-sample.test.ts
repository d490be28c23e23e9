import { expect, test } from "vitest";
import { readCorpus } from "#analytics/causes/corpus.ts";
import { fittingSample } from "#analytics/causes/fitting-sample.ts";

function sampleOf(ids: readonly string[]): string[] {
  const corpus = readCorpus(ids);
  const texts = Int32Array.from(ids.keys());
  return Array.from(
    fittingSample(corpus, texts, (text) => ids[text] ?? ""),
    (text) => ids[text] ?? "",
  );
}

test("up to 10,000 texts all are fitted", () => {
  const ids = Array.from({ length: 500 }, (_, i) => `c${i}`);
  expect(sampleOf(ids)).toEqual(ids);
});

test("beyond that 10,000 are drawn, and most of them stay when cases are added", () => {
  const ids = Array.from({ length: 12_000 }, (_, i) => `c${i}`);
  const before = new Set(sampleOf(ids.slice(0, 11_000)));
  const after = sampleOf(ids);
  expect(after).toHaveLength(10_000);
  expect(after.filter((id) => before.has(id)).length).toBeGreaterThan(9000);
});
