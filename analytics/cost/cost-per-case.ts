import { type Interval, z95 } from "../statistics/interval.ts";
import type { CaseCost, CostRates } from "./cause-cost.ts";

export interface CostPerCase {
  /** Minor units a case, in the mean. */
  mean: number;
  /** 95 % of the mean, made on the log scale, since costs are skewed; `null` of one case, or where the mean is 0. */
  interval: Interval | null;
  /** Cases of which every part is known that has a rate: what it rests on. */
  known: number;
  n: number;
}

/**
 * What a case of a cause costs in the mean, over the cases of which all parts are known that have a rate; compensation always
 * is a part. Here a customer who leaves counts with each case that says so. `null` where no case is known whole.
 * The interval is rough under some 30 cases.
 * Source: delta method for the log of a mean (Rice 2007, Mathematical Statistics, section 4.6). Cost: one pass.
 */
export function costPerCase(cases: readonly CaseCost[], rates: CostRates): CostPerCase | null {
  const costs = cases.map((one) => wholeCost(one, rates)).filter((cost) => cost !== null);
  const known = costs.length;
  if (known === 0) return null;
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / known;
  if (known === 1 || mean === 0) return { mean, interval: null, known, n: cases.length };
  const variance = costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / (known - 1);
  const width = (z95 * Math.sqrt(variance / known)) / mean;
  return {
    mean,
    interval: { low: mean * Math.exp(-width), high: mean * Math.exp(width) },
    known,
    n: cases.length,
  };
}

function wholeCost(one: CaseCost, { minuteMinor, customerMinor }: CostRates): number | null {
  if (one.compensationMinor === null) return null;
  if (minuteMinor !== null && one.handlingMinutes === null) return null;
  if (customerMinor !== null && one.parted === null) return null;
  return (
    one.compensationMinor +
    (minuteMinor ?? 0) * (one.handlingMinutes ?? 0) + // a part without a rate is no part
    (one.parted ? (customerMinor ?? 0) : 0)
  );
}
