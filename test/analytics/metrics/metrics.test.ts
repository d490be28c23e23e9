import { describe, expect, it } from "vitest";
import { select } from "#analytics/filter/select.ts";
import { causeRanking } from "#analytics/metrics/cause-ranking.ts";
import { compensation } from "#analytics/metrics/compensation.ts";
import { headline } from "#analytics/metrics/headline.ts";
import { monthlyTrend } from "#analytics/metrics/monthly-trend.ts";
import { outcomesBy } from "#analytics/metrics/outcome-table.ts";
import { quarterlyCounts } from "#analytics/metrics/quarterly-counts.ts";
import { remediesBy } from "#analytics/metrics/remedy-table.ts";
import { formatMonth } from "#analytics/period.ts";
import { type CaseSketch, dayOf, factsOf } from "#test/support/facts.ts";

const quarter = { start: dayOf("2026-01-01"), end: dayOf("2026-04-01") };
const figures = (sketches: CaseSketch[]) => {
  const facts = factsOf(sketches);
  const incidence = select(facts, quarter, "incidence", []);
  return { facts, incidence, resolved: select(facts, quarter, "outcome", []) };
};

describe("headline", () => {
  it("counts open cases as cases and never as outcomes", () => {
    const { facts, incidence, resolved } = figures([
      { on: "2026-01-02", outcome: "restored" },
      { on: "2026-01-03", resolvedOn: null },
      { on: "2026-03-31", resolvedOn: "2026-04-02", outcome: "parted" },
    ]);
    const head = headline(facts, incidence, resolved);
    expect(head).toMatchObject({ cases: 3, open: 1, resolved: 1 });
    expect(head.restored).toMatchObject({ hits: 1, n: 1 });
    expect(head.parted).toMatchObject({ hits: 0, n: 1 });
  });

  it("takes shares of outcomes over known outcomes only, and has none where none is known", () => {
    const { facts, incidence, resolved } = figures([{ on: "2026-01-02" }, { on: "2026-01-03" }]);
    expect(headline(facts, incidence, resolved).restored).toEqual({
      hits: 0,
      n: 0,
      share: null,
      interval: null,
    });
  });

  it("counts a repeat only for the same customer, the same cause, and within thirty days", () => {
    const { facts, incidence, resolved } = figures([
      { on: "2025-06-01" }, // so far the data reach back
      { on: "2026-01-01", customerRef: "A", causeId: 7 },
      { on: "2026-01-31", customerRef: "A", causeId: 7 }, // 30 days on: a repeat
      { on: "2026-03-03", customerRef: "A", causeId: 7 }, // 31 days on: none
      { on: "2026-01-02", customerRef: "B", causeId: 7 }, // another customer
      { on: "2026-01-03", customerRef: "A", causeId: 9 }, // another cause
      { on: "2026-01-04", customerRef: null, causeId: 7 }, // cannot tell
    ]);
    expect(headline(facts, incidence, resolved).repeatContact).toMatchObject({ hits: 1, n: 5 });
  });

  it("sees a repeat of a case that lies before the period", () => {
    const { facts, incidence, resolved } = figures([
      { on: "2025-06-01" }, // so far the data reach back
      { on: "2025-12-20", customerRef: "A", causeId: 7 },
      { on: "2026-01-02", customerRef: "A", causeId: 7 },
    ]);
    expect(headline(facts, incidence, resolved).repeatContact).toMatchObject({ hits: 1, n: 1 });
  });
});

describe("causeRanking", () => {
  it("sorts by cases, keeps the unassigned apart and last, and its parts are the whole", () => {
    const { facts, incidence } = figures([
      ...Array.from({ length: 3 }, () => ({ on: "2026-01-02", causeId: 9 })),
      ...Array.from({ length: 5 }, () => ({ on: "2026-01-02", causeId: 7 })),
      ...Array.from({ length: 9 }, () => ({ on: "2026-01-02" })),
    ]);
    const ranked = causeRanking(facts, incidence);
    expect(ranked.map((entry) => [entry.cause?.causeId ?? null, entry.cases])).toEqual([
      [7, 5],
      [9, 3],
      [null, 9],
    ]);
    expect(ranked.map((entry) => entry.cumulative)).toEqual([5 / 17, 8 / 17, null]);
  });
});

