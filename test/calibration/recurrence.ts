import { type Random, randomFrom } from "#analytics/causes/random.ts";
import type { Day } from "#analytics/period.ts";
import type { Hindcast } from "#analytics/recurrence/backtest.ts";
import { countWithin } from "#analytics/recurrence/count-within.ts";
import { forecastCauses, usualHalfLifeDays } from "#analytics/recurrence/forecast-causes.ts";
import { negativeBinomialTails } from "#analytics/statistics/negative-binomial.ts";
import { drawGamma, drawOverdispersed, drawPoisson } from "./draw.ts";
import type { CalibrationOptions, CalibrationTable } from "./table.ts";

const historyDays = 730;

interface World {
  name: string;
  /** The days of the cases of one rare cause. */
  rareCause: (days: number, random: Random) => Day[];
}

const worlds: World[] = [
  { name: "gamma rates", rareCause: (days, random) => within(0, days, drawGamma(1.5, random) / 135, random) },
  {
    name: "two rates",
    rareCause: (days, random) => within(0, days, (random() < 0.5 ? 0.3 : 2) / 90, random),
  },
  {
    name: "gamma rates, months vary (2x)",
    rareCause: (days, random) => {
      const monthly = drawGamma(1.5, random) / 4.5;
      return Array.from({ length: Math.ceil(days / 30) }, (_, month) =>
        scattered(month * 30, 30, drawOverdispersed(monthly, 2, random), random),
      ).flat();
    },
  },
  {
    name: "gamma rates, halved or doubled once",
    rareCause: (days, random) => {
      const rate = drawGamma(1.5, random) / 135;
      const step = Math.floor(random() * days);
      const after = rate * (random() < 0.5 ? 0.5 : 2);
      return [...within(0, step, rate, random), ...within(step, days - step, after, random)];
    },
  },
];

/** Forecasts of companies with 20 rare causes and 10 that come once, against what came. */
export function recurrenceCalibration({ seed, effort }: CalibrationOptions): CalibrationTable[] {
  const random = randomFrom(seed);
  const companies = Math.max(20, Math.round(200 * effort));
  const rows = worlds.flatMap((world) =>
    [30, 90].map((horizonDays) => {
      const hindcasts = Array.from({ length: companies }, () =>
        forecastsOf(world, horizonDays, random),
      ).flat();
      return [world.name, String(horizonDays), ...figures(hindcasts, random)];
    }),
  );
  return [
    {
      title: "Will it happen again?",
      says: `${companies} companies, each with 20 rare causes (1 case in 90 days, in the mean) and 10 one-offs, forecast from two years of cases. Wanted: the randomised PIT of the counts uniform (largest distance from it at most that of a 5 % test, by Kolmogorov & Smirnov); the Brier score of "at least one" below that of "same as last period"; counts within their interval in at least 95 %.`,
      columns: [
        "rare causes",
        "days",
        "forecasts",
        "PIT distance",
        "at most",
        "Brier",
        "same as last",
        "within",
        "expected",
        "came",
      ],
      rows,
    },
  ];
}

/** The forecasts of one day a company: what lies beyond two years is what comes. */
function forecastsOf({ rareCause }: World, horizonDays: number, random: Random): Hindcast[] {
  const days = historyDays + horizonDays;
  const causes = [
    ...Array.from({ length: 20 }, () => rareCause(days, random)),
    ...Array.from({ length: 10 }, () => [Math.floor(random() * days)]),
  ];
  const method = { horizonDays, halfLifeDays: usualHalfLifeDays };
  const madeOn = historyDays;
  return forecastCauses(causes, { start: 0, end: madeOn }, method).flatMap((forecast, cause): Hindcast[] => {
    if (forecast === null) return [];
    const before = countWithin(causes[cause]!, { start: madeOn - horizonDays, end: madeOn });
    const after = countWithin(causes[cause]!, { start: madeOn, end: days });
    return [{ cause, madeOn, forecast, before, after }];
  });
}

function figures(hindcasts: readonly Hindcast[], random: Random): string[] {
  const mean = (value: (hindcast: Hindcast) => number) =>
    hindcasts.reduce((sum, hindcast) => sum + value(hindcast), 0) / hindcasts.length;
  const came = (cases: number) => Number(cases > 0);
  return [
    String(hindcasts.length),
    distanceFromUniform(hindcasts.map((hindcast) => randomisedPit(hindcast, random))).toFixed(4),
    (1.358 / Math.sqrt(hindcasts.length)).toFixed(4),
    mean(({ forecast, after }) => (forecast.atLeastOne - came(after)) ** 2).toFixed(4),
    mean(({ before, after }) => (came(before) - came(after)) ** 2).toFixed(4),
    `${(100 * mean(({ forecast: { counts }, after }) => Number(after >= counts.low && after <= counts.high))).toFixed(1)} %`,
    mean(({ forecast }) => forecast.expected).toFixed(3),
    mean(({ after }) => after).toFixed(3),
  ];
}

/** Uniform where the forecast distribution is the true one (Czado, Gneiting & Held 2009). */
function randomisedPit({ forecast, after }: Hindcast, random: Random): number {
  const upTo = (count: number) =>
    count < 0
      ? 0
      : forecast.oneOff + (1 - forecast.oneOff) * negativeBinomialTails(forecast.recurring, count).lower;
  const below = upTo(after - 1);
  return below + random() * (upTo(after) - below);
}

/** The Kolmogorov-Smirnov distance. */
function distanceFromUniform(values: readonly number[]): number {
  return values
    .toSorted((a, b) => a - b)
    .reduce(
      (most, value, i) => Math.max(most, value - i / values.length, (i + 1) / values.length - value),
      0,
    );
}

function within(start: Day, days: number, rate: number, random: Random): Day[] {
  return scattered(start, days, drawPoisson(rate * days, random), random);
}

function scattered(start: Day, days: number, count: number, random: Random): Day[] {
  return Array.from({ length: count }, () => start + Math.floor(random() * days));
}
