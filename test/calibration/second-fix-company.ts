import type { Random } from "#analytics/causes/random.ts";
import { countDistribution } from "#analytics/second-fix/count-distribution.ts";
import type { FixEvidence } from "#analytics/second-fix/fix-evidence.ts";
import type { FixDates } from "#analytics/second-fix/fix-windows.ts";
import { noiseOf } from "#analytics/second-fix/noise.ts";
import { noisePrior } from "#analytics/second-fix/noise-prior.ts";
import { drawBinomial, drawPoisson } from "./draw.ts";

/** What a simulated company does besides nothing; what is left out does not happen. */
export interface Scenario {
  name: string;
  /** Variance over mean of a cause's weeks. */
  dispersion?: number;
  /** Of each cause's weeks with the next. */
  correlation?: number;
  /** Half the height of a yearly wave of all causes and of the exposure. */
  season?: number;
  /** The same of each cause alone, each at a phase of its own. */
  ownSeason?: number;
  /** Factor of all causes and of the exposure since the fix. */
  volumeStep?: number;
  /** Share captured since the fix; before it is .9. */
  captureAfter?: number;
  /** The source has resolved cases only, and they take so many days in the mean: data end three times that later. */
  lagDays?: number;
  /** Captured cases of each cause in the weeks after, if nothing were done; else 6 to 60 a half-year before capture. */
  expected?: number;
  /** So many weeks are known before the fix; 104. */
  history?: number;
  /** No exposure is known: the unfixed causes are compared with. */
  withoutExposure?: boolean;
}

export const causes = 50;
const weeksBefore = 104;
export const weeksAfter = 26;
const washIn = 2;
const weeks = weeksBefore + washIn + weeksAfter;
const captureBefore = 0.9;
/** Of the cases that are not captured, so many are emerging with this cause as the nearest; the rest went elsewhere. */
const nearest = 0.7;

export const decisionWeek = weeksBefore - 8;
/** Called eight weeks before the fix, which lies at the end of week 104 and is judged 26 weeks after it washed in. */
export const dates: FixDates = {
  decidedOn: 7 * decisionWeek,
  implementedFrom: 7 * weeksBefore,
  implementedTo: 7 * weeksBefore,
  washInDays: 7 * washIn,
  checkOn: 7 * (weeks - weeksAfter / 2),
  windowEnd: 7 * weeks,
};

/** Weekly counts of 50 causes, captured and emerging, and the exposure of the weeks. */
export interface Company {
  captured: number[][];
  emerging: number[][];
  exposures: number[];
  withoutExposure: boolean;
  captureAfter: number;
  history: number;
}

/** Means of 6 to 60 cases a half-year, alike in the logarithm; `ratio` is what a fix of each cause does. */
export function drawCompany(scenario: Scenario, random: Random, ratio = 1): Company {
  const { captureAfter = captureBefore, lagDays = 0, season = 0, volumeStep = 1 } = scenario;
  const volume = weeksOf(
    (week) => (1 + season * Math.sin((2 * Math.PI * week) / 52)) * (week < weeksBefore ? 1 : volumeStep),
  );
  const company: Company = {
    captured: [],
    emerging: [],
    exposures: volume.map((factor) => 1_000 * factor),
    withoutExposure: scenario.withoutExposure ?? false,
    captureAfter,
    history: scenario.history ?? weeksBefore,
  };
  const seen = weeksOf((week) =>
    lagDays === 0 ? 1 : 1 - Math.exp(-(7 * (weeks - week - 0.5)) / lagDays - 3),
  );
  for (let cause = 0; cause < causes; cause++) {
    const halfYear = scenario.expected === undefined ? 6 * 10 ** random() : scenario.expected / captureBefore;
    const mean = halfYear / weeksAfter;
    const phase = 2 * Math.PI * random();
    const wave = (week: number) =>
      1 + (scenario.ownSeason ?? 0) * Math.sin((2 * Math.PI * week) / 52 + phase);
    const means = volume.map((factor, week) => mean * factor * wave(week) * (week < weeksBefore ? 1 : ratio));
    const counts = drawWeeks(means, scenario, random).map((count, week) =>
      lagDays === 0 ? count : drawBinomial(count, seen[week]!, random),
    );
    const captured = counts.map((count, week) =>
      drawBinomial(count, week < weeksBefore ? captureBefore : captureAfter, random),
    );
    company.captured.push(captured);
    company.emerging.push(
      counts.map((count, week) => drawBinomial(count - captured[week]!, nearest, random)),
    );
  }
  return company;
}

/** What is known of each of these causes of the company, as if it alone had been fixed. */
export function evidenceOf(company: Company, chosen = [...company.captured.keys()]): FixEvidence[] {
  const { captured, emerging, exposures, history } = company;
  const before = [weeksBefore - history, weeksBefore] as const;
  const after = [weeksBefore + washIn, weeks] as const;
  const exposed = exposures.slice(...before);
  const perWeek = exposed.map((_, week) => captured.reduce((sum, cause) => sum + cause[week]!, 0.5));
  const weights = company.withoutExposure ? perWeek : exposed;
  const noises = captured.map((cause) => noiseAround(cause.slice(...before), weights));
  const window = (cause: number, range: readonly [number, number], captureRate: number) => ({
    counts: captured[cause]!.slice(...range),
    emerging: emerging[cause]!.slice(...range),
    captureRate,
    exposures: company.withoutExposure ? null : exposures.slice(...range),
    unfixed: company.withoutExposure
      ? captured.filter((_, other) => other !== cause).map((other) => other.slice(...range))
      : [],
  });
  const prior = noisePrior(noises.filter((noise) => noise !== null));
  return chosen.map((cause) => ({
    before: window(cause, before, captureBefore),
    after: window(cause, after, company.captureAfter),
    dataEnd: dates.windowEnd,
    prior,
  }));
}

function noiseAround(counts: readonly number[], weights: readonly number[]) {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const rate = Math.max(0.5, sum(counts)) / sum(weights);
  return noiseOf(
    counts,
    weights.map((weight) => rate * weight),
    1,
  );
}

/** Neighbouring weeks share cases (a first-order integer autoregression), or a week is over-dispersed, or plain chance. */
function drawWeeks(means: readonly number[], { dispersion = 1, correlation = 0 }: Scenario, random: Random) {
  if (correlation > 0) {
    let last = drawPoisson(means[0]!, random);
    return means.map(
      (mean) =>
        (last = drawBinomial(last, correlation, random) + drawPoisson(mean * (1 - correlation), random)),
    );
  }
  if (dispersion === 1) return means.map((mean) => drawPoisson(mean, random));
  const drawers = new Map<number, () => number>();
  return means.map((mean) => {
    const draw = drawers.get(mean) ?? drawerOf(mean, dispersion, random);
    drawers.set(mean, draw);
    return draw();
  });
}

/** Draws again and again from one over-dispersed count, by its cumulated probabilities. */
function drawerOf(mean: number, dispersion: number, random: Random): () => number {
  const { first, probabilities } = countDistribution(mean, dispersion * mean);
  let sum = 0;
  const cumulated = probabilities.map((probability) => (sum += probability));
  return () => {
    const chance = random();
    const index = cumulated.findIndex((limit) => limit > chance);
    return first + (index < 0 ? cumulated.length - 1 : index);
  };
}

function weeksOf(value: (week: number) => number): number[] {
  return Array.from({ length: weeks }, (_, week) => value(week));
}
