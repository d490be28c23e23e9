import { describe, expect, it } from "vitest";
import { readCorpus } from "#analytics/causes/corpus.ts";
import { foldCases } from "#analytics/causes/fold-cases.ts";
import { GrowingNumbers } from "#analytics/causes/growing-numbers.ts";
import { caseReader, readCases } from "#analytics/causes/read-cases.ts";

const about = (caseId: string, text: string | null, product: string | null = null) => ({
  caseId,
  text,
  contactReason: null,
  fields: { product },
});

describe("cases that are read one by one", () => {
  it("are what they are when all are at hand, in whatever order", () => {
    const cases = [about("b", "the kettle leaks", "kettle"), about("a", "parcel late"), about("c", null)];
    const reader = caseReader([]);
    for (const item of cases.toSorted((x, y) => (x.caseId < y.caseId ? -1 : 1))) reader.add(item);
    expect(reader.finish()).toEqual(readCases(cases, []));
  });

  it("must come in order of their ids", () => {
    const reader = caseReader([]);
    reader.add(about("b", "the kettle leaks"));
    expect(() => reader.add(about("a", "parcel late"))).toThrow(
      'Case id "a" was given after "b"; expected the cases in order of their ids.',
    );
  });

  it("share what they have in common beside their text", () => {
    const { cases } = readCases([about("a", "one", "kettle"), about("b", "two", "kettle")], []);
    expect(cases[0]?.fields).toBe(cases[1]?.fields);
  });
});

describe("folding", () => {
  const texts = ["kettle leaks", "parcel late", "kettle leaks", "kettle leaks", "the"];
  const corpus = readCorpus(texts);
  const fields = [[null, null, null, "kettle", null]];

  it("goes by stems and fields, also where all signatures are the same", () => {
    const expected = { nodeOf: [0, 1, 0, 2, -1], speaker: [0, 1, 3], cases: [2, 1, 1] };
    for (const signatures of [Uint32Array.of(7, 7, 7, 7, 7), Uint32Array.of(1, 2, 1, 4, 5)]) {
      const { nodeOf, speaker, cases } = foldCases(corpus, fields, signatures);
      expect({ nodeOf: [...nodeOf], speaker: [...speaker], cases: [...cases] }).toEqual(expected);
    }
  });
});

describe("growing numbers", () => {
  it("keep their order over the parts they lie in", () => {
    for (const count of [0, 1, 2 ** 18, 2 ** 18 + 1, 600_000]) {
      const growing = new GrowingNumbers();
      for (let nth = 0; nth < count; nth++) growing.push(nth - 5);
      expect(growing.length).toBe(count);
      const taken = growing.taken();
      expect(taken.length).toBe(count);
      expect(taken.every((number, nth) => number === nth - 5)).toBe(true);
      expect(growing.length).toBe(0);
    }
  });
});
