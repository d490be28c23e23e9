import type { Day, Period } from "../period.ts";
import type { Interval } from "../statistics/interval.ts";
import { poissonInterval } from "../statistics/poisson-interval.ts";

/** How much there was of what cases come from (orders, contacts), by day. A day that is not in it is unknown, never 0. */
export type Exposure = ReadonlyMap<Day, number>;

/** The exposure of a period; `null` where any of its days is unknown. Cost: its days. */
export function exposureIn(exposure: Exposure, { start, end }: Period): number | null {
  let sum = 0;
  for (let day = start; day < end; day++) {
    const value = exposure.get(day);
    if (value === undefined) return null;
    sum += value;
  }
  return sum;
}

/** Cases per 1,000 of the exposure. */
export interface ExposureRate {
  rate: number;
  /** 95 %, exact, of chance alone: where cases come in bursts the truth may lie further out. */
  interval: Interval;
}

/** `null` where the exposure is unknown, or there was none. Source: `poissonInterval`. */
export function exposureRate(cases: number, exposure: number | null): ExposureRate | null {
  if (exposure === null || exposure === 0) return null;
  const { low, high } = poissonInterval(cases);
  const perThousand = (count: number) => (1000 * count) / exposure;
  return { rate: perThousand(cases), interval: { low: perThousand(low), high: perThousand(high) } };
}