describe("monthlyTrend", () => {
  it("fills empty months with zero and marks the month that the data do not cover whole", () => {
    const { facts, incidence } = figures([
      { on: "2026-01-31", causeId: 7 },
      { on: "2026-03-01", causeId: 15 },
    ]);
    const months = monthlyTrend(facts, incidence, quarter, {
      start: quarter.start,
      end: dayOf("2026-03-01"),
    });
    expect(months.map(({ month, total, complete }) => [formatMonth(month.start), total, complete])).toEqual([
      ["2026-01", 1, true],
      ["2026-02", 0, true],
      ["2026-03", 1, false],
    ]);
    expect(months[0]?.byCategory).toEqual({ product: 0, process: 1, staff_training: 0, unclassified: 0 });
    expect(months[2]?.byCategory.unclassified).toBe(1);
  });

  it("marks a month that the period cuts", () => {
    const { facts } = figures([{ on: "2026-02-20" }]);
    const cut = { start: dayOf("2026-01-15"), end: dayOf("2026-03-01") };
    const rows = select(facts, cut, "incidence", []);
    expect(monthlyTrend(facts, rows, cut, quarter).map((month) => month.complete)).toEqual([false, true]);
  });

  it("leaves out the months before the first case, and marks the one in which it came", () => {
    const { facts, incidence } = figures([{ on: "2026-02-10" }]);
    const measured = { start: dayOf("2026-02-10"), end: quarter.end };
    const months = monthlyTrend(facts, incidence, quarter, measured);
    expect(months.map(({ month, complete }) => [formatMonth(month.start), complete])).toEqual([
      ["2026-02", false],
      ["2026-03", true],
    ]);
  });
});

describe("outcomes and remedies", () => {
  const { facts, resolved } = figures([
    { on: "2026-01-01", remedyTypes: ["refund", "apology"], outcome: "restored", contact_reasonId: 1 },
    { on: "2026-01-02", remedyTypes: ["refund"], outcome: "parted", contact_reasonId: 1 },
    { on: "2026-01-03", remedyTypes: null, outcome: null, contact_reasonId: null },
    { on: "2026-01-04", remedyTypes: ["none"], outcome: "settled", contact_reasonId: 2 },
  ]);

  it("puts a case with several remedies into the row of each, unknown last", () => {
    const rows = outcomesBy(facts, resolved, "remedy");
    expect(rows.map(({ group, resolved: n }) => [group.value, n])).toEqual([
      ["refund", 2],
      ["apology", 1],
      ["none", 1],
      [null, 1],
    ]);
    expect(rows[0]?.byOutcome.restored).toMatchObject({ hits: 1, n: 2 });
    expect(rows.at(-1)).toMatchObject({ outcomeKnown: 0 });
  });

  it("takes a remedy's share over all resolved cases of the row, known or not", () => {
    const rows = remediesBy(facts, resolved, "contact_reason");
    expect(rows.map(({ group, resolved: n, unknown }) => [group.value, n, unknown])).toEqual([
      ["Late", 2, 0],
      ["Broken", 1, 0],
      [null, 1, 1],
    ]);
    expect(rows[0]?.byRemedy.apology).toMatchObject({ hits: 1, n: 2, share: 0.5 });
  });
});

describe("compensation", () => {
  it("adds what is known and says how many that is; zero is an amount, unknown is not", () => {
    const { facts, resolved } = figures([
      { on: "2026-01-01", compensationMinor: 1250, compensationCurrency: "EUR" },
      { on: "2026-01-02", compensationMinor: 0, compensationCurrency: "EUR" },
      { on: "2026-01-03" },
    ]);
    expect(compensation(facts, resolved)).toEqual({ totalMinor: 1250, known: 2, n: 3 });
  });

  it("does not add euros to pounds", () => {
    const { facts, resolved } = figures([
      { on: "2026-01-01", compensationMinor: 100, compensationCurrency: "EUR" },
      { on: "2026-01-02", compensationMinor: 100, compensationCurrency: "GBP" },
    ]);
    expect(compensation(facts, resolved)).toBeNull();
  });
});

it("quarters before the first case are not measured, which is not zero", () => {
  const { facts } = figures([{ on: "2025-07-01" }, { on: "2026-02-01" }]);
  expect(quarterlyCounts(facts, quarter, 4, [])).toEqual([null, 1, 0, 1]);
});
