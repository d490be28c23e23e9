import type { Day, Period } from "../period.ts";
import type { WindowEvidence } from "./fix-evidence.ts";
import type { MeasuredChange } from "./measure-change.ts";
import type { Side } from "./rate-change.ts";
import { regressedIn } from "./regressed-in.ts";
import { regressionWatch } from "./regression-watch.ts";

/** That a verified fix no longer holds. */
export interface Regression {
  /** The day on which it showed. */
  on: Day;
  /** The days from the verdict to there. */
  since: Period;
  /** Cases of these days, and what the verified rate would have brought at their volume. */
  cases: number;
  expected: number;
  /** The chance of a false alarm in a year of a fix that holds (`regressionWatch`). */
  falseAlarm: number;
}

/** The windows of a verified fix, and the weeks since its verdict, all counted by one assigner. */
export interface WatchedFix {
  before: WindowEvidence;
  after: WindowEvidence;
  since: WindowEvidence;
  measured: MeasuredChange;
  /** The day of the verdict: the first of `since`. */
  verifiedOn: Day;
}

/**
 * Whether a verified fix shows that its cause has come back, and since when; `null` while it holds. Volume is taken out as the
 * verdict took it out: by the exposures, else by the cases of the unfixed causes, as weeks of the baseline's volume.
 * Source: PRODUCT.md section 7, "regressed"; Lucas 1985. Cost: that of `regressionWatch`, 20 to 100 ms.
 */
export function findRegression({
  before,
  after,
  since,
  measured,
  verifiedOn,
}: WatchedFix): Regression | null {
  const baseline = volumesOf(before).slice(measured.baseline.firstWeek);
  const perWeek = sumOf(baseline) / baseline.length;
  if (perWeek === 0) return null; // nothing to take the volume out by
  const side = (window: WindowEvidence, volumes: readonly number[], cases: number): Side => ({
    cases,
    exposure: (sumOf(volumes) / perWeek) * captureOf(window),
  });
  const verified = side(after, volumesOf(after), sumOf(after.counts));
  const watch = regressionWatch({
    before: side(before, baseline, measured.before.cases),
    after: verified,
    exposurePerWeek: verified.exposure / after.counts.length,
    dispersion: measured.dispersion,
  });
  const exposures = volumesOf(since).map((volume) => (volume / perWeek) * captureOf(since));
  const week = regressedIn(since.counts, exposures, watch);
  if (week === null) return null;
  const until = week + 1;
  return {
    on: verifiedOn + 7 * until,
    since: { start: verifiedOn, end: verifiedOn + 7 * until },
    cases: sumOf(since.counts.slice(0, until)),
    expected: (verified.cases / verified.exposure) * sumOf(exposures.slice(0, until)),
    falseAlarm: watch.falseAlarm,
  };
}

/** Exposure by week, else the cases of the unfixed causes: the same assigner captured them, so their capture needs no correction. */
function volumesOf({ exposures, unfixed, counts }: WindowEvidence): readonly number[] {
  return exposures ?? counts.map((_, week) => unfixed.reduce((sum, cause) => sum + cause[week]!, 0));
}

function captureOf({ exposures, captureRate }: WindowEvidence): number {
  return exposures === null ? 1 : captureRate;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
