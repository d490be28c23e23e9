import { describe, expect, it } from "vitest";
import { DataTable } from "#app/components/data-table.tsx";
import { pageTable } from "#app/tables/page-table.ts";
import type { CellValue, TableData, TableRow } from "#app/tables/table.ts";
import { markup, tableTexts, textOf } from "./markup.ts";

const table: TableData = {
  name: "outcomes-by-remedy",
  caption: "Restored, by remedy, 2026",
  csvHref: "/outcomes-by-remedy.csv?period=2026",
  note: "Resolved cases.",
  columns: [
    { key: "remedy", label: "Remedy", kind: "text" },
    { key: "n", label: "Cases", kind: "count" },
    { key: "restored", label: "Restored", kind: "share", n: "n" },
    { key: "restored_low", label: "Restored, low", kind: "share" },
    { key: "restored_high", label: "Restored, high", kind: "share" },
    { key: "first", label: "First", kind: "date" },
  ],
  rows: [
    { cells: remedy("refund", 1204, 0.711, [0.68, 0.74]), href: "/cases?remedy=refund&period=2026" },
    { cells: remedy("goodwill", 8, 0.62, [0.27, 0.97]) },
    { cells: remedy("none", 3, 0.33, [0.06, 0.79]), tone: "other" },
    { cells: remedy("all", 0, null, []), tone: "total" },
  ],
};

function remedy(name: string, n: number, share: number | null, interval: CellValue[]): TableRow["cells"] {
  const [low = null, high = null] = interval;
  return { remedy: name, n, restored: share, restored_low: low, restored_high: high, first: "2026-01-05" };
}

describe("a data table", () => {
  const html = markup(DataTable, { table: pageTable(table) });

  it("folds an interval into the cell of its share, and drops its columns", () => {
    expect(tableTexts(html)).toEqual([
      ["Remedy", "Cases", "Restored", "First"],
      ["refund", "1,204", "71.1% (68–74%)", "5 Jan 2026"],
      ["goodwill", "8", "62% (27–97%)", "5 Jan 2026"],
      ["none", "3", "too few", "5 Jan 2026"],
      ["all", "0", "–", "5 Jan 2026"],
    ]);
  });

  it("greys a share that rests on fewer than ten cases", () => {
    expect(html).toContain('<span class="few">62%');
    expect(html).not.toContain('<span class="few">71.1%');
  });

  it("says what it is, and which cells are heads", () => {
    expect(html).toMatch(/<caption[^>]*>Restored, by remedy, 2026<\/caption>/);
    expect(html.match(/scope="col"/g)).toHaveLength(4);
    expect(html.match(/scope="row"/g)).toHaveLength(4);
  });

  it("aligns numbers to the right, and dates like words", () => {
    expect(html).toContain('<td class="number">1,204</td>');
    expect(html).toContain('<td class="date">5 Jan 2026</td>');
  });

  it("opens the cases of a row from its first cell, and the same rows as CSV", () => {
    expect(html).toContain('<a href="/cases?remedy=refund&amp;period=2026">refund</a>');
    expect(html).toContain('href="/outcomes-by-remedy.csv?period=2026"');
    expect(textOf(html)).toContain("Resolved cases. Download CSV : Restored, by remedy, 2026 (4 rows)");
  });

  it("lets the keyboard into the frame that scrolls", () => {
    expect(html).toMatch(
      /class="table-scroll" role="group" aria-labelledby="([^"]+)" tabindex="0"><table><caption id="\1"/,
    );
  });

  it("marks other and total rows", () => {
    expect(html.match(/data-tone="(other|total)"/g)).toHaveLength(2);
  });

  it("prints what was counted where too few cases make a share, and where there is none", () => {
    const columns: TableData["columns"] = [
      { key: "label", label: "What", kind: "text" },
      { key: "hits", label: "Cases", kind: "count", csvOnly: true },
      { key: "part", label: "Share", kind: "share", n: "of", hits: "hits", withCases: true },
      { key: "of", label: "of", kind: "count", csvOnly: true },
    ];
    const rows = [
      { cells: { label: "parted", hits: 87, part: 0.0774, of: 1124 } },
      { cells: { label: "rare", hits: 1, part: 0.25, of: 4 } },
      { cells: { label: "cases", hits: 1188, part: null, of: null } },
    ];
    expect(tableTexts(markup(DataTable, { table: pageTable({ ...table, columns, rows }) }))).toEqual([
      ["What", "Share"],
      ["parted", "7.7% 87 of 1,124"],
      ["rare", "1 of 4"],
      ["cases", "1,188"],
    ]);
  });

  it("folds the interval of a count, and leaves out what stands in the file only", () => {
    const causes: TableData = {
      ...table,
      columns: [
        { key: "id", label: "Id", kind: "text", csvOnly: true },
        { key: "cause", label: "Cause", kind: "text" },
        { key: "category", label: "Category", kind: "category" },
        { key: "cases", label: "Cases", kind: "count" },
        { key: "cases_low", label: "low", kind: "count" },
        { key: "cases_high", label: "high", kind: "count" },
      ],
      rows: [
        {
          cells: { id: "7", cause: "late", category: null, cases: 341, cases_low: 306, cases_high: 379 },
          href: "/7",
        },
        { cells: { id: "8", cause: "rare", category: "process", cases: 1 }, csvOnly: true },
      ],
    };
    const drawn = markup(DataTable, { table: pageTable(causes) });
    expect(tableTexts(drawn)).toEqual([
      ["Cause", "Category", "Cases"],
      ["late", "unclassified", "341 (306–379)"],
    ]);
    expect(drawn).toContain('<a href="/7">late</a>');
    expect(textOf(drawn)).toContain("(1 row here, 2 in the file)");
  });

  it("says that an empty table is empty", () => {
    expect(textOf(markup(DataTable, { table: pageTable({ ...table, rows: [] }) }))).toContain("No rows.");
  });

  it("prints instants in the zone that it is given, and names the zone", () => {
    const log: TableData = {
      ...table,
      columns: [{ key: "at", label: "At", kind: "instant" }],
      rows: [{ cells: { at: "2026-11-22T23:30:00Z" } }],
    };
    expect(tableTexts(markup(DataTable, { table: pageTable(log), timeZone: "Europe/Berlin" }))[1]).toEqual([
      "23 Nov 2026, 00:30 UTC+1",
    ]);
  });
});
