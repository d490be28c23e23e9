import { expect, it } from "vitest";
import { scoreCalls } from "#analytics/second-fix/score-calls.ts";

const days = { daysBefore: 100, daysSince: 100 };
const isOf = (...pairs: [before: number, since: number][]) =>
  scoreCalls(pairs.map(([before, since]) => ({ before, since, ...days }))).map(({ is }) => is);

it("is too early under 8 weeks, and is not measured without a case or without a time before", () => {
  expect(scoreCalls([{ before: 40, since: 10, daysBefore: 55, daysSince: 55 }])).toEqual([
    { is: "too_early" },
  ]);
  expect(scoreCalls([{ before: 0, since: 10, daysBefore: 20, daysSince: 56 }])).toEqual([
    { is: "not_measured" },
  ]);
  expect(isOf([0, 0])).toEqual(["not_measured"]);
});

it("says the count alone under 5 cases, the rate under 30, and from there what rose or fell", () => {
  expect(isOf([4, 1], [20, 5], [100, 40], [40, 100], [50, 52])).toEqual([
    "count",
    "rate",
    "fell",
    "rose",
    "rate",
  ]);
});

it("asks more of each where many are scored together", () => {
  const doubtful: [number, number] = [40, 22];
  expect(isOf(doubtful)).toEqual(["fell"]);
  const others = Array.from({ length: 9 }, (): [number, number] => [40, 41]);
  expect(isOf(doubtful, ...others)[0]).toBe("rate");
});
