import { describe, expect, it } from "vitest";
import { select } from "#analytics/filter/select.ts";
import type { QuarterContext } from "#analytics/findings/quarter-context.ts";
import { quarterFindings } from "#analytics/findings/quarter-findings.ts";
import { formatDay } from "#analytics/period.ts";
import { bursts } from "#analytics/repeats/bursts.ts";
import { fixWindows } from "#analytics/second-fix/fix-windows.ts";
import { judgeSecondFix } from "#analytics/second-fix/judge-second-fix.ts";
import { type CaseSketch, factsOf, sketchCauses } from "#test/support/facts.ts";
import { burst as burstOfBrokenLeg, fixOf, plainQuarter } from "#test/support/findings.ts";

const many = (n: number, on: string, rest: Partial<CaseSketch>): CaseSketch[] =>
  Array.from({ length: n }, () => ({ on, ...rest }));
const history = many(1, "2024-01-01", { causeId: 15 });
const rises = [
  ...history,
  ...many(40, "2026-05-01", { causeId: 7 }),
  ...many(90, "2026-08-01", { causeId: 7 }),
];
const still = [
  ...history,
  ...many(20, "2026-05-01", { causeId: 7 }),
  ...many(24, "2026-08-01", { causeId: 7 }),
];

const burst = { ...burstOfBrokenLeg, cause: sketchCauses[0]! };

const findingsOf = (sketches: readonly CaseSketch[], rest: Partial<QuarterContext> = {}) =>
  quarterFindings(factsOf(sketches), { ...plainQuarter, ...rest });
const kindsOf = (...args: Parameters<typeof findingsOf>) => findingsOf(...args).map(({ kind }) => kind);

