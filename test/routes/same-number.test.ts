import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everything, type Filter } from "#analytics/filter/filter.ts";
import { parseDay } from "#analytics/period.ts";
import { completeQuarters } from "#app/filters/describe-filter.ts";
import { countText, fewestForShare, shareText } from "#app/format.ts";
import { type OutcomesTell, outcomeFigureOf } from "#app/tables/outcome-tables.ts";
import type { Column, TableData } from "#app/tables/table.ts";
import { tables } from "#app/tables/tables.ts";
import { hrefTo, makeView, type View } from "#app/tables/view.ts";
import { asOf, openTestApp, type TestApp } from "#test/support/app.ts";
import { fillWorkspace } from "#test/support/many-cases.ts";
import { type CsvRow, downloadTable, pageText, toCsvFigures } from "./csv-tables.ts";
import { mainText, type PageTile, tablesOf, tilesOf } from "./html-tables.ts";
import { randomFilters, wholeMonths } from "./random-filters.ts";

let app: TestApp;
let viewOf: (filter: Filter) => View;
beforeAll(async () => {
  app = await openTestApp();
  const snapshot = await app.snapshot();
  viewOf = (filter) => makeView(snapshot, filter, parseDay(asOf) ?? 0);
});
afterAll(() => app.close());

describe("the same question has the same answer", () => {
  test("in the CSV of every table as in the table itself, cell by cell, for 50 filters", async () => {
    const views = randomFilters((await app.snapshot()).facts, 50, wholeMonths).map(viewOf);
    expect(views.filter((view) => view.incidence.length > 0).length).toBeGreaterThan(35);
    for (const view of views)
      for (const make of Object.values(tables)) {
        const table = make(view);
        const expected = table.rows.map(({ cells }) =>
          Object.fromEntries(table.columns.map(({ key }) => [key, toCsvFigures(cells[key])])),
        );
        expect(await downloadTable(app, table), table.csvHref).toEqual(expected);
      }
  });

  test("on the pages Overview, Causes and Outcomes as in the CSVs, cell by cell, for 50 filters", async () => {
    let compared = 0;
    for (const view of randomFilters((await app.snapshot()).facts, 50).map(viewOf))
      for (const [page, names] of Object.entries(tablesOnPages)) {
        const html = await app.page(hrefTo(view.workspace, page, view.filter));
        if (!html.includes("<table")) continue; // nothing matches, and the page says so
        const { tells } = outcomeFigureOf(view);
        for (const name of names) {
          const table = tableNamed(name, view);
          if (isDrawn(table, tells)) compared += await compare(html, table);
        }
        if (page === "") compareTiles(tilesOf(html), await downloadTable(app, tableNamed("headline", view)));
      }
    expect(compared).toBeGreaterThan(5_000);
  });

  test("on the overview of more causes than it lists as in their CSV: the largest, and the sum of the others", async () => {
    await fillWorkspace(app.services.database.db, "many causes", 3_000);
    const snapshot = await app.snapshot("many causes");
    const views = [everything, ...randomFilters(snapshot.facts, 20)]
      .map((filter) => makeView(snapshot, filter, parseDay(asOf) ?? 0))
      .filter((view) => tableNamed("causes", view).rows.length > 2 * causesOnOverview);
    expect(views.length).toBeGreaterThan(3);
    for (const view of views)
      await compareLargest(
        await app.page(hrefTo(view.workspace, "", view.filter)),
        tableNamed("causes", view),
      );
  });

  test("on the review of each quarter as in its CSVs", async () => {
    for (const view of completeQuarters(viewOf(everything), 12).map(quarterView)) {
      const html = await app.page(`${app.workspace.base}/reviews/${view.filter.period}`);
      for (const name of ["review-headline", "review-causes", "outcomes-by-remedy"])
        expect(await compare(html, tableNamed(name, view))).toBeGreaterThan(0);
    }
  });

  test("on the summary of each quarter as in the headline's CSV, and as in the review's", async () => {
    for (const view of completeQuarters(viewOf(everything), 12).map(quarterView)) {
      const html = await app.page(`${app.workspace.base}/summary?quarter=${view.filter.period}`);
      const headline = await downloadTable(app, tableNamed("headline", view));
      compareTiles(tilesOf(html), headline);
      const review = await downloadTable(app, tableNamed("review-headline", view));
      expect(review).toEqual(review.map((row, i) => ({ ...row, ...without(headline[i], "basis") })));
    }
  });

  test("of a cause: its own tiles as in the CSV under a filter on that cause", async () => {
    const causes = await downloadTable(app, tableNamed("causes", viewOf(everything)));
    expect(causes.length).toBeGreaterThan(3);
    for (const { cause_id: id } of causes.filter((row) => row.cause_id !== null)) {
      const view = viewOf({
        ...everything,
        clauses: [{ dimension: "cause", include: [String(id)], exclude: [] }],
      });
      const tiles = tilesOf(await app.page(`${app.workspace.base}/causes/${id}`));
      compareTiles(tiles, await downloadTable(app, tableNamed("headline", view)));
    }
  });
});

