import { expect, test } from "vitest";
import type { Category } from "#analytics/case.ts";
import { type CaseCode, codingAgreement } from "#analytics/metrics/coding-agreement.ts";
import { categoryAgreement, causeAgreement } from "#app/sentences/coding-sentences.ts";

/** Cases with these causes, all of one category. */
const codes = (causes: readonly number[], category: Category | null = "process"): CaseCode[] =>
  causes.map((causeId, i) => ({ caseId: String(i), causeId, category }));
const compared = (one: readonly number[], other: readonly number[]) =>
  causeAgreement(codingAgreement(codes(one), codes(other)));
const many = Array.from({ length: 40 }, (_, i) => i % 2);

test("kappa is told with its interval and the cases that it rests on", () => {
  const other = many.map((cause, i) => (i < 4 ? 1 - cause : cause));
  // po = .9, pe = .5: kappa .8, by hand; standard error sqrt(.9 x .1 / 40) / .5 = .095; tanh(artanh(.8) -/+ 1.96 x .095 / .36).
  expect(compared(many, other)).toBe(
    "kappa 0.80 (95% interval 0.52 to 0.92), the same cause in 36 of 40 cases",
  );
});

test("few cases have a rough interval, fewer than ten none at all", () => {
  const twenty = many.slice(0, 20);
  expect(compared(twenty, [0, ...twenty.slice(1, 19), 0])).toContain("rough with so few cases");
  expect(compared([1, 2, 3], [1, 2, 4])).toBe("the same cause in 2 of 3 cases; kappa from 10 cases on");
});

test("full agreement has no interval, one code throughout no kappa, no case nothing", () => {
  expect(compared(many, many)).toBe(
    "kappa 1.00 (no interval: not one case differs), the same cause in 40 of 40 cases",
  );
  const ones = many.map(() => 1);
  expect(compared(ones, ones)).toContain("no kappa, since both use one and the same code throughout");
  expect(compared([], [])).toBe("no case to compare yet");
});

test("categories say that they are compared where both give one", () => {
  const agreement = codingAgreement(codes([1, 2]), codes([1, 2]));
  expect(categoryAgreement(agreement)).toBe(
    "the same category in 2 of 2 cases to which both give one; kappa from 10 cases on",
  );
  expect(categoryAgreement(codingAgreement(codes([1]), codes([1], null)))).toBe("no case to compare yet");
});
