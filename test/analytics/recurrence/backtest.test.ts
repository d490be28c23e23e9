import { describe, expect, it } from "vitest";
import { backtest, type Hindcast } from "#analytics/recurrence/backtest.ts";
import { forecastCauses } from "#analytics/recurrence/forecast-causes.ts";

const history = { start: 0, end: 400 };
const method = { horizonDays: 90, halfLifeDays: 180 };
const every = (step: number, from = 0) =>
  Array.from({ length: Math.ceil((400 - from) / step) }, (_, i) => from + i * step);
/** One began on day 350 only, and one came once, on day 5. */
const causes = [every(11), every(25), every(40), every(70), every(100), every(3, 350), [5]];

describe("a backtest", () => {
  it("goes back by horizons, as long as half a year is left to learn from", () => {
    const days = new Set(backtest(causes, history, method)?.hindcasts.map(({ madeOn }) => madeOn));
    expect([...days]).toEqual([310, 220]);
  });

  it("forecasts as it would have been done then, and leaves out what nobody had seen", () => {
    const { hindcasts = [] } = backtest(causes, history, method) ?? {};
    const then = forecastCauses(causes, { start: 0, end: 220 }, method);
    expect(hindcasts.filter(({ madeOn }) => madeOn === 220).map(({ forecast }) => forecast)).toEqual(
      then.filter((forecast) => forecast !== null),
    );
    expect(hindcasts.some(({ cause }) => cause === 5)).toBe(false);
  });

  it("counts the cases of a horizon before and after the day", () => {
    const found = backtest(causes, history, method)?.hindcasts.find((h) => h.cause === 0 && h.madeOn === 220);
    expect([found?.before, found?.after]).toEqual([8, 9]); // days 132 to 209; 220 to 308
  });

  it("has the Brier scores, the bins and the cover that its hindcasts give by hand", () => {
    const result = backtest(causes, history, method);
    if (result === null) throw new Error("expected a backtest");
    const { hindcasts, brier, brierSameAsLast, calibration, covered } = result;
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const happened = ({ after }: Hindcast) => Number(after > 0);
    expect(brier).toBeCloseTo(mean(hindcasts.map((h) => (h.forecast.atLeastOne - happened(h)) ** 2)), 12);
    expect(brierSameAsLast).toBeCloseTo(
      hindcasts.filter((h) => h.before > 0 !== h.after > 0).length / hindcasts.length,
      12,
    );
    expect(calibration.reduce((sum, bin) => sum + bin.happened.n, 0)).toBe(hindcasts.length);
    for (const { low, high, forecast } of calibration) {
      expect(forecast).toBeGreaterThanOrEqual(low);
      expect(forecast).toBeLessThanOrEqual(high);
    }
    expect(covered.n).toBe(hindcasts.length);
  });

  it("is none where the history is too short, or nothing can be learned", () => {
    expect(backtest(causes, { start: 0, end: 250 }, method)).toBeNull();
    expect(backtest([every(11)], history, method)).toBeNull();
  });
});
