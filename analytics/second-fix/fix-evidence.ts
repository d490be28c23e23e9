import type { Day } from "../period.ts";
import { type FixDates, fixWindows } from "./fix-windows.ts";
import type { NoisePrior } from "./noise-prior.ts";

/** What is counted in the weeks before a fix, or after it: whole weeks, oldest first. */
export interface WindowEvidence {
  /** Cases that the frozen assigner gives to the cause, open ones too. */
  counts: readonly number[];
  /** Emerging cases to which this cause is the nearest. */
  emerging: readonly number[];
  /** The share of all cases of the window to which the assigner gives a cause, 0 < share <= 1. */
  captureRate: number;
  /** Orders, contacts or cases by week, > 0; `null` where there is no such series. */
  exposures: readonly number[] | null;
  /** By unfixed cause, in one order in both windows: its cases by week. Read where there are no exposures. */
  unfixed: readonly (readonly number[])[];
}

/** All that a verdict rests on, but for the check itself. */
export interface FixEvidence {
  /** The weeks of `fixWindows(…).before` and `.after`. */
  before: WindowEvidence;
  after: WindowEvidence;
  /** The day after the last that the data tell of (`fixWindows` says what open cases have to do with it). */
  dataEnd: Day;
  /** Of the unfixed causes of the workspace. */
  prior: NoisePrior | null;
}

/** Throws where the evidence is not that of the windows of these dates. */
export function checkEvidence(dates: FixDates, { before, after, dataEnd }: FixEvidence): void {
  const windows = fixWindows(dates, { start: dates.implementedFrom, end: dataEnd });
  const weeks = (windows.after.end - windows.after.start) / 7;
  if (after.counts.length !== weeks)
    throw new RangeError(`FixEvidence: expected ${weeks} weeks after the fix, got ${after.counts.length}`);
  for (const window of [before, after]) {
    const rows = [window.emerging, window.exposures ?? window.counts, ...window.unfixed];
    if (rows.some((row) => row.length !== window.counts.length))
      throw new RangeError(`FixEvidence: expected ${window.counts.length} weeks in each series of a window`);
    if (!(window.captureRate > 0 && window.captureRate <= 1))
      throw new RangeError(`FixEvidence: expected 0 < capture rate <= 1, got ${window.captureRate}`);
    if (window.exposures?.some((exposure) => !(exposure > 0)))
      throw new RangeError(`FixEvidence: expected exposures > 0, got ${window.exposures.join(", ")}`);
  }
  if (
    (before.exposures === null) !== (after.exposures === null) ||
    before.unfixed.length !== after.unfixed.length
  )
    throw new RangeError("FixEvidence: expected the same exposures and unfixed causes before and after");
}
