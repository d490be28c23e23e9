import type { Day, Period } from "../period.ts";
import type { WindowEvidence } from "./fix-evidence.ts";

/**
 * Every case as one frozen assigner sees it, out of sample, so that no window is judged by a model that was made from it
 * alone. One element a case, in any order.
 */
export interface AssignedCases {
  /** The local day on which it happened. */
  days: Int32Array;
  /** The id of its cause, from 1; 0: none. */
  causes: Int32Array;
  /** Of an emerging case the cause that is nearest to it; 0: it is not emerging, or none is near. */
  nearest: Int32Array;
}

/** Whose cases are counted, and what they are counted beside. */
export interface CountedCause {
  /** The cause with those that were merged into it. */
  causeIds: ReadonlySet<number>;
  /** Causes without a second fix, each with those that were merged into it; in one order for every window. */
  unfixed: readonly ReadonlySet<number>[];
}

/**
 * What a window holds for a verdict: the cause's cases a week, the emerging ones nearest to it, the unfixed causes beside it,
 * and how much of all cases the assigner catches. Where it catches none, half a case, so that nothing is divided by 0.
 * Cost: one pass over all cases.
 * @param window of whole weeks
 * @param exposures orders or contacts by week of the window, > 0; `null` where there is no series
 */
export function evidenceOfCases(
  { days, causes, nearest }: AssignedCases,
  { causeIds, unfixed }: CountedCause,
  window: Period,
  exposures: readonly number[] | null,
): WindowEvidence {
  const weeks = (window.end - window.start) / 7;
  if (!Number.isInteger(weeks) || weeks < 0)
    throw new RangeError(`evidenceOfCases: expected whole weeks, got ${window.start} to ${window.end}`);
  const none = () => Array.from({ length: weeks }, () => 0);
  const [counts, emerging] = [none(), none()];
  const ofUnfixed = unfixed.map(none);
  const placeOf = new Map(
    unfixed.flatMap((ids, place) => [...ids].map((id): [number, number] => [id, place])),
  );
  let [all, captured] = [0, 0];
  for (let i = 0; i < days.length; i++) {
    const week = weekOf(days[i]!, window);
    if (week === null) continue;
    const cause = causes[i]!;
    all++;
    if (cause > 0) captured++;
    if (causeIds.has(cause)) counts[week]!++;
    else if (cause === 0 && causeIds.has(nearest[i]!)) emerging[week]!++;
    const place = placeOf.get(cause);
    if (place !== undefined) ofUnfixed[place]![week]!++;
  }
  const captureRate = all === 0 ? 1 : Math.max(captured, 0.5) / all;
  return { counts, emerging, captureRate, exposures, unfixed: ofUnfixed };
}

function weekOf(day: Day, { start, end }: Period): number | null {
  return day >= start && day < end ? Math.floor((day - start) / 7) : null;
}
