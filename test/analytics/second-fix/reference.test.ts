import { describe, expect, it } from "vitest";
import { countDistribution } from "#analytics/second-fix/count-distribution.ts";
import { cusumAlarmProbability } from "#analytics/second-fix/cusum.ts";
import { noiseOf } from "#analytics/second-fix/noise.ts";
import { noisePrior } from "#analytics/second-fix/noise-prior.ts";
import { rateChange } from "#analytics/second-fix/rate-change.ts";
import { ratioOfRatios } from "#analytics/second-fix/ratio-of-ratios.ts";
import { shrunkDispersion } from "#analytics/second-fix/shrunk-dispersion.ts";
import { likeliestStep, stepProbability } from "#analytics/second-fix/step-test.ts";
import { whenCanWeKnow } from "#analytics/second-fix/when-can-we-know.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

const table = <Row>(name: string) => referenceTable<Row>("second-fix", name);
const numbersOf = (text: string) => text.split(",").map(Number);

describe("the numerics of a second fix", () => {
  it("has R's Poisson and negative binomial probabilities (dpois, dnbinom)", () => {
    expect.hasAssertions();
    for (const { mean, variance, k, p } of table<Record<"mean" | "variance" | "k" | "p", number>>("counts")) {
      const { first, probabilities } = countDistribution(mean, variance);
      expectNear(probabilities[k - first], p);
    }
  });

  it("has the exact conditional limits of a ratio (qbeta on counts over their dispersion)", () => {
    expect.hasAssertions();
    type Row = Record<"b" | "a" | "eb" | "ea" | "phi" | "low" | "high", number> & { ratio: number | null };
    for (const { b, a, eb, ea, phi, ratio, low, high } of table<Row>("ratios")) {
      const change = rateChange({ cases: b, exposure: eb }, { cases: a, exposure: ea }, phi);
      if (ratio === null) expect(change?.ratio).toBeNull();
      else expectNear(change?.ratio, ratio);
      expectNear(change?.interval.low, low);
      expectNear(change?.interval.high, high);
    }
  });

  it("has the limits of a ratio of ratios (Donner and Zou's equation on limits by qbeta)", () => {
    expect.hasAssertions();
    for (const row of table<DoubleRow>("double")) {
      const double = doubleOf(row);
      expectNear(double?.ratio, row.ratio);
      expectNear(double?.interval.low, row.low);
      expectNear(double?.interval.high, row.high);
    }
  });

  it("comes within a tenth of the exact odds ratio of the same four counts (fisher.test)", () => {
    expect.hasAssertions();
    for (const row of table<DoubleRow>("double").filter(({ phi }) => phi === 1)) {
      const interval = doubleOf(row)?.interval;
      if (row.fisherLow > 0.01) expectNear(interval?.low, row.fisherLow, 0.1); // below, its search stops early
      expectNear(interval?.high, row.fisherHigh, 0.1);
    }
  });

  it("finds R's likeliest step and its probability (dbinom of what is left, week by week)", () => {
    expect.hasAssertions();
    for (const row of table<StepRow>("steps")) {
      const [counts, exposures] = [numbersOf(row.counts), numbersOf(row.exposures)];
      const step = likeliestStep(counts, exposures);
      expect(step?.week).toBe(row.week);
      expectNear(step?.logLikelihoodRatio, row.ratio);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const p = stepProbability(row.ratio * 0.999999, total, exposures);
      expect(Math.abs(p - row.p)).toBeLessThan(1e-11);
      if (row.dealt !== null) expectNear(p, row.dealt);
    }
  });

  it("has R's dispersion (quasi-Poisson glm with offset) and correlation of neighbouring residuals", () => {
    expect.hasAssertions();
    for (const row of table<NoiseRow>("noise")) {
      const [counts, exposures] = [numbersOf(row.counts), numbersOf(row.exposures)];
      const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
      const rate = sum(counts) / sum(exposures);
      const noise = noiseOf(
        counts,
        exposures.map((exposure) => rate * exposure),
        1,
      );
      expectNear(noise?.dispersion, row.dispersion, 1e-6); // a glm iterates
      expectNear(noise?.degrees, row.degrees, 1e-6);
      expectNear(noise?.correlation, row.correlation, 1e-6);
    }
  });

  it("shrinks by R's medians and quartiles, and widens by R's qt", () => {
    expect.hasAssertions();
    const [row] = table<PriorRow>("prior");
    const [degrees, correlations, weeks] = [row!.degreesOf, row!.correlations, row!.weeks].map(numbersOf);
    const prior = noisePrior(
      numbersOf(row!.dispersions).map((dispersion, i) => ({
        dispersion,
        degrees: degrees![i]!,
        correlation: correlations![i]!,
        weeks: weeks![i]!,
      })),
    );
    expectNear(prior?.dispersion, row!.dispersion);
    expectNear(prior?.degrees, row!.degrees);
    expectNear(prior?.correlation, row!.correlation);
    expectNear(prior?.correlationVariance, row!.correlationVariance);
    const own = { dispersion: 1.8, degrees: 50, correlation: 0.35, weeks: 90 };
    expectNear(shrunkDispersion(own, prior), row!.shrunk);
  });

  it("weighs every count that can be seen (dnbinom, qbeta, no shortcut)", () => {
    expect.hasAssertions();
    for (const { b, phi, hoped, weeks, p } of table<Record<"b" | "phi" | "hoped" | "weeks" | "p", number>>(
      "know",
    )) {
      const before = { cases: b, exposure: 104 };
      const { probabilities } = whenCanWeKnow(
        { before, exposurePerWeek: 1, dispersion: phi, hopedCut: hoped, targetCut: 0.5 },
        weeks,
      );
      expectNear(probabilities.at(-1), p);
    }
  });

  it("has the alarm probability of a cusum (powers of its transition matrix)", () => {
    expect.hasAssertions();
    for (const { mean, dispersion, perCase, perWeek, limit, weeks, p } of table<CusumRow>("cusum")) {
      const weekly = countDistribution(mean, mean * dispersion);
      const alarm = cusumAlarmProbability(weekly, { perCase, perWeek, limit }, weeks);
      if (p > 1e-9) expectNear(alarm, p);
      else expect(Math.abs(alarm - p)).toBeLessThan(1e-15);
    }
  });
});

type DoubleRow = Record<
  "b" | "a" | "ob" | "oa" | "phi" | "ratio" | "low" | "high" | "fisherLow" | "fisherHigh",
  number
>;
type CusumRow = Record<"mean" | "dispersion" | "perCase" | "perWeek" | "limit" | "weeks" | "p", number>;
interface StepRow {
  counts: string;
  exposures: string;
  week: number;
  ratio: number;
  p: number;
  /** By all ways to deal the cases out, where they are few. */
  dealt: number | null;
}
interface NoiseRow {
  counts: string;
  exposures: string;
  dispersion: number;
  degrees: number;
  correlation: number;
}
interface PriorRow extends Record<"dispersions" | "degreesOf" | "correlations" | "weeks", string> {
  dispersion: number;
  degrees: number;
  correlation: number;
  correlationVariance: number;
  shrunk: number;
}

function doubleOf({ b, a, ob, oa, phi }: DoubleRow) {
  const own = rateChange({ cases: b, exposure: 104 }, { cases: a, exposure: 26 }, phi);
  const others = rateChange({ cases: ob, exposure: 104 }, { cases: oa, exposure: 26 }, phi);
  return own && others && ratioOfRatios(own, others);
}