const tablesOnPages = {
  "": ["causes", "trend", "outcomes-by-remedy"],
  causes: ["causes"],
  outcomes: [
    "outcomes-by-remedy",
    "outcomes-by-contact-reason",
    "remedies-by-contact-reason",
    "times-to-resolve",
  ],
};

/** Tables of outcomes, remedies and times are left out where no case tells one. */
function isDrawn({ name, rows }: TableData, tells: OutcomesTell): boolean {
  if (name === "outcomes-by-remedy") return tells === "outcomes";
  if (name === "times-to-resolve") return rows.length > 0;
  return tells !== "nothing" || !name.endsWith("by-contact-reason");
}

function quarterView(quarter: string): View {
  return viewOf({ ...everything, period: quarter });
}

function tableNamed(name: string, view: View): TableData {
  const make = tables[name];
  if (make === undefined) throw new Error(`There is no table ${name}.`);
  return make(view);
}

function without(row: CsvRow | undefined, key: string): CsvRow {
  return Object.fromEntries(Object.entries(row ?? {}).filter(([name]) => name !== key));
}

/** Every cell that the page draws of a table against the same cell of its CSV. Returns how many there were. */
async function compare(html: string, table: TableData): Promise<number> {
  const onPage = tablesOf(html).get(table.caption);
  expect(onPage, `"${table.caption}" on the page`).toBeDefined();
  const shown = table.columns.filter(isShown);
  expect(onPage?.heads).toEqual(shown.map(({ label }) => label));
  const rows = (await downloadTable(app, table)).filter((_, i) => table.rows[i]?.csvOnly !== true);
  const wanted = rows.map((row) => shown.map((column) => pageText(row, column)));
  const got = onPage?.rows.map(({ cells }) => cells);
  expect(got, table.csvHref).toEqual(wanted);
  return wanted.flat().length;
}

/** The ends of an interval stand in its cell. */
function isShown({ key, csvOnly }: Column): boolean {
  return csvOnly !== true && !/_(low|high)$/.test(key);
}

const causesOnOverview = 20;

/** One row is the sum of the causes that are not among the largest; the chart has it too, and a link leads to them all. */
async function compareLargest(html: string, table: TableData): Promise<void> {
  const rows = await downloadTable(app, table);
  const others = rows.filter((row) => row["cause_id"] !== null).slice(causesOnOverview);
  const [onPage, shown] = [tablesOf(html).get(table.caption)?.rows ?? [], table.columns.filter(isShown)];
  const alone = rows.filter((row) => !others.includes(row));
  const wanted = alone.map((row) => shown.map((column) => pageText(row, column)));
  expect(onPage.map(({ cells }) => cells).toSpliced(causesOnOverview, 1), table.csvHref).toEqual(wanted);
  const cases = sumOf(others);
  const of = onPage[causesOnOverview]?.cells ?? [];
  expect(of[0]).toBe(`${others.length} other causes`);
  expect(of[2]?.replace(/ \(.*/, "")).toBe(countText(cases));
  expect(of[3]?.replace(/ \(.*/, "")).toBe(shareText(cases / sumOf(rows), sumOf(rows)));
  const bars = mainText(html).match(/\d+ other causes([\d,]+) cases/);
  expect(bars?.[1]).toBe(countText(cases));
  const link = `All ${rows.filter((row) => row["cause_id"] !== null).length} causes`;
  expect(mainText(html)).toContain(link);
}

function sumOf(rows: readonly CsvRow[]): number {
  return rows.reduce((sum, row) => sum + Number(row["cases"]), 0);
}

function compareTiles(tiles: readonly PageTile[], headline: readonly CsvRow[]): void {
  expect(tiles).toHaveLength(5);
  for (const tile of tiles) {
    const row = headline.find(({ label }) => label === tile.label);
    const { cases = null, share = null, of_cases: n = null } = row ?? {};
    if (typeof cases === "string" || typeof share === "string" || typeof n === "string" || row === undefined)
      throw new Error(`The tile "${tile.label}" is not a row of the headline.`);
    const few = n === null || n < fewestForShare;
    expect(tile.value, tile.label).toBe(n === 0 ? "unknown" : few ? countText(cases) : shareText(share, n));
    if (n !== null && n > 0) expect(tile.basis).toContain(`${countText(cases)} of ${countText(n)} case`);
  }
}
