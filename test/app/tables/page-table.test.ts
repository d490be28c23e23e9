import { describe, expect, it } from "vitest";
import { largestCauses } from "#app/tables/causes-table.ts";
import { pageTable } from "#app/tables/page-table.ts";
import type { TableData, TableRow } from "#app/tables/table.ts";

/** Of 100 cases. */
function cause(id: number | null, cases: number, cumulative: number | null): TableRow {
  return {
    ...(id === null ? { tone: "other" as const } : { href: `/cases?cause=${id}` }),
    cells: {
      cause_id: id,
      cause: `Cause ${id}`,
      category: "product",
      cases,
      cases_low: cases - 1,
      cases_high: cases + 1,
      share: cases / 100,
      all_cases: 100,
      cumulative_share: cumulative,
    },
  };
}

const causes: TableData = {
  name: "causes",
  caption: "Cases by cause",
  csvHref: "/tables/causes.csv",
  note: "Cases by the day they happened.",
  columns: [
    { key: "cause_id", label: "Id", kind: "text", csvOnly: true },
    { key: "cause", label: "Cause", kind: "text" },
    { key: "category", label: "Category", kind: "category" },
    { key: "cases", label: "Cases", kind: "count" },
    { key: "cases_low", label: "Cases, low", kind: "count" },
    { key: "cases_high", label: "Cases, high", kind: "count" },
    { key: "share", label: "Share", kind: "share", n: "all_cases" },
    { key: "all_cases", label: "of cases", kind: "count", csvOnly: true },
    { key: "cumulative_share", label: "Cumulative", kind: "share", n: "all_cases" },
  ],
  rows: [cause(7, 50, 0.5), cause(3, 20, 0.7), cause(5, 8, 0.78), cause(6, 4, 0.82), cause(null, 18, null)],
};

describe("the largest causes", () => {
  const { rows, note } = largestCauses(causes, 2);

  it("stand alone, the others as one row, the cases without a cause last: as many cases as before", () => {
    expect(rows.map(({ cells }) => cells["cause"])).toEqual([
      "Cause 7",
      "Cause 3",
      "2 other causes",
      "Cause null",
    ]);
    expect(rows.map(({ cells }) => cells["cases"])).toEqual([50, 20, 12, 18]);
  });

  it("leave a row of the others that is counted like any: share, intervals, running total", () => {
    const other = rows[2]!;
    expect(other.cells).toMatchObject({ share: 0.12, all_cases: 100, cumulative_share: 0.82 });
    // 12 events: 6.20-20.96 (exact Poisson, Garwood 1936); 12 of 100: 7.0-19.8 % (Wilson).
    expect(other.cells["cases_low"]).toBeCloseTo(6.2, 1);
    expect(other.cells["cases_high"]).toBeCloseTo(20.96, 1);
    expect(other.cells["share_low"]).toBeCloseTo(0.07, 3);
    expect(other.cells["share_high"]).toBeCloseTo(0.198, 3);
    expect(other).not.toHaveProperty("href");
    expect(other.cells).not.toHaveProperty("category");
    expect(note).toContain("The 2 smallest causes are one row here; the file has a row for each.");
  });

  it("are all where no more than one would be left", () => {
    expect(largestCauses(causes, 3)).toBe(causes);
  });
});

describe("what a page is sent of a table", () => {
  const sent = pageTable({ ...causes, rows: [...causes.rows, { ...cause(8, 1, null), csvOnly: true }] });

  it("has the columns that it draws, and neither ids nor the ends of intervals among them", () => {
    expect(sent.columns.map(({ key }) => key)).toEqual([
      "cause",
      "category",
      "cases",
      "share",
      "cumulative_share",
    ]);
  });

  it("has the cells that the drawn ones are made of, and the rows that are drawn", () => {
    expect(sent.rows).toHaveLength(5);
    expect(sent.rows[0]).toEqual({
      href: "/cases?cause=7",
      cells: {
        cause: "Cause 7",
        category: "product",
        cases: 50,
        cases_low: 49,
        cases_high: 51,
        share: 0.5,
        all_cases: 100,
        cumulative_share: 0.5,
      },
    });
  });

  it("knows how many rows the file has", () => {
    expect(sent.rowsInFile).toBe(6);
  });
});
