import type { Day, Period } from "../period.ts";
import { type ChartKind, chooseChart, type Denominator, fewestForCounts } from "./choose-chart.ts";
import { gLimits } from "./g-limits.ts";
import { laneyLimits } from "./laney-limits.ts";
import type { Limits } from "./limits.ts";
import { type ChartMonth, casesInPeriod, type Measurement, measurements } from "./measurements.ts";
import { type Signal, signalsOf } from "./signals.ts";
import { tLimits } from "./t-limits.ts";
import { xmrLimits } from "./xmr-limits.ts";

export interface ChartSeries {
  /** Complete months, oldest first, without a hole between them. */
  months: readonly ChartMonth[];
  /** Days on which the cases happened, ascending, one a case. */
  caseDays: readonly Day[];
  denominator: Denominator;
  /** Days on which second fixes were implemented. Nothing else makes new limits. */
  fixedOn: readonly Day[];
}

export interface ControlChart {
  kind: ChartKind;
  points: ChartPoint[];
  /** One more than there are fixes, in the order of time; lines are broken between them. */
  phases: ChartPhase[];
}

export interface ChartPoint {
  /** A month; or (t, g) from the day of a case to the day of the next, or to the end of the months where `isOpen`. */
  span: Period;
  /** Cases (xmr), rate (laney_u), share (laney_p), days (t) or opportunities (g); `null`: not measured. */
  value: number | null;
  isOpen: boolean;
  limits: Limits | null;
  signals: Signal[];
  /** Index of its phase. */
  phase: number;
}

export interface ChartPhase {
  /** The fix that began it; `null` for the first. */
  fixedOn: Day | null;
  /** What the limits rest on; `null` where there are none. */
  baseline: { span: Period; points: number } | null;
  /** True under 12 points: the limits still move with each new one. Else they are frozen. */
  isTrial: boolean;
  /**
   * Why there are no limits: under 6 points; fewer than 2 cases a month on a chart of months; a baseline of equal values;
   * `null` where there are some.
   */
  noLimits: "too_few_points" | "too_rare" | "no_variation" | null;
}

export const fewestForBaseline = 12;
export const mostForBaseline = 24;
const fewestForTrial = 6;

/**
 * The control chart of a series, of the kind that its first baseline asks for (`chooseChart`). Each phase has limits from
 * its first `baselinePoints` measured points, which later points never move; while it has fewer than 12, from all it
 * has. A point belongs to the phase in which its span begins, so that what spans a fix is judged by the old limits.
 * The open gap of a rare cause is in no baseline, and signals only that it is long: it can only grow.
 * `null` where no month is measured.
 * Source: PRODUCT rules on control charts. Cost: linear, but for the gaps of t and g.
 * @param baselinePoints 12..24: more make surer limits, and may take a change for the baseline
 */
export function controlChart(
  series: ChartSeries,
  baselinePoints: number = fewestForBaseline,
): ControlChart | null {
  if (!(baselinePoints >= fewestForBaseline && baselinePoints <= mostForBaseline))
    throw new RangeError(`controlChart: expected 12 to 24 baseline points, got ${baselinePoints}`);
  const fixes = series.fixedOn.toSorted((a, b) => a - b);
  const kind = chooseChart(
    firstMonthlyMean(series, fixes[0] ?? Infinity, baselinePoints),
    series.denominator,
  );
  if (kind === null) return null;
  const all = measurements(kind, series.months, series.caseDays);
  const phaseOf = ({ span }: Measurement) => fixes.filter((day) => day <= span.start).length;
  const judged = [null, ...fixes].map((fixedOn, phase) =>
    judge(
      kind,
      all.filter((measurement) => phaseOf(measurement) === phase),
      { fixedOn, phase, baselinePoints },
    ),
  );
  return { kind, points: judged.flatMap(({ points }) => points), phases: judged.map(({ phase }) => phase) };
}

/** Cases a month over the first measured months, of those before the first fix if there are any. */
function firstMonthlyMean(
  { months, caseDays }: ChartSeries,
  firstFix: Day,
  baselinePoints: number,
): number | null {
  const measured = months.filter(({ isMeasured }) => isMeasured);
  const before = measured.filter(({ month }) => month.start < firstFix);
  const baseline = (before.length > 0 ? before : measured).slice(0, baselinePoints);
  if (baseline.length === 0) return null;
  return baseline.reduce((sum, { month }) => sum + casesInPeriod(month, caseDays), 0) / baseline.length;
}

interface PhaseOptions {
  fixedOn: Day | null;
  phase: number;
  baselinePoints: number;
}

function judge(
  kind: ChartKind,
  all: readonly Measurement[],
  { fixedOn, phase, baselinePoints }: PhaseOptions,
): { points: ChartPoint[]; phase: ChartPhase } {
  const measured = all.filter(({ value, isOpen }) => value !== null && !isOpen);
  const isTrial = measured.length < fewestForBaseline;
  const last = measured
    .slice(0, isTrial ? fewestForBaseline : Math.min(baselinePoints, measured.length))
    .at(-1);
  const baseline = last === undefined ? [] : all.slice(all.indexOf(measured[0]!), all.indexOf(last) + 1);
  const { limitsAt, noLimits } = limitsOf(kind, baseline, measured.length);
  const withLimits = all.map((point) => ({
    ...point,
    limits: point.value === null ? null : limitsAt(point),
  }));
  const signals = signalsOf(withLimits);
  return {
    points: withLimits.map(({ span, value, isOpen, limits }, i) => ({
      span,
      value,
      isOpen,
      limits,
      signals: signals[i]!.filter(({ side }) => !isOpen || side === "high"),
      phase,
    })),
    phase: {
      fixedOn,
      baseline:
        noLimits === null
          ? {
              span: { start: baseline[0]!.span.start, end: baseline.at(-1)!.span.end },
              points: baseline.filter(({ value }) => value !== null).length,
            }
          : null,
      isTrial,
      noLimits,
    },
  };
}

interface FoundLimits {
  limitsAt: (point: Measurement) => Limits | null;
  noLimits: ChartPhase["noLimits"];
}

function limitsOf(kind: ChartKind, baseline: readonly Measurement[], points: number): FoundLimits {
  const none = (noLimits: ChartPhase["noLimits"]): FoundLimits => ({ limitsAt: () => null, noLimits });
  if (points < fewestForTrial) return none("too_few_points");
  if (kind !== "t" && kind !== "g" && monthlyMean(baseline) < fewestForCounts) return none("too_rare");
  if (kind === "laney_u" || kind === "laney_p") {
    const at = laneyLimits(kind, baseline);
    return at === null ? none("no_variation") : { limitsAt: ({ of }) => at(of ?? 0), noLimits: null };
  }
  const make = { xmr: xmrLimits, t: tLimits, g: gLimits }[kind];
  const limits = make(baseline.map(({ value }) => value));
  return limits === null ? none("no_variation") : { limitsAt: () => limits, noLimits: null };
}

function monthlyMean(baseline: readonly Measurement[]): number {
  const counts = baseline.filter(({ value }) => value !== null).map(({ count }) => count ?? 0);
  return counts.reduce((sum, count) => sum + count, 0) / counts.length;
}
