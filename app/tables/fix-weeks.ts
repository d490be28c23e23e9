import { fewestForCounts } from "#analytics/control-charts/choose-chart.ts";
import type { Limits } from "#analytics/control-charts/limits.ts";
import { signalsOf } from "#analytics/control-charts/signals.ts";
import { xmrLimits } from "#analytics/control-charts/xmr-limits.ts";
import { type Day, formatDay, type Period } from "#analytics/period.ts";
import type { FixDates, FixWindows } from "#analytics/second-fix/fix-windows.ts";
import { afterStart } from "#analytics/second-fix/fix-windows.ts";
import type { RecordedJudgement, RecordedWindow } from "#analytics/second-fix/recorded-judgement.ts";
import type { Interval } from "#analytics/statistics/interval.ts";
import { poissonInterval } from "#analytics/statistics/poisson-interval.ts";
import type { TableData } from "./table.ts";

/**
 * `left_out`: before the step, or with no honest baseline. `after_look`: within the window, after the look that closed the matter.
 * `after_window`: later than that; only where the pages count all weeks, since the verdict has counted none of them.
 */
export type WeekPart = "left_out" | "baseline" | "since" | "after_look" | "after_window";

export interface FixWeek {
  start: Day;
  part: WeekPart;
  cases: number;
  /** Cases of the causes without a second fix. */
  unfixed: number;
  /** It breaks the limits of the baseline, or is one of seven on one side of its mean. */
  signal: { kind: "outside" | "shift"; side: "high" | "low" } | null;
}

/** Cases a week of one side. */
export interface FixSide {
  cases: number;
  weeks: number;
  mean: number;
  captureRate: number;
  /** Emerging cases nearest to this cause; `null`: nobody has counted them. */
  emerging: number | null;
}

/** The weeks around a second fix, as its chart and its table show them. Plain data. */
export interface FixWeeks {
  /** `recorded`: as the verdict counted them, by one frozen assigner. `published`: as the pages count them. */
  source: "recorded" | "published";
  weeks: FixWeek[];
  dates: FixDates;
  /** The first week of the baseline begins with a step that passed its test. */
  step: Day | null;
  baseline: FixSide | null;
  since: (FixSide & { interval: Interval }) | null;
  /** Cases are counted against an exposure series. */
  byExposure: boolean;
  /** Of the baseline; `null` where there is none, or where it has fewer than 2 cases a week. */
  limits: Limits | null;
}

/** What is counted in both windows, whoever counted it. */
export interface CountedWindows {
  source: FixWeeks["source"];
  dates: FixDates;
  windows: FixWindows;
  before: RecordedWindow;
  after: RecordedWindow;
  /** Of the baseline; `null`: there is none. */
  baseline: { firstWeek: number; hasStep: boolean } | null;
  /** How many of the weeks since count; all where nothing else was said. */
  weeksSince: number;
  dispersion: number;
  knowsEmerging: boolean;
  /** Weeks after the window's end. */
  later: { start: Day; cases: number[]; unfixed: number[] };
}

export function fixWeeks(counted: CountedWindows): FixWeeks {
  const { source, dates, windows, before, after, baseline, weeksSince, later } = counted;
  const first = baseline?.firstWeek ?? before.counts.length;
  const plain = [
    ...weeksFrom(windows.before.start, before.counts, before.unfixed, (week) =>
      week < first ? "left_out" : "baseline",
    ),
    ...weeksFrom(windows.after.start, after.counts, after.unfixed, (week) =>
      week < weeksSince ? "since" : "after_look",
    ),
    ...weeksFrom(later.start, later.cases, later.unfixed, () => "after_window"),
  ];
  const kept = before.counts.slice(first);
  const side = baseline === null ? null : sideOf(before, first, before.counts.length, counted);
  const limits = side === null || side.mean < fewestForCounts ? null : xmrLimits(kept);
  const since = weeksSince === 0 ? null : sideOf(after, 0, weeksSince, counted);
  return {
    source,
    weeks: withSignals(plain, limits),
    dates,
    step: baseline?.hasStep ? windows.before.start + 7 * first : null,
    baseline: side,
    since: since && { ...since, interval: widened(since, counted.dispersion) },
    limits,
    byExposure: before.exposures !== null,
  };
}

/** As a verdict recorded it, up to the end of its window. */
export function recordedWindows({
  check,
  judgement,
  windows,
  before,
  after,
}: RecordedJudgement): CountedWindows {
  const { measured } = judgement;
  return {
    source: "recorded",
    dates: check,
    windows,
    before,
    after,
    baseline: measured && {
      firstWeek: measured.baseline.firstWeek,
      hasStep: measured.baseline.step !== null && measured.baseline.step.week === measured.baseline.firstWeek,
    },
    weeksSince: measured?.after.weeks ?? after.counts.length,
    dispersion: measured?.dispersion ?? 1,
    knowsEmerging: true,
    later: { start: windows.after.end, cases: [], unfixed: [] },
  };
}

