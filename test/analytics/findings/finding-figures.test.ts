import { describe, expect, it } from "vitest";
import type { Clause } from "#analytics/filter/filter.ts";
import { select } from "#analytics/filter/select.ts";
import type { QuarterContext } from "#analytics/findings/quarter-context.ts";
import { quarterFindings } from "#analytics/findings/quarter-findings.ts";
import { type CaseSketch, factsOf } from "#test/support/facts.ts";
import { burst, fixOf, measured, plainQuarter, regression } from "#test/support/findings.ts";

const many = (n: number, on: string, rest: Partial<CaseSketch>): CaseSketch[] =>
  Array.from({ length: n }, () => ({ on, ...rest }));
const paid = { compensationMinor: 1050, compensationCurrency: "EUR" };

const moving = [
  ...many(1, "2024-01-01", { causeId: 15 }),
  ...many(40, "2026-05-01", { causeId: 7 }),
  ...many(90, "2026-08-01", { causeId: 7, outcome: "restored", ...paid }),
  ...many(12, "2026-08-01", { causeId: 9, outcome: "parted", teamId: 1, ...paid }),
  ...many(5, "2026-08-01", { causeId: null, outcome: "parted", ...paid }),
  ...many(2, "2026-09-30", { causeId: 15, outcome: "parted", resolvedOn: "2026-10-02" }), // in the next quarter
];

function figuresOf(sketches: readonly CaseSketch[], rest: Partial<QuarterContext> = {}) {
  const facts = factsOf(sketches);
  const figures = quarterFindings(facts, { ...plainQuarter, ...rest });
  const casesOf = (kind: string) => {
    const cases = figures.find((one) => one.kind === kind)?.cases;
    return cases ? select(facts, cases.period, cases.cohort, cases.clauses).length : null;
  };
  return { figures, casesOf, of: (kind: string) => figures.find((one) => one.kind === kind) };
}

describe("the figures of a finding", () => {
  it("are both counts of what moved, the interval of their ratio, and 1 less its q", () => {
    const { of, casesOf } = figuresOf(moving);
    const moved = of("movement");
    expect(moved).toMatchObject({ measure: "cases", from: 40, to: 90, n: 130 });
    expect(moved!.interval!.low).toBeGreaterThan(1);
    expect(moved!.certainty).toBe(1 - (moved?.kind === "movement" ? moved.entry.q : 0));
    expect(casesOf("movement")).toBe(90);
  });

  it("lead to the very cases that were counted, whatever the finding", () => {
    const { of, casesOf } = figuresOf(moving);
    expect(casesOf("largest_cause")).toBe(90);
    expect(of("unfixed_cost")).toMatchObject({ to: 90 * 1050, n: 90 });
    expect(casesOf("unfixed_cost")).toBe(90); // neither cause 9, which has a fix, nor the cases without a cause
    expect(of("parted")).toMatchObject({ measure: "share", to: 17 / 107, n: 107, certainty: null });
    expect(casesOf("parted")).toBe(17);
  });

  it("keep the filter of the page", () => {
    const north: Clause = { dimension: "team", include: ["North"], exclude: [] };
    const noFault: Clause = { dimension: "cause", include: [], exclude: ["9"] };
    expect(figuresOf(moving, { clauses: [north] }).casesOf("parted")).toBe(12);
    expect(figuresOf(moving, { clauses: [noFault], fixedCauseIds: new Set() }).casesOf("unfixed_cost")).toBe(
      90,
    );
  });

  it("of no real change are how many causes were compared, and none that moved", () => {
    const { of } = figuresOf([
      ...many(1, "2024-01-01", { causeId: 15 }),
      ...many(20, "2026-05-01", { causeId: 7 }),
      ...many(24, "2026-08-01", { causeId: 7 }),
    ]);
    expect(of("no_change")).toMatchObject({ measure: "causes", to: 0, n: 1, certainty: null, cases: null });
  });

  it("are unknown, never 0, where nothing can be compared", () => {
    const unknown = { from: null, to: null, interval: null, n: null, certainty: null, cases: null };
    expect(figuresOf(moving, { covered: false }).of("not_covered")).toMatchObject(unknown);
    expect(figuresOf(moving, { volumeIsArtefact: true }).of("not_comparable")).toMatchObject(unknown);
    expect(figuresOf(moving, { covered: false }).of("parted")).toMatchObject({ from: null, to: 17 / 107 });
  });

  it("of a fix are cases a week before and since, with the interval of their ratio, over the days since", () => {
    const { of, casesOf } = figuresOf([...moving, ...many(3, "2026-06-15", { causeId: 7 })], {
      judgedFixes: [fixOf("effective")],
    });
    expect(of("fix_worked")).toMatchObject({
      measure: "cases_a_week",
      from: 6,
      to: 1.2,
      interval: measured.change?.interval,
      n: 72,
      certainty: 0.95,
    });
    expect(casesOf("fix_worked")).toBe(93); // from June to 9 August
    expect(figuresOf(moving, { judgedFixes: [fixOf("harmful")] }).of("fix_failed")?.n).toBe(72);
  });

  it("of a return are its cases beside those expected, as certain as the alarm is", () => {
    const { of, casesOf } = figuresOf([...moving, ...many(2, "2026-08-20", { causeId: 7 })], {
      judgedFixes: [fixOf("effective", { regression })],
    });
    const expected = { measure: "cases", from: 4.8, to: 14, interval: null, n: 14, certainty: 0.96 };
    expect(of("fix_regressed")).toMatchObject(expected);
    expect(casesOf("fix_regressed")).toBe(2);
  });

  it("of a burst are its customers beside the usual ones, over the days of its window", () => {
    const sketches = [...moving, ...many(14, "2026-08-05", { causeId: 9 })];
    const { of, casesOf } = figuresOf(sketches, { bursts: [burst] });
    expect(of("burst")).toMatchObject({ measure: "customers", from: 3.1, to: 12, interval: null, n: 12 });
    expect(casesOf("burst")).toBe(14);
  });

  it("of causes that tie for the largest lead to the cases of all", () => {
    const { of, casesOf } = figuresOf([
      ...many(1, "2024-01-01", { causeId: 15 }),
      ...[7, 9].flatMap((causeId) => many(6, "2026-08-01", { causeId })),
    ]);
    expect(of("largest_cause")).toMatchObject({ measure: "share", to: 0.5, n: 12 });
    expect(casesOf("largest_cause")).toBe(12);
  });
});
