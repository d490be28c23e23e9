import type { Day, Period } from "../period.ts";
import { commonDispersion } from "./common-dispersion.ts";
import { countWithin } from "./count-within.ts";
import { type Forecast, recurrenceForecast } from "./forecast.ts";
import { recurrencePrior } from "./prior.ts";
import { recentCases } from "./recency.ts";

export interface ForecastMethod {
  horizonDays: number;
  /** How many days it takes until a case counts half as much. */
  halfLifeDays: number;
}

/** Half a year: a cause whose rate changes is believed after some months, and one that stays still rests on two years of cases. */
export const usualHalfLifeDays = 180;

/**
 * The forecast of each cause, from the cases of all of them in one history. `null` for a cause without a case in it, and
 * for all where they are too few to learn from (`recurrencePrior`).
 * @param casesByCause the local days of each cause's cases, in any order
 * @param history days that the data cover whole
 * Cost: two passes, and one fit.
 */
export function forecastCauses(
  casesByCause: readonly ArrayLike<Day>[],
  history: Period,
  { horizonDays, halfLifeDays }: ForecastMethod,
): (Forecast | null)[] {
  const counts = casesByCause.map((cases) => countWithin(cases, history));
  const prior = recurrencePrior(counts, history.end - history.start);
  if (prior === null) return counts.map(() => null);
  const horizon = { days: horizonDays, dispersion: commonDispersion(casesByCause, history, horizonDays) };
  return casesByCause.map((cases, i) => {
    const count = counts[i]!;
    if (count === 0) return null;
    return recurrenceForecast(prior, recentCases(cases, history, halfLifeDays), count === 1, horizon);
  });
}
