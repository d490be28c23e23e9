import { benjaminiHochberg } from "../statistics/benjamini-hochberg.ts";
import { type RateRatio, rateRatio } from "../statistics/rate-ratio.ts";
import { whatMayBeSaid } from "../statistics/what-may-be-said.ts";

/** Cases of a cause before and since a decision, in days of the same length as far as the data go. */
export interface CallCounts {
  before: number;
  since: number;
  daysBefore: number;
  daysSince: number;
}

/** What became of a cause that was left alone. `too_early`: under 8 weeks. `not_measured`: no data of the time before, or no case. */
export type CallScore = UnscoredCall | ScoredCall;

interface UnscoredCall {
  is: "too_early" | "not_measured";
}

interface ScoredCall extends CallCounts {
  is: "count" | "rate" | "rose" | "fell";
  ratio: RateRatio;
}

const fewestDays = 56;
const mostQ = 0.05;

/**
 * The rate of each cause since a decision over that before it. What rose or fell passes the test of the page, which is one
 * family of all the decisions that are scored on it. In the order of the input. Volume is not taken out.
 * Source: Przyborowski & Wilenski 1940; Benjamini & Hochberg 1995. Cost: a ratio a decision.
 */
export function scoreCalls(counts: readonly CallCounts[]): CallScore[] {
  const ratios = counts.map(({ before, since, daysBefore, daysSince }) =>
    daysSince < fewestDays || daysBefore < fewestDays
      ? null
      : rateRatio(before, since, daysBefore, daysSince),
  );
  const tested = ratios.filter((ratio) => ratio !== null);
  const qs = benjaminiHochberg(tested.map(({ p }) => p));
  const qOf = new Map(tested.map((ratio, i) => [ratio, qs[i]!]));
  return counts.map((count, i): CallScore => {
    const ratio = ratios[i]!;
    if (count.daysSince < fewestDays) return { is: "too_early" };
    if (ratio === null) return { is: "not_measured" };
    const exposure = Math.min(count.daysBefore, count.daysSince);
    const saying = whatMayBeSaid(Math.max(count.before, count.since), exposure, ratio.interval);
    const isSure = saying === "verb" && qOf.get(ratio)! <= mostQ;
    const is = isSure ? (ratio.interval.low > 1 ? "rose" : "fell") : saying === "count" ? "count" : "rate";
    return { is, ratio, ...count };
  });
}
