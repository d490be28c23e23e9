import type { FixEvidence, WindowEvidence } from "./fix-evidence.ts";
import type { LongBaseline } from "./long-baseline.ts";
import { type RateChange, rateChange, type Side } from "./rate-change.ts";
import { ratioOfRatios } from "./ratio-of-ratios.ts";
import { shrunkDispersion } from "./shrunk-dispersion.ts";

/** What two windows show of a cause. */
export interface MeasuredChange {
  baseline: LongBaseline;
  /** Captured cases and weeks of each side. */
  before: { cases: number; weeks: number };
  after: { cases: number; weeks: number };
  /** Cases a week after / before, with nothing taken out: to be shown, never judged. `null` when none was seen before. */
  rawRatio: number | null;
  comparedWith: "exposure" | "unfixed_causes";
  /** By how much the variance exceeds Poisson's. */
  dispersion: number;
  /** With capture and volume taken out. `null` when nothing was seen, or nothing to compare with. */
  change: RateChange | null;
  /** The same with the emerging cases nearest to this cause added, and with no correction for capture. */
  withEmerging: RateChange | null;
  /** The same without the largest of the unfixed causes; `null` also where exposures are known. */
  withoutLargest: RateChange | null;
}

/** A window as it is compared: what is kept of it, by totals. */
interface Totals {
  cases: number;
  emerging: number;
  exposure: number;
  captureRate: number;
  /** By unfixed cause. */
  unfixed: number[];
}

/**
 * The change of a cause's rate from its baseline to the first `weeksAfter` weeks since the fix.
 * Without exposures the unfixed causes stand for the volume. Source: PRODUCT.md section 7. Cost: some ten beta quantiles.
 * @param baseline of the weeks before, by `longBaseline`
 * @param weeksAfter >= 1
 */
export function measureChange(
  { before, after, prior }: FixEvidence,
  baseline: LongBaseline,
  weeksAfter: number,
): MeasuredChange {
  const comparedWith = before.exposures === null ? "unfixed_causes" : "exposure";
  const dispersion = shrunkDispersion(baseline.noise, prior) ?? 1;
  const shared = shrunkDispersion(null, prior) ?? dispersion;
  const b = totalsOf(before, baseline.firstWeek, before.counts.length);
  const a = totalsOf(after, 0, weeksAfter);
  const weeks = before.counts.length - baseline.firstWeek;
  const compared = (from: Side, to: Side, leftOut: number | null) => {
    const own = rateChange(from, to, dispersion);
    if (own === null || comparedWith === "exposure") return own;
    const others = rateChange(othersOf(b, leftOut), othersOf(a, leftOut), shared);
    return others && ratioOfRatios(own, others);
  };
  const captured = (side: Totals) => ({ cases: side.cases, exposure: side.exposure * side.captureRate });
  return {
    baseline,
    before: { cases: b.cases, weeks },
    after: { cases: a.cases, weeks: weeksAfter },
    rawRatio: b.cases === 0 ? null : a.cases / weeksAfter / (b.cases / weeks),
    comparedWith,
    dispersion,
    change: compared(captured(b), captured(a), null),
    withEmerging: compared(withEmerging(b), withEmerging(a), null),
    withoutLargest: comparedWith === "exposure" ? null : compared(captured(b), captured(a), largestOf(b, a)),
  };
}

function totalsOf(window: WindowEvidence, from: number, to: number): Totals {
  const total = (row: readonly number[]) => row.slice(from, to).reduce((sum, value) => sum + value, 0);
  return {
    cases: total(window.counts),
    emerging: total(window.emerging),
    exposure: window.exposures === null ? to - from : total(window.exposures),
    captureRate: window.captureRate,
    unfixed: window.unfixed.map(total),
  };
}

/** The unfixed causes together; the same assigner captured them, so their capture is corrected alike. */
function othersOf({ unfixed, exposure, captureRate }: Totals, leftOut: number | null): Side {
  const cases = unfixed.reduce((sum, count, cause) => (cause === leftOut ? sum : sum + count), 0);
  return { cases, exposure: exposure * captureRate };
}

function withEmerging({ cases, emerging, exposure }: Totals): Side {
  return { cases: cases + emerging, exposure };
}

function largestOf(before: Totals, after: Totals): number | null {
  const sizes = before.unfixed.map((count, cause) => count + after.unfixed[cause]!);
  return sizes.length === 0 ? null : sizes.indexOf(Math.max(...sizes));
}
