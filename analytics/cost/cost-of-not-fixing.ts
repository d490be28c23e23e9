import type { Interval } from "../statistics/interval.ts";
import type { CostPerCase } from "./cost-per-case.ts";

/** How many cases are expected, 95 % interval. */
export interface ExpectedCount extends Interval {
  expected: number;
}

export interface CostOfNotFixing {
  /** Minor units over the time that the count is expected for. */
  expectedMinor: number;
  /** Of the count and the cost a case together; `null` where the cost a case has none. */
  interval: Interval | null;
}

/**
 * What the cases that are expected will cost, if nothing is done and a case costs what it cost. The two intervals are put together
 * on the log scale, as if independent: the distances from the estimates to their limits add up as squares do.
 * `null` where the cost a case is not known.
 * Source: MOVER, Zou & Donner 2008, Statistics in Medicine 27:1693-1702; of a product by Zou, Huang & Zhang 2009. Cost: constant.
 * @param count low <= expected <= high, all >= 0
 */
export function costOfNotFixing(count: ExpectedCount, perCase: CostPerCase | null): CostOfNotFixing | null {
  if (!(count.low >= 0 && count.low <= count.expected && count.expected <= count.high))
    throw new RangeError(
      `costOfNotFixing: expected 0 <= low <= expected <= high, got ${count.low}, ${count.expected} and ${count.high}`,
    );
  if (perCase === null) return null;
  const expectedMinor = count.expected * perCase.mean;
  const { interval } = perCase;
  if (interval === null) return { expectedMinor, interval: null };
  if (count.expected === 0) return { expectedMinor, interval: { low: 0, high: count.high * interval.high } };
  const distance = (countLimit: number, costLimit: number) =>
    Math.hypot(Math.log(countLimit / count.expected), Math.log(costLimit / perCase.mean));
  return {
    expectedMinor,
    interval: {
      low: expectedMinor * Math.exp(-distance(count.low, interval.low)),
      high: expectedMinor * Math.exp(distance(count.high, interval.high)),
    },
  };
}
