import { expect, test } from "vitest";
import { readCorpus } from "#analytics/causes/corpus.ts";
import { fitTerms, termRows } from "#analytics/causes/term-matrix.ts";

const all = (count: number) => Int32Array.from({ length: count }, (_, text) => text);

function inverseFrequency(textsWith: number, texts: number): number {
  return (Math.log((1 + texts) / (1 + textsWith)) + 1) ** 1.2;
}

test("weights are BM25 times a power of the inverse document frequency, to unit length", () => {
  // Three texts, lengths 1, 1 and 2, mean 4/3. The last holds kettle (in 2), leaks (in 2) and their pair (in 1).
  const corpus = readCorpus(["kettle", "leaks", "kettle leaks"]);
  const model = fitTerms(corpus, all(3));
  const [common, rare] = [inverseFrequency(2, 3), inverseFrequency(1, 3)];
  expect(model.meanLength).toBeCloseTo(4 / 3, 12);
  expect([...model.inverseFrequency].sort((a, b) => a - b)).toEqual(
    [common, common, rare].map((value) => expect.closeTo(value, 6)),
  );

  const saturated = 2.2 / (1 + 1.2 * (0.25 + (0.75 * 2) / (4 / 3)));
  const raw = [0.5 * saturated * rare, saturated * common, saturated * common];
  const { start, value } = termRows(corpus, model, all(3));
  expect([...start]).toEqual([0, 1, 2, 5]);
  expect([...value.subarray(2, 5)].sort((a, b) => a - b)).toEqual(
    raw.map((weight) => expect.closeTo(weight / Math.hypot(...raw), 6)),
  );
});

test("a repeated word counts more, but never as much again", () => {
  const corpus = readCorpus(["kettle", "leaks", "kettle leaks leaks leaks"]);
  const model = fitTerms(corpus, all(3));
  const { start, column, value } = termRows(corpus, model, all(3));
  const [kettle = -1, leaks = -1] = [column[start[0]!], column[start[1]!]];
  const weightOf = (term: number) => value[column.indexOf(term, start[2])]!;
  expect(weightOf(leaks) / weightOf(kettle)).toBeGreaterThan(1);
  expect(weightOf(leaks) / weightOf(kettle)).toBeLessThan(3);
});

test("in forty texts or more, words of one text and of most texts are left out", () => {
  const texts = Array.from(
    { length: 40 },
    (_, text) => `order ${text < 10 ? "kettle" : "parcel"} ${text === 0 ? "odd" : ""}`,
  );
  const corpus = readCorpus(texts);
  const model = fitTerms(corpus, all(40));
  const { start } = termRows(corpus, model, all(40));
  // left: kettle (10) and "order kettle" (10); "order" is in 40, "parcel" in 30, "odd" in 1
  expect(model.columns).toBe(2);
  expect(start[1]! - start[0]!).toBe(2);
  expect(start[40]! - start[39]!).toBe(0);
});

test("a text never seen is placed among the chosen terms", () => {
  const corpus = readCorpus(["kettle leaks", "kettle leaks", "parcel late", "lid", "kettle parcel"]);
  const model = fitTerms(corpus, all(4));
  const { start } = termRows(corpus, model, Int32Array.of(4));
  expect(start[1]).toBe(1); // "parcel" and the pair were in fewer than two of the fitted texts, "kettle" in two
});
