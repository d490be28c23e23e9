/** Weeks until a fix has saved what it cost; `null` = never, at that saving. */
export interface Payback {
  weeks: number | null;
  /** At the largest saving that is likely. */
  soonest: number | null;
  /** At the smallest one. */
  latest: number | null;
}

/** Minor units a week, since the fix; the limits are those of a 95 % interval. Below 0: it costs more than before. */
export interface WeeklySaving {
  estimate: number;
  low: number;
  high: number;
}

/**
 * When a second fix has paid for itself, at what is saved a week since it. A fix that cost nothing has at once, if it
 * does no harm. `null` where its cost or its saving is not known.
 * Source: simple payback period, not discounted (Brealey, Myers & Allen, Principles of Corporate Finance, section 5.2). Cost: constant.
 * @param costMinor of the fix, >= 0
 */
export function paybackWeeks(costMinor: number | null, saving: WeeklySaving | null): Payback | null {
  if (costMinor === null || saving === null) return null;
  if (!(costMinor >= 0 && saving.low <= saving.estimate && saving.estimate <= saving.high))
    throw new RangeError(
      `paybackWeeks: expected a cost >= 0 and low <= estimate <= high, got ${costMinor}, ${saving.low}, ${saving.estimate} and ${saving.high}`,
    );
  const weeksAt = (saved: number) => {
    if (costMinor === 0 && saved >= 0) return 0;
    return saved > 0 ? costMinor / saved : null;
  };
  return { weeks: weeksAt(saving.estimate), soonest: weeksAt(saving.high), latest: weeksAt(saving.low) };
}
