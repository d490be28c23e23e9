import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChartSeries, controlChart } from "#analytics/control-charts/control-chart.ts";
import { gLimits } from "#analytics/control-charts/g-limits.ts";
import { tLimits } from "#analytics/control-charts/t-limits.ts";
import { xmrLimits } from "#analytics/control-charts/xmr-limits.ts";
import { monthsOf, shiftMonths } from "#analytics/period.ts";
import { dayOf } from "#test/support/facts.ts";

const start = dayOf("2024-01-01");

/** A series of so many cases a month, all on its first days; `null` is a month that was not measured. */
function seriesOf(counts: readonly (number | null)[], rest: Partial<ChartSeries> = {}): ChartSeries {
  const months = monthsOf({ start, end: shiftMonths(start, counts.length) });
  return {
    months: months.map((month, i) => ({ month, isMeasured: counts[i] !== null, of: null })),
    caseDays: months.flatMap((month, i) =>
      Array.from({ length: counts[i] ?? 0 }, (_, n) => month.start + (n % 28)).toSorted((a, b) => a - b),
    ),
    denominator: "none",
    fixedOn: [],
    ...rest,
  };
}
const year = [12, 15, 9, 14, 18, 11, 13, 10, 16, 12, 14, 11];

describe("a control chart of months", () => {
  it("has the limits of its first twelve months, and judges the later ones by them", () => {
    const chart = controlChart(seriesOf([...year, 60, 12]));
    expect(chart?.kind).toBe("xmr");
    expect(chart?.points.every(({ limits }) => limits?.high === xmrLimits(year)?.high)).toBe(true);
    expect(chart?.points.flatMap(({ signals }, i) => (signals.length > 0 ? [i] : []))).toEqual([12]);
    expect(chart?.points[12]?.signals).toEqual([{ kind: "outside", side: "high" }]);
    expect(chart?.phases).toEqual([
      {
        fixedOn: null,
        baseline: { span: { start, end: dayOf("2025-01-01") }, points: 12 },
        isTrial: false,
        noLimits: null,
      },
    ]);
  });

  it("never moves its limits for a later month", () => {
    const later = fc.array(fc.option(fc.nat(90), { freq: 6 }), { maxLength: 24 });
    fc.assert(
      fc.property(later, (counts) => {
        const [short, long] = [controlChart(seriesOf(year)), controlChart(seriesOf([...year, ...counts]))];
        expect(long?.points.slice(0, 12).map(({ limits }) => limits)).toEqual(
          short?.points.map(({ limits }) => limits),
        );
      }),
      { numRuns: 30 },
    );
  });

  it("takes a longer baseline where one is asked for, of up to twenty-four", () => {
    const counts = [...year, ...year.map((count) => count + 6)];
    expect(controlChart(seriesOf(counts), 24)?.points[0]?.limits).toEqual(xmrLimits(counts));
    expect(controlChart(seriesOf(counts), 18)?.phases[0]?.baseline?.points).toBe(18);
    expect(controlChart(seriesOf(year), 24)?.phases[0]).toMatchObject({ isTrial: false });
    expect(() => controlChart(seriesOf(year), 11)).toThrow("got 11");
    expect(() => controlChart(seriesOf(year), 25)).toThrow("got 25");
  });

  it("has trial limits of all its months under twelve, and none under six", () => {
    const eleven = controlChart(seriesOf(year.slice(0, 11)));
    expect(eleven?.phases[0]).toMatchObject({ isTrial: true, baseline: { points: 11 } });
    expect(eleven?.points[0]?.limits).toEqual(xmrLimits(year.slice(0, 11)));
    expect(controlChart(seriesOf(year.slice(0, 6)))?.phases[0]?.noLimits).toBeNull();
    const five = controlChart(seriesOf(year.slice(0, 5)));
    expect(five?.phases[0]).toMatchObject({ isTrial: true, baseline: null, noLimits: "too_few_points" });
    expect(five?.points[0]?.limits).toBeNull();
  });

  it("keeps a month without a case as zero, and one that was not measured as a gap", () => {
    const counts = [...year.slice(0, 3), 0, null, ...year.slice(3)];
    const chart = controlChart(seriesOf(counts));
    expect(chart?.points.map(({ value }) => value)).toEqual(counts);
    expect(chart?.points[4]).toMatchObject({ limits: null, signals: [] });
    expect(chart?.points[0]?.limits).toEqual(xmrLimits(counts.slice(0, 13)));
    expect(chart?.phases[0]?.baseline).toEqual({
      span: { start, end: shiftMonths(start, 13) },
      points: 12,
    });
  });

  it("has new limits after a recorded fix, from the first month that begins after it, and for nothing else", () => {
    const counts = [...year, 40, 41, 42, ...year.map((count) => count + 30)];
    const fix = shiftMonths(start, 14) + 3;
    const chart = controlChart(seriesOf(counts, { fixedOn: [fix] }));
    expect(chart?.points.map(({ phase }) => phase)).toEqual([...counts.keys()].map((i) => (i < 15 ? 0 : 1)));
    expect(chart?.points[14]?.limits).toEqual(xmrLimits(year));
    expect(chart?.points[15]?.limits).toEqual(xmrLimits(counts.slice(15)));
    expect(chart?.phases.map(({ fixedOn }) => fixedOn)).toEqual([null, fix]);
    expect(controlChart(seriesOf(counts))?.phases).toHaveLength(1);
    const onTheFirst = controlChart(seriesOf(counts, { fixedOn: [shiftMonths(start, 14)] }));
    expect(onTheFirst?.points.findIndex(({ phase }) => phase === 1)).toBe(14);
  });

  it("lets no run reach over a fix", () => {
    const low = [8, 8, 8, 8, 8, 8];
    const counts = [...year, ...low.slice(0, 4), ...low, 30, 8, 30, 8, 30, 8];
    const chart = controlChart(seriesOf(counts, { fixedOn: [shiftMonths(start, 16)] }));
    expect(chart?.points.flatMap(({ signals }) => signals.filter(({ kind }) => kind === "shift"))).toEqual(
      [],
    );
  });

  it("has no limits for a phase that became too rare for them, nor for months that are all alike", () => {
    const counts = [...year, ...Array.from({ length: 12 }, (_, i) => i % 2)];
    const chart = controlChart(seriesOf(counts, { fixedOn: [shiftMonths(start, 12)] }));
    expect(chart?.phases[1]).toMatchObject({ noLimits: "too_rare", isTrial: false, baseline: null });
    expect(controlChart(seriesOf(year.map(() => 5)))?.phases[0]?.noLimits).toBe("no_variation");
  });

  it("judges rates, not counts, where there is an exposure: a month of twice the orders is no signal", () => {
    const doubled = [...year, 26];
    const series = seriesOf(doubled, { denominator: "exposure" });
    const months = series.months.map((month, i) => ({ ...month, of: i === 12 ? 2000 : 1000 }));
    expect(controlChart(series)?.kind).toBe("laney_u");
    expect(controlChart({ ...series, months })?.points[12]).toMatchObject({ value: 0.013, signals: [] });
    expect(controlChart(seriesOf(doubled))?.points[12]?.signals).not.toEqual([]);
    const shares = controlChart({ ...series, months, denominator: "opportunities" });
    expect(shares?.kind).toBe("laney_p");
    expect(shares?.points[0]?.value).toBe(0.012);
  });

  it("leaves a gap where the exposure of a month is not known", () => {
    const series = seriesOf(year, { denominator: "exposure" });
    const months = series.months.map((month, i) => ({ ...month, of: i === 3 ? null : 1000 }));
    expect(controlChart({ ...series, months })?.points[3]).toMatchObject({ value: null, limits: null });
  });

  it("is none where no month is measured", () => {
    expect(controlChart(seriesOf([null, null]))).toBeNull();
    expect(controlChart(seriesOf([]))).toBeNull();
  });
});

