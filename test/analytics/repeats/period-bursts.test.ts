import { expect, it } from "vitest";
import { select } from "#analytics/filter/select.ts";
import { formatDay } from "#analytics/period.ts";
import { bursts } from "#analytics/repeats/bursts.ts";
import { periodBursts } from "#analytics/repeats/period-bursts.ts";
import { dayOf, factsOf } from "#test/support/facts.ts";
import { thirdQuarter } from "#test/support/findings.ts";

it("looks for windows of 30 days, beside the days since a year before, under the page's clauses", () => {
  const first = dayOf("2025-01-01");
  const sketches = Array.from({ length: thirdQuarter.end - first }, (_, i) => ({
    on: formatDay(first + i),
    causeId: (i % 3 === 0 && first + i >= dayOf("2025-07-01")) || first + i >= dayOf("2026-08-20") ? 7 : 9, // before, there was no cause 7
    channelId: 1 + (i % 2),
    customerRef: `c${i}`,
  }));
  const facts = factsOf(sketches);
  const clauses = [{ dimension: "channel" as const, include: ["phone"], exclude: [] }];
  const usualFrom = dayOf("2025-07-01");
  const rows = select(facts, { start: usualFrom, end: thirdQuarter.end }, "incidence", clauses);
  const search = { period: thirdQuarter, usualFrom, withinDays: 30, seed: 1 };
  const found = periodBursts(facts, thirdQuarter, clauses);
  expect(found?.length).toBe(2);
  expect(found).toEqual(bursts(facts, rows, search));
  expect(found).not.toEqual(periodBursts(facts, thirdQuarter, []));
});
