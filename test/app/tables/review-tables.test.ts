import { describe, expect, test } from "vitest";
import { everything } from "#analytics/filter/filter.ts";
import { quarterFindings } from "#analytics/findings/quarter-findings.ts";
import { formatDay } from "#analytics/period.ts";
import { findingSentence } from "#app/sentences/finding-sentences.ts";
import { causeBursts } from "#app/tables/cause-bursts.ts";
import { comparedPeriods } from "#app/tables/compared-periods.ts";
import { reviewHeadlineTable } from "#app/tables/review-headline-table.ts";
import { reviewCausesTable } from "#app/tables/review-table.ts";
import { hrefTo, makeView, type Snapshot, type View } from "#app/tables/view.ts";
import { type CaseSketch, dayOf, factsOf } from "#test/support/facts.ts";

/** `count` cases of a cause, one a day from a day on. */
function daily(causeId: number, from: string, count: number): CaseSketch[] {
  const text = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, i) => ({ on: text(dayOf(from) + i), causeId }));
}

function snapshotOf(sketches: readonly CaseSketch[]): Snapshot {
  return {
    workspace: { id: 1, name: "Løse & Co", timeZone: "UTC", fiscalYearStartMonth: 1, simulated: false },
    facts: factsOf(sketches),
    notes: [],
    volumeIsArtefact: false,
    outcomesArePartial: false,
    exposure: null,
  };
}

/** Cause 7 from 1 January to 30 September 2026, cause 9 in the third quarter too. */
const nineMonths = snapshotOf([...daily(7, "2026-01-01", 273), ...daily(9, "2026-07-01", 92)]);

function quarter(period: string): View {
  return makeView(nineMonths, { ...everything, period }, dayOf("2026-11-22"));
}

function causeRow(view: View, causeId: number) {
  return reviewCausesTable(view).rows.find((row) => row.cells.cause_id === String(causeId))?.cells;
}

function headlineRow(view: View, measure: string) {
  return reviewHeadlineTable(view).rows.find((row) => row.cells.measure === measure)?.cells;
}

describe("the review of a quarter", () => {
  test("compares it with the quarter before where the data cover both", () => {
    expect(causeRow(quarter("2026-Q3"), 7)).toMatchObject({
      cases: 92,
      cases_before: 91,
      movement: "no real change",
    });
    expect(headlineRow(quarter("2026-Q3"), "cases")).toMatchObject({ cases: 184, cases_before: 91 });
  });

  test("says nothing of a change from a quarter that lies before the data, and shows no zero for it", () => {
    const first = causeRow(quarter("2026-Q1"), 7);
    expect(first).toMatchObject({
      cases: 90,
      cases_before: null,
      ratio: null,
      q: null,
      movement: "not compared",
    });
    expect(headlineRow(quarter("2026-Q1"), "cases")?.cases_before ?? null).toBeNull();
    expect(reviewCausesTable(quarter("2026-Q1")).note).toContain("The data do not cover this period");
  });

  test("shows no zero for the year before where the data do not reach it", () => {
    expect(causeRow(quarter("2026-Q3"), 7)?.cases_year_ago).toBeNull();
    expect(headlineRow(quarter("2026-Q3"), "cases")?.cases_year_ago ?? null).toBeNull();
  });

  test("says nothing of a change into a quarter that the data do not cover to its end", () => {
    expect(causeRow(quarter("2026-Q4"), 7)).toMatchObject({
      cases: 0,
      cases_before: 92,
      movement: "not compared",
    });
  });

  test("compares nothing where month counts come from how the extract was cut", () => {
    const view = { ...quarter("2026-Q3"), volumeIsArtefact: true };
    expect(causeRow(view, 7)).toMatchObject({ cases: 92, cases_before: null, ratio: null, movement: null });
  });
});