describe("a control chart of rare cases", () => {
  const rare = [1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1];
  const days = monthsOf({ start, end: shiftMonths(start, rare.length) })
    .filter((_, i) => rare[i] === 1)
    .map((month, i) => month.start + ((i * 7) % 20));

  it("has the days from each case to the next, and a last gap that is open", () => {
    const chart = controlChart(seriesOf(rare, { caseDays: days }));
    expect(chart?.kind).toBe("t");
    const gaps = days.slice(1).map((day, i) => day - days[i]!);
    expect(chart?.points.slice(0, -1).map(({ value }) => value)).toEqual(gaps);
    expect(chart?.points.at(-1)).toMatchObject({
      isOpen: true,
      span: { start: days.at(-1), end: shiftMonths(start, rare.length) },
    });
    expect(chart?.points[0]?.limits).toEqual(tLimits(gaps.slice(0, 12)));
  });

  it("has no open gap in its baseline, which rests on what has ended", () => {
    const chart = controlChart(seriesOf(rare, { caseDays: days.slice(0, 9) }));
    const ended = chart?.points.filter(({ isOpen }) => !isOpen).map(({ value }) => value);
    expect(chart?.phases[0]?.baseline?.points).toBe(8);
    expect(chart?.points[0]?.limits).toEqual(tLimits(ended!));
  });

  it("signals an open gap that is already too long, and never one that is short so far", () => {
    const quiet = controlChart(
      seriesOf([...rare, ...Array.from({ length: 24 }, () => 0)], { caseDays: days }),
    );
    expect(quiet?.points.at(-1)?.signals).toContainEqual({ kind: "outside", side: "high" });
    const end = shiftMonths(start, rare.length);
    const burst = [...days, end - 3, end - 3, end - 2, end - 2, end - 2, end - 1, end - 1, end - 1];
    const soon = controlChart(seriesOf(rare, { caseDays: burst }));
    expect(soon?.points.at(-2)?.signals.length).toBeGreaterThan(0);
    expect(soon?.points.at(-1)?.signals).toEqual([]);
  });

  it("has no gap between cases on two sides of a month that was not measured", () => {
    const counts = rare.map((count, i) => (i === 1 ? null : count));
    const chart = controlChart(seriesOf(counts, { caseDays: days }));
    expect(chart?.points[0]).toMatchObject({ value: null, limits: null });
    expect(chart?.points[1]?.value).toBe(days[2]! - days[1]!);
  });

  it("counts the opportunities between them where they are known, evenly over the days of a month", () => {
    const series = seriesOf(rare, { caseDays: days, denominator: "opportunities" });
    const months = series.months.map((entry) => ({
      ...entry,
      of: 10 * (entry.month.end - entry.month.start),
    }));
    const chart = controlChart({ ...series, months });
    const gaps = days.slice(1).map((day, i) => 10 * (day - days[i]!) - 1);
    expect(chart?.kind).toBe("g");
    chart?.points.slice(0, -1).forEach(({ value }, i) => expect(value).toBeCloseTo(gaps[i]!, 9));
    expect(chart?.points[0]?.limits?.high).toBeCloseTo(gLimits(gaps.slice(0, 12))!.high, 9);
    expect(controlChart(series)?.points[0]?.value).toBeNull();
  });

  it("does not move where all days are shifted by whole four years", () => {
    const shifted = (years: number) => {
      const by = shiftMonths(start, 12 * years) - start;
      const series = seriesOf(rare, { caseDays: days.map((day) => day + by) });
      const months = monthsOf({ start: start + by, end: shiftMonths(start + by, rare.length) });
      return controlChart({
        ...series,
        months: months.map((month) => ({ month, isMeasured: true, of: null })),
      });
    };
    expect(shifted(4)?.points.map(({ value, signals, limits }) => ({ value, signals, limits }))).toEqual(
      shifted(0)?.points.map(({ value, signals, limits }) => ({ value, signals, limits })),
    );
  });
});
