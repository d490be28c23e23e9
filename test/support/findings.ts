import type { Finding } from "#analytics/findings/finding-figures.ts";
import type { QuarterContext } from "#analytics/findings/quarter-context.ts";
import type { JudgedFix } from "#analytics/findings/statement.ts";
import type { CauseBurst } from "#analytics/repeats/bursts.ts";
import type { Judgement } from "#analytics/second-fix/judge-second-fix.ts";
import type { MeasuredChange } from "#analytics/second-fix/measure-change.ts";
import { rateChange } from "#analytics/second-fix/rate-change.ts";
import { dayOf, sketchCauses } from "./facts.ts";

export const thirdQuarter = { start: dayOf("2026-07-01"), end: dayOf("2026-10-01") };
const [lateDelivery] = sketchCauses;

/** The third quarter of 2026, with nothing but its cases; cause 9 has a fix in place. */
export const plainQuarter: QuarterContext = {
  period: thirdQuarter,
  clauses: [],
  volumeIsArtefact: false,
  covered: true,
  outcomesArePartial: false,
  fixedCauseIds: new Set([9]),
  judgedFixes: [],
  bursts: null,
};

/** 60 cases in ten weeks before, 12 in ten weeks since, at the same volume: 6 a week to 1.2, ratio 0.2; scipy 1.17.1 `beta.ppf` has 0.098-0.376. */
export const measured: MeasuredChange = {
  baseline: { firstWeek: 0, basis: "long", step: null, noise: null },
  before: { cases: 60, weeks: 10 },
  after: { cases: 12, weeks: 10 },
  rawRatio: 0.2,
  comparedWith: "exposure",
  dispersion: 1,
  change: rateChange({ cases: 60, exposure: 10 }, { cases: 12, exposure: 10 }, 1),
  withEmerging: null,
  withoutLargest: null,
};

/** A second fix for late delivery, judged in August 2026. */
export function fixOf(
  verdict: Judgement["verdict"],
  rest: Partial<JudgedFix> = {},
  change: Partial<MeasuredChange> = {},
): JudgedFix {
  return {
    cause: lateDelivery!,
    fixes: 1,
    targetCut: 0.5,
    judgement: { verdict, reasons: [], closedAt: "window_end", measured: { ...measured, ...change } },
    judgedOn: dayOf("2026-08-10"),
    since: { start: dayOf("2026-06-01"), end: dayOf("2026-08-10") },
    regression: null,
    ...rest,
  };
}

export const regression = {
  on: dayOf("2026-09-07"),
  since: { start: dayOf("2026-08-10"), end: dayOf("2026-09-07") },
  cases: 14,
  expected: 4.8,
  falseAlarm: 0.04,
};

/** Twelve customers in the thirty days from 3 August 2026, where 3.1 are usual. */
export const burst: CauseBurst & { window: { start: number; end: number } } = {
  cause: sketchCauses[1]!,
  window: { start: dayOf("2026-08-03"), end: dayOf("2026-09-02") },
  customers: 12,
  expected: 3.1,
  p: 0.002,
  unknownCustomers: 0,
};

/** What a finding is ranked by. */
export function findingOf(
  kind: Finding["kind"],
  inQuestion: number,
  certainty: number | null = null,
): Finding {
  return { kind, inQuestion, certainty } as Finding; // the rest of it is not read
}
