import { type Share, shareOf } from "../metrics/share.ts";
import type { Day, Period } from "../period.ts";
import { countWithin } from "./count-within.ts";
import type { Forecast } from "./forecast.ts";
import { type ForecastMethod, forecastCauses } from "./forecast-causes.ts";

/** One forecast as it would have been made then, and what came. */
export interface Hindcast {
  /** Index of the cause. */
  cause: number;
  /** The day on which it is made: the first that it knows nothing of. */
  madeOn: Day;
  forecast: Forecast;
  /** Cases in as many days as the horizon has, before and after that day. */
  before: number;
  after: number;
}

/** How often it happened where the forecast said so. */
export interface CalibrationBin {
  /** Probabilities of at least one, low <= p < high; the last bin holds 1 too. */
  low: number;
  high: number;
  /** The mean of what was forecast. */
  forecast: number;
  happened: Share;
}

export interface Backtest {
  hindcasts: Hindcast[];
  /** Mean squared error of the probability of at least one, 0 (always right and sure) to 1. */
  brier: number;
  /** The same of "it happens again if it happened in the last period". */
  brierSameAsLast: number;
  /** Bins of a tenth, those with a forecast. */
  calibration: CalibrationBin[];
  /** Counts that lay within their interval: meant to be 95 % at least. */
  covered: Share;
}

/**
 * The forecasts that would have been made in the past, against what came: one a cause and horizon, going back from the
 * history's end in steps of a horizon, each from the cases before its day only, as long as that leaves two horizons and
 * half a year to learn from. `null` where no forecast could be made.
 * Source: Brier 1950; calibration table: Murphy & Winkler 1977.
 * @param casesByCause the local days of each cause's cases, in any order
 * @param history days that the data cover whole
 * Cost: one `forecastCauses` a horizon of the history.
 */
export function backtest(
  casesByCause: readonly ArrayLike<Day>[],
  history: Period,
  method: ForecastMethod,
): Backtest | null {
  const { horizonDays } = method;
  const earliest = history.start + Math.max(2 * horizonDays, 182);
  const hindcasts: Hindcast[] = [];
  for (let madeOn = history.end - horizonDays; madeOn >= earliest; madeOn -= horizonDays) {
    const forecasts = forecastCauses(casesByCause, { start: history.start, end: madeOn }, method);
    forecasts.forEach((forecast, cause) => {
      if (forecast === null) return;
      const cases = casesByCause[cause]!; // as many as there are forecasts
      const before = countWithin(cases, { start: madeOn - horizonDays, end: madeOn });
      const after = countWithin(cases, { start: madeOn, end: madeOn + horizonDays });
      hindcasts.push({ cause, madeOn, forecast, before, after });
    });
  }
  if (hindcasts.length === 0) return null;
  const covered = hindcasts.filter(
    ({ forecast, after }) => after >= forecast.counts.low && after <= forecast.counts.high,
  );
  return {
    hindcasts,
    brier: meanSquaredError(hindcasts, ({ forecast }) => forecast.atLeastOne),
    brierSameAsLast: meanSquaredError(hindcasts, ({ before }) => (before > 0 ? 1 : 0)),
    calibration: calibrationOf(hindcasts),
    covered: shareOf(covered.length, hindcasts.length),
  };
}

function meanSquaredError(
  hindcasts: readonly Hindcast[],
  probability: (hindcast: Hindcast) => number,
): number {
  const errors = hindcasts.map((hindcast) => probability(hindcast) - (hindcast.after > 0 ? 1 : 0));
  return errors.reduce((sum, error) => sum + error * error, 0) / errors.length;
}

function calibrationOf(hindcasts: readonly Hindcast[]): CalibrationBin[] {
  const binOf = ({ forecast }: Hindcast) => Math.min(9, Math.floor(forecast.atLeastOne * 10));
  return Array.from({ length: 10 }, (_, bin) =>
    hindcasts.filter((hindcast) => binOf(hindcast) === bin),
  ).flatMap((ofBin, bin) =>
    ofBin.length === 0
      ? []
      : [
          {
            low: bin / 10,
            high: (bin + 1) / 10,
            forecast: ofBin.reduce((sum, { forecast }) => sum + forecast.atLeastOne, 0) / ofBin.length,
            happened: shareOf(ofBin.filter(({ after }) => after > 0).length, ofBin.length),
          },
        ],
  );
}
