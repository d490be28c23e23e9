import type { Limits } from "./limits.ts";

/**
 * `outside`: beyond a limit. `shift`: one of 7 in a row on one side of the centre. `trend`: one of 7 in a row that rise, or
 * fall, each from the last. `near`: one of two of three in a row that lie beyond two sigma on the same side.
 */
export type SignalKind = "outside" | "shift" | "trend" | "near";

export interface Signal {
  kind: SignalKind;
  /** The side of the centre; of a trend where it leads. */
  side: "high" | "low";
}

/** A value with its limits; `null` where it was not measured, or where there are no limits. */
export interface Judged {
  value: number | null;
  limits: Limits | null;
}

const longEnough = 7;

/**
 * The signals of each point of one phase; none inside the limits without a pattern. A gap ends every run: what lies on
 * its two sides are no neighbours. A point on the centre line ends a run on one side, and two equal points end a trend.
 * On a limit is inside it.
 * Source: NHS England, Making Data Count (the four rules); Western Electric 1956. Cost: linear.
 */
export function signalsOf(points: readonly Judged[]): Signal[][] {
  const sides = (["high", "low"] as const).map((side) => {
    const sign = side === "high" ? 1 : -1;
    return {
      outside: points.map((point) => isBeyond(point, side, "outer")),
      shift: inRuns(points.map(({ value, limits }) => signOf(value, limits?.centre ?? null) === sign)),
      trend: inTrends(points, sign),
      near: twoOfThree(points, side),
    };
  });
  return points.map((_, i) =>
    kinds.flatMap((kind) =>
      (["high", "low"] as const).flatMap((side, s) => (sides[s]![kind][i] === true ? [{ kind, side }] : [])),
    ),
  );
}

const kinds: readonly SignalKind[] = ["outside", "shift", "trend", "near"];

function signOf(value: number | null, other: number | null): number {
  return value === null || other === null ? 0 : Math.sign(value - other);
}

function isBeyond({ value, limits }: Judged, side: "high" | "low", zone: "outer" | "near"): boolean {
  if (value === null || limits === null) return false;
  if (side === "high") return value > (zone === "outer" ? limits.high : limits.nearHigh);
  return value < (zone === "outer" ? limits.low : limits.nearLow);
}

/** True within each unbroken run of at least `longEnough` true ones. */
function inRuns(holds: readonly boolean[], fewest: number = longEnough): boolean[] {
  const marked = holds.map(() => false);
  let start = 0;
  holds.forEach((held, i) => {
    if (!held) start = i + 1;
    if (i + 1 - start >= fewest) marked.fill(true, start, i + 1);
  });
  return marked;
}

/** Seven points that rise have six steps; the point before the first step belongs to them. */
function inTrends(points: readonly Judged[], sign: number): boolean[] {
  const hasLimits = points.some(({ limits }) => limits !== null);
  const steps = points.map(
    ({ value }, i) => hasLimits && i > 0 && signOf(value, points[i - 1]!.value) === sign,
  );
  const inSteps = inRuns(steps, longEnough - 1);
  return inSteps.map((held, i) => held || inSteps[i + 1] === true);
}

function twoOfThree(points: readonly Judged[], side: "high" | "low"): boolean[] {
  const near = points.map((point) => isBeyond(point, side, "near"));
  const marked = near.map(() => false);
  for (let i = 1; i < points.length; i++) {
    const window = [i - 2, i - 1, i].filter((at) => at >= 0);
    const measured = window.filter((at) => at === i || isUnbroken(points, at, i));
    const hits = measured.filter((at) => near[at] === true);
    if (hits.length >= 2) for (const at of hits) marked[at] = true;
  }
  return marked;
}

function isUnbroken(points: readonly Judged[], from: number, to: number): boolean {
  return points.slice(from, to + 1).every(({ value }) => value !== null);
}
