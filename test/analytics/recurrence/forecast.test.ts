import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recurrenceForecast } from "#analytics/recurrence/forecast.ts";
import { forecastCauses } from "#analytics/recurrence/forecast-causes.ts";
import { recentCases } from "#analytics/recurrence/recency.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

interface Row {
  shape: number;
  rate: number;
  one_off: number;
  cases: number;
  days: number;
  horizon: number;
  expected: number;
  at_least_one: number;
  low: number;
  high: number;
  at_least_one_low: number;
  at_least_one_high: number;
}

const poisson = (days: number) => ({ days, dispersion: 1 });

describe("a forecast", () => {
  // test/reference/recurrence.R: qnbinom, pnbinom and qgamma
  it("has R's expected count, probability of one, and intervals", () => {
    for (const row of referenceTable<Row>("recurrence", "forecast")) {
      const prior = { shape: row.shape, rate: row.rate, onceIsOneOff: row.one_off };
      const forecast = recurrenceForecast(prior, row, true, poisson(row.horizon));
      expectNear(forecast.expected, row.expected);
      expectNear(forecast.atLeastOne, row.at_least_one);
      expect(forecast.counts).toEqual({ low: row.low, high: row.high });
      expectNear(forecast.atLeastOneBetween.low, row.at_least_one_low);
      expectNear(forecast.atLeastOneBetween.high, row.at_least_one_high);
    }
  });

  it("of a cause seen twice knows that it is no one-off", () => {
    const prior = { shape: 1, rate: 100, onceIsOneOff: 0.9 };
    const seen = { cases: 1, days: 300 };
    const [once, twice] = [
      recurrenceForecast(prior, seen, true, poisson(30)),
      recurrenceForecast(prior, seen, false, poisson(30)),
    ];
    expect(once.expected).toBeCloseTo(0.1 * twice.expected, 12);
    expect(once.atLeastOneBetween.low).toBe(0);
    expect(twice.atLeastOneBetween.low).toBeGreaterThan(0);
  });

  it("gets surer with more cases at the same rate, and higher with a longer horizon", () => {
    const prior = { shape: 1, rate: 100, onceIsOneOff: 0 };
    const times = (n: number) =>
      recurrenceForecast(prior, { cases: 2 * n, days: 200 * n }, false, poisson(90));
    const widths = [1, 2, 5, 20, 100].map(
      (n) => times(n).atLeastOneBetween.high - times(n).atLeastOneBetween.low,
    );
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
    const chances = [7, 30, 90, 365].map(
      (days) => recurrenceForecast(prior, { cases: 2, days: 200 }, false, poisson(days)).atLeastOne,
    );
    expect(chances).toEqual(chances.toSorted((a, b) => a - b));
  });

  it("of counts that vary more than a Poisson's has both variances, and evidence that weighs less", () => {
    const prior = { shape: 1, rate: 100, onceIsOneOff: 0 };
    const { recurring, expected, atLeastOne, atLeastOneBetween } = recurrenceForecast(
      prior,
      { cases: 8, days: 400 },
      false,
      { days: 60, dispersion: 2 },
    );
    // shape 1 + 8/2 = 5, rate 100 + 400/2 = 300: 5 * 60/300 = 1 case, variance 1 * (2 + 60/300)
    expect(expected).toBeCloseTo(1, 12);
    expect(recurring.size * recurring.odds).toBeCloseTo(1, 12);
    expect(1 + recurring.odds).toBeCloseTo(2.2, 12);
    expect(atLeastOne).toBeCloseTo(1 - 2.2 ** (-1 / 1.2), 12);
    // scipy: gamma.ppf([.025, .975], 5) / 300 * 60, and then P0 = 2^-mean of a negative binomial of dispersion 2
    expect(atLeastOneBetween.low).toBeCloseTo(1 - 2 ** -(1.623486390118 / 5), 9);
    expect(atLeastOneBetween.high).toBeCloseTo(1 - 2 ** -(10.241588675404 / 5), 9);
  });

  it("is the Poisson's where the dispersion comes down to 1", () => {
    const forecast = (dispersion: number) =>
      recurrenceForecast({ shape: 1, rate: 100, onceIsOneOff: 0.2 }, { cases: 1, days: 400 }, true, {
        days: 60,
        dispersion,
      });
    expect(forecast(1 + 1e-9).atLeastOne).toBeCloseTo(forecast(1).atLeastOne, 7);
    expect(forecast(1 + 1e-9).atLeastOneBetween.high).toBeCloseTo(forecast(1).atLeastOneBetween.high, 7);
  });

  it("refuses a horizon of no days, and counts that vary less than a Poisson's", () => {
    expect(() =>
      recurrenceForecast({ shape: 1, rate: 1, onceIsOneOff: 0 }, { cases: 1, days: 1 }, true, {
        days: 30,
        dispersion: 0.9,
      }),
    ).toThrow("got 30 and 0.9");
    expect(() =>
      recurrenceForecast({ shape: 1, rate: 1, onceIsOneOff: 0 }, { cases: 1, days: 1 }, true, poisson(0)),
    ).toThrow("got 0");
  });
});