/** Means a week of the weeks that a verdict rests on, and of those after its window, by the cases of the pages. */
export interface PublishedMeans {
  baseline: number | null;
  since: number | null;
  later: { weeks: number; mean: number } | null;
}

/**
 * What the pages count in the very weeks of a verdict: another rule than its own, so that the weeks after its window, which
 * it has not counted, have something to be compared with.
 */
export function publishedMeans(recorded: FixWeeks, published: FixWeeks): PublishedMeans {
  const casesOf = new Map(published.weeks.map(({ start, cases }) => [start, cases]));
  const inPart = (part: WeekPart) => recorded.weeks.filter((week) => week.part === part);
  const meanOf = (weeks: readonly FixWeek[]) =>
    weeks.length === 0
      ? null
      : weeks.reduce((sum, { start }) => sum + (casesOf.get(start) ?? 0), 0) / weeks.length;
  const later = published.weeks.filter(({ part }) => part === "after_window");
  const mean = meanOf(later);
  return {
    baseline: meanOf(inPart("baseline")),
    since: meanOf(inPart("since")),
    later: mean === null ? null : { weeks: later.length, mean },
  };
}

function weeksFrom(
  start: Day,
  counts: readonly number[],
  unfixed: readonly number[],
  partOf: (week: number) => WeekPart,
): FixWeek[] {
  return counts.map((cases, week) => ({
    start: start + 7 * week,
    part: partOf(week),
    cases,
    unfixed: unfixed[week] ?? 0,
    signal: null,
  }));
}

function sideOf(
  { counts, emerging, captureRate }: RecordedWindow,
  from: number,
  to: number,
  { knowsEmerging }: CountedWindows,
): FixSide {
  const sum = (row: readonly number[]) => row.slice(from, to).reduce((total, value) => total + value, 0);
  const cases = sum(counts);
  return {
    cases,
    weeks: to - from,
    mean: cases / (to - from),
    captureRate,
    emerging: knowsEmerging ? sum(emerging) : null,
  };
}

/** Weeks are held against the limits from the baseline on; in the baseline itself a run on one side is no news. */
function withSignals(weeks: readonly FixWeek[], limits: Limits | null): FixWeek[] {
  if (limits === null) return [...weeks];
  const isCompared = ({ part }: FixWeek) => part !== "left_out";
  const signals = signalsOf(weeks.map((week) => ({ value: isCompared(week) ? week.cases : null, limits })));
  return weeks.map((week, i) => {
    const found = signals[i]!.find(
      ({ kind }) => kind === "outside" || (kind === "shift" && week.part !== "baseline"),
    );
    if (found === undefined) return week;
    return { ...week, signal: { kind: found.kind === "outside" ? "outside" : "shift", side: found.side } };
  });
}

/** The exact interval of a mean, of as many cases as the over-dispersed ones are worth. */
function widened({ cases, weeks }: FixSide, dispersion: number): Interval {
  const { low, high } = poissonInterval(Math.round(cases / dispersion));
  return { low: (low * dispersion) / weeks, high: (high * dispersion) / weeks };
}

const partWords: Record<WeekPart, string> = {
  left_out: "before, left out",
  baseline: "before: baseline",
  since: "since the fix",
  after_look: "since the fix, after the look",
  after_window: "after the window",
};

/** The numbers of the chart. */
export function fixWeeksTable({ weeks, source }: FixWeeks, csvHref: string): TableData {
  const how =
    source === "recorded"
      ? "as the verdict counted them; weeks after its window as the pages count them"
      : "as the pages count them";
  return {
    name: "fix-weeks",
    caption: "Cases by week, before and since the fix",
    csvHref,
    note: `Cases by the day they happened, ${how}. What lies between the fix and the end of the wash-in belongs to neither side.`,
    columns: [
      { key: "week", label: "Week from", kind: "date" },
      { key: "part", label: "Part", kind: "text" },
      { key: "cases", label: "Cases", kind: "count" },
      { key: "unfixed", label: "Causes without a fix", kind: "count" },
      { key: "signal", label: "Against the baseline", kind: "text" },
    ],
    rows: weeks.map(({ start, part, cases, unfixed, signal }) => ({
      cells: {
        week: formatDay(start),
        part: partWords[part],
        cases,
        unfixed,
        signal: signal === null ? "" : `${signalWords[signal.kind]} (${signal.side})`,
      },
    })),
  };
}

const signalWords = { outside: "outside the limits", shift: "one of 7 or more on one side" };

/** Where the days that count as "since the fix" begin, and the wash-in ends. */
export function washInOf(dates: FixDates): Period {
  return { start: dates.implementedFrom, end: afterStart(dates) };
}
