import { describe, expect, it } from "vitest";
import type { Clause } from "#analytics/filter/filter.ts";
import { select } from "#analytics/filter/select.ts";
import { findingFigures } from "#analytics/findings/finding-figures.ts";
import { type QuarterContext, quarterFindings } from "#analytics/findings/quarter-findings.ts";
import { type CaseSketch, dayOf, factsOf } from "#test/support/facts.ts";

const period = { start: dayOf("2026-07-01"), end: dayOf("2026-10-01") };
const many = (n: number, on: string, rest: Partial<CaseSketch>): CaseSketch[] =>
  Array.from({ length: n }, () => ({ on, ...rest }));
const paid = { compensationMinor: 1050, compensationCurrency: "EUR" };

const moving = [
  ...many(1, "2024-01-01", { causeId: 15 }),
  ...many(40, "2026-05-01", { causeId: 7 }),
  ...many(90, "2026-08-01", { causeId: 7, outcome: "restored", ...paid }),
  ...many(12, "2026-08-01", { causeId: 9, outcome: "parted", teamId: 1, ...paid }),
  ...many(5, "2026-08-01", { causeId: null, outcome: "parted", ...paid }),
];

function figuresOf(sketches: readonly CaseSketch[], rest: Partial<QuarterContext> = {}) {
  const facts = factsOf(sketches);
  const context: QuarterContext = {
    period,
    clauses: [],
    volumeIsArtefact: false,
    covered: true,
    outcomesArePartial: false,
    fixedCauseIds: new Set([9]),
    ...rest,
  };
  const figures = quarterFindings(facts, context).map((finding) => findingFigures(finding, context));
  const casesOf = (kind: string) => {
    const cases = figures.find((one) => one.kind === kind)?.cases;
    return cases ? select(facts, period, cases.cohort, cases.clauses).length : null;
  };
  return { figures, casesOf, of: (kind: string) => figures.find((one) => one.kind === kind) };
}

describe("the figures of a finding", () => {
  it("are both counts of what moved, the interval of their ratio, and 1 less its q", () => {
    const { of, casesOf } = figuresOf(moving);
    const moved = of("movement");
    expect(moved).toMatchObject({ measure: "cases", from: 40, to: 90, n: 130 });
    expect(moved!.interval!.low).toBeGreaterThan(1);
    expect(moved!.certainty).toBeGreaterThan(0.95);
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
});