describe("recent cases", () => {
  it("weigh by their half-life what the sums over days weigh in R, with Kish's effective size", () => {
    interface Weighed {
      half_life: number;
      length: number;
      cases: number;
      days: number;
    }
    for (const { half_life, length, cases, days } of referenceTable<Weighed>("recurrence", "recency")) {
      const recent = recentCases(
        [length - 88, length - 17, length - 1],
        { start: 0, end: length },
        half_life,
      );
      expectNear(recent.cases, cases);
      expectNear(recent.days, days);
    }
  });

  it("are the cases as they are where nothing fades, without those of other times", () => {
    expect(recentCases([-1, 0, 5, 9, 10], { start: 0, end: 10 }, Infinity)).toEqual({ cases: 3, days: 10 });
  });

  it("refuse a half-life of nothing", () => {
    expect(() => recentCases([], { start: 0, end: 10 }, 0)).toThrow("got 0");
  });
});

describe("the forecasts of all causes", () => {
  const history = { start: 0, end: 700 };
  const method = { horizonDays: 90, halfLifeDays: 180 };
  const every = (step: number, until = 700) =>
    Array.from({ length: Math.ceil(until / step) }, (_, i) => i * step);
  const causes = [every(20), every(50), every(90), every(120), every(200), every(33), [300], []];

  it("give none to a cause without a case, and less to one that has not come for long", () => {
    const forecasts = forecastCauses([...causes, every(50, 350)], history, method);
    expect(forecasts[7]).toBeNull();
    expect(forecasts[8]?.expected).toBeLessThan((forecasts[1]?.expected ?? 0) / 2);
    expect(forecasts[0]?.expected).toBeGreaterThan(3.5);
    expect(forecasts[0]?.expected).toBeLessThan(5.5);
  });

  it("are less sure where cases come in crowds than where as many come evenly", () => {
    const crowded = (step: number) =>
      every(step * 6).flatMap((day) => Array.from({ length: 6 }, () => Math.min(day + step * 2, 699)));
    const [evenly, inCrowds] = [
      [5, 7, 9, 11, 13, 15].map((step) => every(step)),
      [5, 7, 9, 11, 13, 15].map(crowded),
    ].map((list) => forecastCauses(list, history, { ...method, horizonDays: 30 })[3]);
    expect(inCrowds?.atLeastOne).toBeLessThan((evenly?.atLeastOne ?? 0) - 0.1);
    expect(inCrowds?.counts.high).toBeGreaterThan((evenly?.counts.high ?? 0) + 1);
  });

  it("are none where causes are too few to learn from", () => {
    expect(forecastCauses([every(20), every(50)], history, method)).toEqual([null, null]);
  });

  it("do not change with the order of causes and cases, nor with the day that time is counted from", () => {
    const forecasts = forecastCauses(causes, history, method);
    const reversed = forecastCauses(causes.map((days) => days.toReversed()).toReversed(), history, method);
    reversed
      .toReversed()
      .forEach((forecast, i) => expectNear(forecast?.expected ?? 0, forecasts[i]?.expected ?? 0));
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 3000 }), (weeks) => {
        const shift = weeks * 7;
        const later = { start: shift, end: 700 + shift };
        expect(
          forecastCauses(
            causes.map((days) => days.map((day) => day + shift)),
            later,
            method,
          ),
        ).toEqual(forecasts);
      }),
      { numRuns: 10 },
    );
  });

  it("look at no case of the days to come", () => {
    const withFuture = causes.map((days) => [...days, 700, 701, 750]);
    expect(forecastCauses(withFuture, history, method)).toEqual(forecastCauses(causes, history, method));
  });
});
