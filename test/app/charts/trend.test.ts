import { describe, expect, it } from "vitest";
import { categoryColour } from "#app/charts/category-colour.ts";
import { CategoryTrend } from "#app/charts/category-trend.tsx";
import { CauseTrend } from "#app/charts/cause-trend.tsx";
import {
  datePosition,
  endLabels,
  monthTicks,
  type TrendProps,
  trendGeometry,
} from "#app/charts/trend-geometry.ts";
import { TrendFrame } from "#app/charts/trend-lines-svg.tsx";
import { countText } from "#app/format.ts";
import type { TableRow } from "#app/tables/table.ts";
import { markup, textOf } from "../components/markup.ts";

function monthsFrom(year: number, month: number, values: readonly (number | null)[]): TableRow[] {
  return values.map((cases, index) => {
    const date = new Date(Date.UTC(year, month - 1 + index, 1));
    return { cells: { month: date.toISOString().slice(0, 7), cases } };
  });
}

const trend: TrendProps = {
  rows: monthsFrom(2026, 1, [10, 0, 40, 20]),
  month: "month",
  series: [{ key: "cases", label: "Cases", colour: "var(--mark)" }],
  label: "Cases a month",
  format: countText,
};

describe("the geometry of a trend", () => {
  it("counts from zero up to a round number, months side by side", () => {
    const geometry = trendGeometry(trend);
    expect([geometry.highest, geometry.yTicks]).toEqual([40, [0, 10, 20, 30, 40]]);
    expect([0, 20, 40].map((value) => geometry.y(value))).toEqual([100, 50, 0]);
    expect([0, 3].map((index) => geometry.x(index))).toEqual([12.5, 87.5]);
  });

  it("has whole numbers on its axis, and an axis even where nothing happened", () => {
    expect(trendGeometry({ ...trend, rows: monthsFrom(2026, 1, [0, 0]) }).yTicks).toEqual([0, 1]);
    expect(trendGeometry({ ...trend, rows: monthsFrom(2026, 1, [1, 2]) }).yTicks).toEqual([0, 1, 2]);
  });

  it("places a day within its month, and none outside of the months", () => {
    const months = ["2026-01", "2026-02"];
    expect(datePosition(months, "2026-02-01")).toBe(50);
    expect(datePosition(months, "2026-02-15")).toBe(75);
    expect(datePosition(months, "2026-03-01")).toBeNull();
  });

  it("labels the quarters of two years, with the year at each January", () => {
    const months = trendGeometry({
      ...trend,
      rows: monthsFrom(
        2025,
        11,
        Array.from({ length: 24 }, () => 1),
      ),
    }).months;
    const ticks = monthTicks(months);
    expect(ticks.map(({ month }) => month.slice(5))).toEqual([
      "01",
      "04",
      "07",
      "10",
      "01",
      "04",
      "07",
      "10",
    ]);
    expect(ticks.filter(({ withYear }) => withYear).map(({ month }) => month)).toEqual([
      "2026-01",
      "2027-01",
    ]);
    expect(monthTicks(["2026-02", "2026-03"])).toHaveLength(2);
  });

  it("moves labels apart that would touch, and keeps them in the order of the lines", () => {
    const series = ["a", "b", "c"].map((key) => ({ key, label: key, colour: "var(--mark)" }));
    const rows = [{ cells: { month: "2026-01", a: 0, b: 1, c: 100 } }];
    const labels = endLabels({ ...trend, rows, series }, trendGeometry({ ...trend, rows, series }));
    expect(labels.map(({ series: { key }, top }) => [key, top])).toEqual([
      ["c", 0],
      ["b", 200],
      ["a", 220],
    ]);
  });
});

function paths(html: string): (string | undefined)[] {
  return Array.from(html.matchAll(/<path[^>]* d="([^"]*)"/g), ([, path]) => path);
}

describe("a trend drawn by the server", () => {
  it("draws the line in percent of the plot, and prints its last value at its end", () => {
    const html = markup(TrendFrame, { trend });
    expect(paths(html)).toEqual(["M12.5,75L37.5,100L62.5,0L87.5,50"]);
    expect(textOf(html)).toContain("Cases 20");
    expect(html).toContain('role="img" aria-label="Cases a month"');
  });

  it("leaves a gap where nothing was measured, which is not zero", () => {
    const html = markup(TrendFrame, {
      trend: { ...trend, rows: monthsFrom(2026, 1, [10, 10, null, 10, 10]) },
    });
    expect(paths(html)[0]?.match(/M/g)).toHaveLength(2);
  });

  it("hatches a month that is not over, dashes its part of the line, and labels the last whole month", () => {
    const html = markup(TrendFrame, { trend: { ...trend, incompleteFrom: "2026-04" } });
    expect(html).toContain('class="trend-hatching" style="left:75%"');
    expect(html).toContain('class="trend-partial"');
    expect(paths(html)[0]).toBe("M12.5,75L37.5,100L62.5,0");
    expect(textOf(html)).toContain("Cases 40");
    expect(textOf(html)).toContain("From April 2026 on the data are not complete.");
  });

  it("marks the days of second fixes, and leaves out those before the first month", () => {
    const html = markup(CauseTrend, {
      rows: trend.rows,
      keys: { month: "month", cases: "cases" },
      category: "process",
      label: "Cases a month",
      fixes: [
        { date: "2026-02-15", label: "New carrier" },
        { date: "2025-02-15", label: "Long ago" },
      ],
    });
    expect(html).toContain('class="trend-mark" style="left:37.5%" data-side="right"');
    expect(textOf(html)).toContain("New carrier");
    expect(textOf(html)).not.toContain("Long ago");
    expect(html).toContain(`stroke:${categoryColour("process")}`);
  });
});

describe("the trend of the categories", () => {
  it("is whole without JavaScript: every category named at its line, in its colour", () => {
    const rows: TableRow[] = [
      { cells: { month: "2026-01", product: 5, process: 9, staff_training: 1, none: 2 } },
      { cells: { month: "2026-02", product: 6, process: 8, staff_training: 3, none: 1 } },
    ];
    const categories = [
      { key: "product", category: "product" },
      { key: "process", category: "process" },
      { key: "staff_training", category: "staff_training" },
      { key: "none", category: null },
    ];
    const html = markup(CategoryTrend, { rows, month: "month", categories, label: "Cases a month" });
    const text = textOf(html);
    for (const label of ["Product 6", "Process 8", "Staff training 3", "Unclassified 1"])
      expect(text).toContain(label);
    for (const { category } of categories) expect(html).toContain(`stroke:${categoryColour(category)}`);
  });
});
