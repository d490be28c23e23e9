import { expect, test } from "vitest";
import { type CaseCode, codingAgreement } from "#analytics/metrics/coding-agreement.ts";
import { drawOrder } from "#analytics/metrics/draw-sample.ts";

const code = (caseId: string, causeId: number | null, category: CaseCode["category"]): CaseCode => ({
  caseId,
  causeId,
  category,
});

test("compares the cases that both have coded, none as a cause of its own, and categories where both give one", () => {
  const published = [
    code("a", 1, "product"),
    code("b", 1, "product"),
    code("c", 2, "process"),
    code("d", null, null),
    code("e", 2, "process"),
  ];
  const coder = [
    code("d", null, "process"),
    code("c", 2, "process"),
    code("b", null, "product"),
    code("a", 1, "process"),
  ];
  const found = codingAgreement(published, coder);
  expect(found).toMatchObject({ cases: 4, sameCause: 3, withCategory: 3, sameCategory: 2 });
  // Causes, by hand: po = 3/4; marginals 1: 2 and 1, 2: 1 and 1, none: 1 and 2; pe = (2 + 1 + 2) / 16; kappa = 7/11.
  expect(found.cause?.kappa).toBeCloseTo(7 / 11, 12);
  // Categories: po = 2/3; product 2 and 1, process 1 and 2; pe = 4/9; kappa = 2/5.
  expect(found.category?.kappa).toBeCloseTo(2 / 5, 12);
});

test("without a case in common there is nothing to compare", () => {
  expect(codingAgreement([code("a", 1, null)], [code("b", 1, null)])).toMatchObject({
    cases: 0,
    cause: null,
    category: null,
  });
});

const ids = Array.from({ length: 2000 }, (_, i) => `case-${i}`);

test("the order of a draw is the same in whatever order the cases come, and another for another seed", () => {
  const drawn = drawOrder(ids, 1);
  expect(drawOrder(ids.toReversed(), 1)).toEqual(drawn);
  expect(drawOrder(ids, 2).slice(0, 50)).not.toEqual(drawn.slice(0, 50));
  expect(new Set(drawn)).toEqual(new Set(ids));
});

test("the cases of a draw are spread over all: of the first 500, about a quarter come from each quarter", () => {
  const drawn = drawOrder(ids, 7).slice(0, 500);
  for (let quarter = 0; quarter < 4; quarter++) {
    const count = drawn.filter((id) => Math.floor(Number(id.slice(5)) / 500) === quarter).length;
    expect(Math.abs(count - 125)).toBeLessThan(35); // more than four standard deviations
  }
});