describe("the findings of a quarter", () => {
  it("are ranked by the cases in question, times their certainty", () => {
    const findings = findingsOf([
      ...rises, // 50 more
      ...many(55, "2026-08-01", { causeId: 9, outcome: "parted" }),
      ...many(5, "2026-08-01", { causeId: 9, outcome: "restored" }), // new, and 30 less than the largest
      ...many(35, "2026-08-01", { causeId: 12, compensationMinor: 100, compensationCurrency: "EUR" }),
      ...many(9, "2026-08-01", { causeId: 12, compensationMinor: 0, compensationCurrency: "EUR" }),
    ]);
    expect(findings.map(({ kind, inQuestion }) => [kind, inQuestion])).toEqual([
      ["movement", 60],
      ["parted", 55],
      ["movement", 50],
      ["movement", 44],
      ["unfixed_cost", 35],
      ["largest_cause", 30],
    ]);
  });

  it("hold a burst and the movements for one family of tests", () => {
    expect(kindsOf(still, { bursts: [burst] })).toContain("burst");
    expect(kindsOf(still, { bursts: [burst] })).not.toContain("no_change");
    expect(kindsOf(still, { bursts: [{ ...burst, p: 0.04 }] })).toContain("no_change"); // q is .08
    expect(kindsOf(still, { bursts: [{ ...burst, window: null }] })).not.toContain("burst");
    const q = (given: QuarterContext["bursts"]) =>
      findingsOf(rises, { bursts: given }).flatMap((finding) =>
        finding.kind === "movement" ? [finding.entry.q] : [],
      );
    const [alone, among] = [q(null), q([{ ...burst, p: 0.9 }])];
    expect(among[0]).toBeCloseTo(2 * alone[0]!, 12);
    const found = findingsOf(still, { bursts: [burst] }).find(({ kind }) => kind === "burst");
    expect(found?.certainty).toBeCloseTo(1 - 2 * burst.p, 12);
  });

  it("have no burst in it where nothing is compared", () => {
    expect(kindsOf(still, { bursts: [burst], covered: false })).not.toContain("burst");
    expect(kindsOf(still, { bursts: [burst], volumeIsArtefact: true })).not.toContain("burst");
  });

  it("have the verdict of a second fix in it, also in a quarter without a case", () => {
    expect(kindsOf(rises, { judgedFixes: [fixOf("effective"), fixOf("inconclusive")] })).toEqual([
      "largest_cause",
      "movement",
      "fix_worked",
    ]);
    expect(kindsOf(history, { judgedFixes: [fixOf("effective")] })).toEqual(["fix_worked"]);
    expect(kindsOf(history)).toEqual([]);
  });

  it("take verdicts and bursts as the functions that find them give them", () => {
    const weekly = (weeks: number, cases: number) => Array.from({ length: weeks }, () => cases);
    const windowOf = (counts: number[]) => ({
      counts,
      emerging: counts.map(() => 0),
      captureRate: 1,
      exposures: counts.map(() => 100),
      unfixed: [],
    });
    const implemented = plainQuarter.period.end - 7 * 29;
    const check = {
      decidedOn: implemented - 56,
      implementedFrom: implemented,
      implementedTo: implemented,
      washInDays: 14,
      checkOn: implemented + 7 * 15,
      windowEnd: implemented + 7 * 28,
      targetCut: 0.5,
    };
    const evidence = {
      before: windowOf(weekly(104, 4)),
      after: windowOf(weekly(26, 1)),
      dataEnd: check.windowEnd,
      prior: null,
    };
    const judgement = judgeSecondFix(check, evidence);
    const since = fixWindows(check, { start: implemented - 7 * 104, end: check.windowEnd }).after;
    const fix = { ...fixOf("effective"), judgement, judgedOn: check.windowEnd, since };
    const crowd = Array.from({ length: 12 }, (_, i) => ({
      on: "2026-08-05",
      causeId: 7,
      customerRef: `c${i}`,
    }));
    const usual = Array.from({ length: 600 }, (_, i) => ({
      on: formatDay(plainQuarter.period.end - 1 - i),
      causeId: i % 30 === 0 ? 7 : 9,
      customerRef: `u${i}`,
    }));
    const facts = factsOf([...usual, ...crowd]);
    const { period } = plainQuarter;
    const usualFrom = period.start - 365;
    const rows = select(facts, { start: usualFrom, end: period.end }, "incidence", []);
    const found = bursts(facts, rows, { period, usualFrom, withinDays: 30, seed: 1 });
    const findings = quarterFindings(facts, { ...plainQuarter, judgedFixes: [fix], bursts: found });
    expect(findings.find(({ kind }) => kind === "fix_worked")).toMatchObject({ from: 4, to: 1, n: 442 });
    const [crowded] = findings.filter((finding) => finding.kind === "burst");
    expect(crowded).toMatchObject({ burst: { cause: { causeId: 7 } }, measure: "customers" });
    expect(crowded?.to).toBeGreaterThanOrEqual(12);
    const { period: days, cohort, clauses } = crowded!.cases!;
    expect(select(facts, days, cohort, clauses)).toHaveLength(crowded!.to!);
  });

  it("say first that nothing is compared, or that nothing changed, for that is about all cases", () => {
    const paid = { compensationMinor: 100, compensationCurrency: "EUR", outcome: "parted" } as const;
    const sketches = [
      ...history,
      ...many(20, "2026-05-01", { causeId: 7 }),
      ...many(24, "2026-08-01", { causeId: 7, ...paid }),
    ];
    expect(kindsOf(sketches, { covered: false })[0]).toBe("not_covered");
    expect(kindsOf(sketches, { volumeIsArtefact: true })[0]).toBe("not_comparable");
    expect(kindsOf(sketches)[0]).toBe("no_change");
  });

  it("name all causes that tie for the largest, and by how many they lead before the next", () => {
    const of = (...counts: [number, number, number]) =>
      findingsOf(counts.flatMap((n, i) => many(n, "2026-08-01", { causeId: [7, 9, 12][i]! }))).find(
        (finding) => finding.kind === "largest_cause",
      );
    expect(of(9, 5, 1)).toMatchObject({ ranked: { cause: { causeId: 7 } }, tied: [], lead: 4 });
    expect(of(5, 9, 9)).toMatchObject({
      ranked: { cause: { causeId: 9 } },
      tied: [{ causeId: 12 }],
      lead: 0,
    });
    expect(of(5, 0, 0)).toMatchObject({ lead: 5 });
    expect(findingsOf(many(5, "2026-08-01", { causeId: null })).map(({ kind }) => kind)).not.toContain(
      "largest_cause",
    );
  });

  it("count who parted before only where the data cover it", () => {
    const sketches = [
      ...history,
      ...many(4, "2026-05-01", { outcome: "parted" }),
      ...many(2, "2026-08-01", { outcome: "parted" }),
    ];
    const of = (rest: Partial<QuarterContext>) =>
      findingsOf(sketches, rest).find((finding) => finding.kind === "parted");
    expect(of({})).toMatchObject({ now: { hits: 2, n: 2 }, before: { hits: 4, n: 4 } });
    expect(of({ covered: false })).toMatchObject({ before: null });
    expect(of({ outcomesArePartial: true })).toBeUndefined();
  });
});
