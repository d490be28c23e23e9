import type { CostPerCase } from "../cost/cost-per-case.ts";
import { type Payback, paybackWeeks } from "../cost/payback-weeks.ts";
import type { MeasuredChange } from "./measure-change.ts";

/**
 * After how many weeks a second fix has saved what it cost: the cases a week that the rate before it would bring at the volume since,
 * less those that there are, each at what a case of the cause costs in the mean. The limits are those of the ratio's interval
 * alone; the mean cost is taken as known. `null` where the cost, the change or the cost a case is not known.
 * Source: PRODUCT.md section 7 ("payback against cost"). Cost: constant.
 */
export function fixPayback(
  costMinor: number | null,
  { before, rawRatio, change }: Pick<MeasuredChange, "before" | "rawRatio" | "change">,
  perCase: CostPerCase | null,
): Payback | null {
  if (perCase === null || change === null || change.ratio === null || before.weeks === 0) return null;
  const { ratio, interval } = change;
  // What is left of the raw ratio when the fix's is taken out; not known where no case is left.
  const volume = ratio > 0 && rawRatio !== null ? rawRatio / ratio : 1;
  const withoutFix = (before.cases / before.weeks) * volume;
  const saved = (at: number) => withoutFix * (1 - at) * perCase.mean;
  return paybackWeeks(costMinor, {
    estimate: saved(ratio),
    low: saved(interval.high),
    high: saved(interval.low),
  });
}
