import { describe, expect, it } from "vitest";
import { kaplanMeier, survivalOf, survivalQuantile } from "#analytics/statistics/kaplan-meier.ts";
import { inLogBins } from "#analytics/statistics/log-bins.ts";
import { seededRandom } from "#app/demo/random.ts";

const shares = [0.1, 0.5, 0.9, 0.99];

/** Days of a log-normal kind, from minutes to years, a tenth of them censored. */
function manyDurations(n: number) {
  const random = seededRandom(3, "durations");
  const normal = () => Array.from({ length: 12 }, () => random.uniform()).reduce((a, b) => a + b, -6);
  const durations = Float64Array.from({ length: n }, () => Math.exp(1 + 2 * normal()));
  const ended = Uint8Array.from({ length: n }, () => Number(random.uniform() < 0.9));
  return { durations, ended };
}

describe("durations in bins", () => {
  it("give the quantiles and limits of the sorted ones within half a percent", () => {
    const { durations, ended } = manyDurations(60_000);
    const exact = kaplanMeier(durations, ended);
    const binned = survivalOf(inLogBins(durations, ended));
    expect(binned.n).toBe(exact.n);
    for (const share of shares) {
      const [one, other] = [survivalQuantile(exact, share), survivalQuantile(binned, share)];
      for (const key of ["value", "low", "high"] as const)
        expect(Math.abs(other[key]! / one[key]! - 1), `${share} ${key}`).toBeLessThan(0.005);
    }
  });

  it("keep whole days, of nothing too, as they are", () => {
    const durations = Float64Array.from({ length: 1000 }, (_, i) => i % 10);
    const ended = new Uint8Array(1000).fill(1);
    const counts = inLogBins(durations, ended);
    expect(counts.map(({ duration }) => duration)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(survivalOf(counts)).toEqual(kaplanMeier(durations, ended));
  });

  it("hold what is longer than a life in their last", () => {
    const [count, ...others] = inLogBins(Float64Array.of(1e9), Uint8Array.of(1));
    expect(count).toEqual({ duration: 1e9, ended: 1, censored: 0 });
    expect(others).toEqual([]);
  });
});