describe("the bursts of a review", () => {
  const withCustomers = (sketches: readonly CaseSketch[], of: string) =>
    sketches.map((sketch, i) => ({ ...sketch, customerRef: `${of} ${i}` }));
  const usual = withCustomers([...daily(7, "2025-07-01", 457), ...daily(9, "2025-07-01", 457)], "usual");
  const crowd = withCustomers(
    Array.from({ length: 40 }, (_, i) => daily(9, `2026-08-${10 + (i % 9)}`, 1)[0]!),
    "new",
  );
  const viewIn = (sketches: readonly CaseSketch[], period = "2026-Q3") =>
    makeView(snapshotOf(sketches), { ...everything, period }, dayOf("2026-11-22"));

  test("are the same, in the table and in the findings, with the q of one family", () => {
    const view = viewIn([...usual, ...crowd]);
    const findings = quarterFindings(view.facts, {
      ...view,
      clauses: [],
      covered: true,
      fixedCauseIds: new Set<number>(),
      judgedFixes: [],
      bursts: causeBursts(view),
    });
    const [found] = findings.filter((finding) => finding.kind === "burst");
    const row = causeRow(view, 9);
    expect(row).toMatchObject({
      burst_from: formatDay(found!.burst.window.start),
      burst_customers: found!.burst.customers,
      burst_expected: found!.burst.expected,
      burst_q: found!.q,
    });
    expect(found!.burst.customers).toBeGreaterThanOrEqual(40);
    expect(row!.movement).toBe("rose, burst");
    const [rose] = findings.filter((finding) => finding.kind === "movement");
    expect(rose!.entry).toMatchObject({ cause: { causeId: 9 }, q: row!.q });
  });

  const nobody = (sketch: CaseSketch) => ({ ...sketch, customerRef: null });

  test("are looked for once in the same columns", () => {
    const view = viewIn([...usual, ...crowd]);
    expect(causeBursts({ ...view })).toBe(causeBursts(view));
    expect(causeBursts(viewIn([...usual, ...crowd]))).not.toBe(causeBursts(view));
    const late = [{ dimension: "cause" as const, include: ["7"], exclude: [] }];
    expect(causeBursts({ ...view, filter: { ...view.filter, clauses: late } })).toHaveLength(1);
  });

  test("are null, and the note says why, where they can't be looked for", () => {
    const said = (view: View) => [causeBursts(view), reviewCausesTable(view).note];
    expect(said(viewIn([...usual, ...crowd].map(nobody)))).toEqual([
      null,
      expect.stringContaining("Bursts are not looked for: no customer is known."),
    ]);
    expect(said(viewIn(usual, "2026-02"))).toEqual([
      null,
      expect.stringContaining("they need a period of 30 days"),
    ]);
    const inSecondQuarter = (from: string) =>
      causeBursts(viewIn(withCustomers(daily(7, from, 400), "usual"), "2025-Q3"));
    expect(inSecondQuarter("2025-04-01")).not.toBeNull();
    expect(inSecondQuarter("2025-04-02")).toBeNull(); // 90 days, but not the whole quarter before
    expect(causeBursts({ ...viewIn(usual), volumeIsArtefact: true })).toBeNull();
  });
});

describe("the findings of a quarter", () => {
  const headlinesOf = (view: View, covered: boolean) =>
    quarterFindings(view.facts, {
      ...view,
      clauses: [],
      covered,
      fixedCauseIds: new Set<number>(),
      judgedFixes: [],
      bursts: null,
    }).map((finding) => findingSentence(finding, view).headline);

  test("begin with what moved, or that nothing did", () => {
    expect(headlinesOf(quarter("2026-Q2"), true)[0]).toBe("No cause rose or fell beyond chance.");
  });

  test("say neither where the data do not cover the quarter and the one before", () => {
    const headlines = headlinesOf(quarter("2026-Q1"), false);
    expect(headlines[0]).toBe("This quarter is not compared with the one before.");
    expect(headlines.join()).not.toMatch(/rose|fell|new/);
  });
});

describe("the periods that a review compares", () => {
  const period = (start: string, end: string) => ({ start: dayOf(start), end: dayOf(end) });

  test("have as many months as the reviewed one, across the turn of the year", () => {
    expect(comparedPeriods(period("2026-01-01", "2026-04-01"))).toEqual({
      months: 3,
      before: period("2025-10-01", "2026-01-01"),
      yearAgo: period("2025-01-01", "2025-04-01"),
    });
  });

  test("are none for days that are not whole months", () => {
    for (const days of [
      period("2026-01-15", "2026-01-21"),
      period("2026-01-01", "2026-01-31"),
      period("2026-01-01", "2026-01-01"),
    ])
      expect(() => comparedPeriods(days)).toThrow(/are not whole months/);
  });
});

test("a link escapes the workspace's name, and the overview's has no slash behind it", () => {
  const { workspace } = nineMonths;
  expect(hrefTo(workspace, "", everything)).toBe("/w/L%C3%B8se%20%26%20Co");
  expect(hrefTo(workspace, "cases", { ...everything, period: "2026-Q3" })).toBe(
    "/w/L%C3%B8se%20%26%20Co/cases?period=2026-Q3",
  );
});
