import { describe, expect, it } from "vitest";
import { OutcomeIntervals } from "#app/charts/outcome-intervals.tsx";
import { ParetoBars } from "#app/charts/pareto-bars.tsx";
import { Sparkline } from "#app/charts/sparkline.tsx";
import { countText } from "#app/format.ts";
import type { TableRow } from "#app/tables/table.ts";
import { markup, textOf } from "../components/markup.ts";

function cause(name: string, category: string | null, cases: number, cumulative: number | null): TableRow {
  return {
    cells: { cause: name, category, cases, share: cases / 200, cumulative_share: cumulative },
    href: `/cases?cause=${name}`,
  };
}

/** A remedy with its share, the interval of it, and the cases that it rests on. */
function remedy(name: string, n: number, share: number | null, interval = [share, share]): TableRow {
  const [low = null, high = null] = interval;
  return { cells: { remedy: name, n, restored: share, restored_low: low, restored_high: high } };
}

function pathOf(html: string): string {
  return / d="([^"]*)"/.exec(html)?.[1] ?? "";
}

describe("Pareto bars", () => {
  const rows: TableRow[] = [
    { ...cause("Not assigned", null, 50, null), tone: "other" },
    cause("Late", "process", 100, 0.5),
    cause("Broken", "staff_training", 50, 0.75),
    { ...cause("All", null, 200, null), tone: "total" },
  ];
  const keys = {
    label: "cause",
    count: "cases",
    share: "share",
    cumulative: "cumulative_share",
    category: "category",
  };
  const html = markup(ParetoBars, { rows, keys, total: 200, format: countText });
  const bars = html.split("<li").slice(1);

  it("prints each cause with its category in a word, its count, its share and the running total", () => {
    expect(bars.slice(0, 2).map((bar) => textOf(`<li${bar}`))).toEqual([
      "Late process 100 cases, 50.0% of all, running total 50.0%",
      "Broken staff training 50 cases, 25.0% of all, running total 75.0%",
    ]);
  });

  it("puts what is not a cause last, in grey and without a running total, and draws no total row", () => {
    expect(bars).toHaveLength(3);
    expect(textOf(`<li${bars[2]}`)).toBe("Not assigned 50 cases, 25.0% of all");
    expect(bars[2]).not.toContain("pareto-bar");
  });

  it("draws lengths in proportion from zero, in the colours of the categories", () => {
    expect(bars[0]).toContain('style="width:100%;background:var(--category-process)"');
    expect(bars[1]).toContain('style="width:50%;background:var(--category-staff-training)"');
  });

  it("does not let what is no cause set the scale", () => {
    const rest = { ...cause("35 more causes", null, 2050, null), tone: "other" as const };
    const drawn = markup(ParetoBars, { rows: [...rows, rest], keys, total: 2250, format: countText });
    expect(drawn).toContain('style="width:100%;background:var(--category-process)"');
  });

  it("makes each bar a link to its cases", () => {
    expect(bars.map((bar) => /href="([^"]*)"/.exec(bar)?.[1])).toEqual([
      "/cases?cause=Late",
      "/cases?cause=Broken",
      "/cases?cause=Not assigned",
    ]);
  });
});

describe("outcome intervals", () => {
  const html = markup(OutcomeIntervals, {
    rows: [
      remedy("refund", 1204, 0.5, [0.4, 0.6]),
      remedy("goodwill", 8, 0.62, [0.27, 0.97]),
      remedy("none", 4, 0.25, [0, 0.8]),
      remedy("apology", 0, null),
    ],
    keys: { label: "remedy", share: "restored", n: "n" },
    measure: "Share restored",
  });
  const marks = html.split('<li class="interval-row"').slice(1);

  it("prints n, the share and its interval", () => {
    expect(textOf(`<li${marks[0]}`)).toBe("refund n = 1,204 50.0% (40–60%)");
    expect(html).toContain("95% interval");
  });

  it("draws the point and its whisker on a common scale from zero to all", () => {
    expect(marks[0]).toMatch(/interval-line" style="left:40%;width:(20|19\.9+)\d*%/);
    expect(marks[0]).toContain('interval-point" style="left:50%"');
  });

  it("greys what rests on fewer than ten cases", () => {
    expect(marks.map((mark) => mark.includes("data-few"))).toEqual([false, true, true, true]);
  });

  it("shows only the count of fewer than five cases", () => {
    expect(textOf(`<li${marks[2]}`)).toBe("none n = 4 too few");
    expect(textOf(`<li${(marks[3] ?? "").split("</ol>")[0]}`)).toBe("apology n = 0 no cases");
    expect(marks.map((mark) => mark.includes("interval-point"))).toEqual([true, true, false, false]);
  });
});

describe("a sparkline", () => {
  it("starts at zero and marks its last value", () => {
    const html = markup(Sparkline, { values: [0, 10, 5], label: "from 0 to 5" });
    expect(html).toContain('aria-label="from 0 to 5"');
    expect(pathOf(html)).toBe("M3,21L50,3L97,12");
    expect(html).toContain('<circle cx="97" cy="12"');
  });

  it("has a gap where nothing was measured", () => {
    expect(pathOf(markup(Sparkline, { values: [1, 1, null, 1, 1], label: "" })).match(/M/g)).toHaveLength(2);
  });

  it("takes the scale of its column", () => {
    expect(pathOf(markup(Sparkline, { values: [5, 5], highest: 10, label: "" }))).toBe("M3,12L97,12");
  });

  it("is nothing where nothing is known", () => {
    expect(markup(Sparkline, { values: [null, null], label: "" })).toBe("");
  });
});
