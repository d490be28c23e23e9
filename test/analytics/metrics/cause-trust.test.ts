import { expect, test } from "vitest";
import { select } from "#analytics/filter/select.ts";
import { causeTrust } from "#analytics/metrics/cause-trust.ts";
import type { CauseState } from "#analytics/metrics/confirmation-queue.ts";
import { type CaseSketch, dayOf, factsOf } from "#test/support/facts.ts";

const quarter = { start: dayOf("2026-01-01"), end: dayOf("2026-04-01") };
const cases = (causeId: number | null, count: number): CaseSketch[] =>
  Array.from({ length: count }, () => ({ on: "2026-02-03", causeId }));

const states: CauseState[] = [
  { causeId: 7, isNamed: true, isConfirmed: true, confidence: null },
  { causeId: 9, isNamed: false, isConfirmed: false, confidence: 0.8 },
  { causeId: 12, isNamed: true, isConfirmed: false, confidence: 0.6 },
  { causeId: 15, isNamed: false, isConfirmed: false, confidence: null },
];

test("counts what has a cause, a person's word, and asks for the largest and least certain first", () => {
  const facts = factsOf([
    ...cases(7, 50),
    ...cases(9, 30),
    ...cases(12, 10),
    ...cases(15, 3),
    ...cases(null, 7),
  ]);
  const trust = causeTrust(facts, select(facts, quarter, "incidence", []), states);
  expect(trust).toMatchObject({
    cases: 100,
    withCause: { causes: 4, cases: 93 },
    named: { causes: 2, cases: 60 },
    confirmed: { causes: 1, cases: 50 },
    shaky: { causes: 0, cases: 0 },
  });
  // Doubt: 30 cases x .2 = 6, 10 x .4 = 4 and 3 x 1 = 3.
  expect(trust.toConfirm.map(({ cause }) => cause?.causeId)).toEqual([9, 12, 15]);
});

test("of no cases there is nothing to trust", () => {
  const facts = factsOf([]);
  const trust = causeTrust(facts, select(facts, quarter, "incidence", []), states);
  expect(trust).toMatchObject({ cases: 0, withCause: { causes: 0, cases: 0 }, toConfirm: [] });
});
