import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everything, type Filter } from "#analytics/filter/filter.ts";
import { parseDay } from "#analytics/period.ts";
import { completeQuarters } from "#app/filters/describe-filter.ts";
import { review as reviewOf } from "#app/pages/quarter.ts";
import { loadJudgedFixes } from "#app/server/judged-fixes.ts";
import { tables } from "#app/tables/tables.ts";
import { hrefTo, makeView, type View } from "#app/tables/view.ts";
import { listFixedCauseIds } from "#db/queries/second-fixes.ts";
import { asOf, openTestApp, type TestApp } from "#test/support/app.ts";
import { findingLinks, listedCases, tilesOf } from "./html-tables.ts";
import { randomFilters, seed, wholeMonths } from "./random-filters.ts";

let app: TestApp;
let viewOf: (filter: Filter) => View;
beforeAll(async () => {
  app = await openTestApp();
  const snapshot = await app.snapshot();
  viewOf = (filter) => makeView(snapshot, filter, parseDay(asOf) ?? 0);
});
afterAll(() => app.close());

/** A number that a reader sees, and the list that it opens. */
interface LinkedNumber {
  from: string;
  number: number;
  href: string;
}

describe("a number opens a list of as many cases", () => {
  test("from 200 rows of all tables, under random filters", async () => {
    const views = randomFilters((await app.snapshot()).facts, 60, wholeMonths).map(viewOf);
    const links = views.flatMap((view) => Object.values(tables).flatMap((make) => linkedRows(make(view))));
    const sampled = sampleOfEach(links, 200);
    expect(sampled).toHaveLength(200);
    for (const link of sampled)
      expect([link.from, await casesOn(link.href)]).toEqual([link.from, link.number]);
  });

  test("from each month of a trend whose period begins and ends within one", async () => {
    const view = viewOf({ ...everything, period: "2025-11-14..2026-02-09" });
    const links = linkedRows(required("trend")(view));
    expect(links.map(({ number }) => number).reduce((a, b) => a + b)).toBe(view.incidence.length);
    expect(links).toHaveLength(4);
    for (const link of links) expect(await casesOn(link.href)).toBe(link.number);
  });

  test("from each remedy's row under a filter on remedies, by whichever day the cases are dated", async () => {
    for (const cohort of ["incidence", "outcome"] as const) {
      const include = ["refund", "apology"];
      const filter = {
        ...everything,
        cohort,
        clauses: [{ dimension: "remedy" as const, include, exclude: [] }],
      };
      const links = linkedRows(required("outcomes-by-remedy")(viewOf(filter)));
      expect(links).toHaveLength(2);
      for (const link of links) expect(await casesOn(link.href)).toBe(link.number);
    }
  });

  test("from the tiles of the overview, of a cause and of the summary", async () => {
    const { base } = app.workspace;
    const pages = [
      base,
      `${base}?period=2026-Q2`,
      `${base}?outcome=parted`,
      `${base}/causes/1`,
      `${base}/summary`,
    ];
    for (const page of pages) {
      const html = await app.page(page);
      const linked = tilesOf(html).filter((tile) => tile.href !== null);
      expect(linked.length, page).toBeGreaterThan(1);
      for (const { label, value, basis, href } of linked) {
        const [counted = ""] = value.includes("%") ? basis.split(" of ") : [value];
        expect([label, await casesOn(href ?? "")]).toEqual([label, Number(counted.replaceAll(",", ""))]);
      }
    }
  });

  test("from each finding of the summary and the review, and both have the same findings", async () => {
    let opened = 0;
    for (const { filter } of completeQuarters(viewOf(everything), 6).map(quarterView)) {
      const { findings } = reviewOf(await app.snapshot(), {
        today: parseDay(asOf) ?? 0,
        quarter: filter.period,
        fixedCauseIds: await listFixedCauseIds(app.services.database.db, app.workspace.id),
        judgedFixes: await loadJudgedFixes(app.services.database.db, app.workspace.id),
      });
      const summary = await app.page(`${app.workspace.base}/summary?quarter=${filter.period}`);
      const review = await app.page(`${app.workspace.base}/reviews/${filter.period}`);
      expect(findingLinks(summary)).toEqual(findings.flatMap(({ href }) => href ?? []));
      expect(findingLinks(review)).toEqual(findingLinks(summary));
      for (const { evidence, href } of findings) {
        const [, hits, of] = /([\d,]+) (?:resolved cases )?of ([\d,]+)/.exec(evidence) ?? [];
        if (href === null || hits === undefined) continue;
        const counted = href.includes("not-cause") ? of : hits; // the cost is known of some of the cases that it is about
        const tied = new URLSearchParams(href.split("?")[1]).getAll("cause").length || 1; // "each has"
        expect([evidence, await casesOn(href)]).toEqual([
          evidence,
          tied * Number(counted?.replaceAll(",", "")),
        ]);
        opened++;
      }
    }
    expect(opened).toBeGreaterThan(12);
  });

  test("and nothing that counts no case has a link to cases that the filter keeps out", () => {
    const resolvedOnly = {
      ...everything,
      clauses: [{ dimension: "status" as const, include: ["resolved"], exclude: [] }],
    };
    const open = required("headline")(viewOf(resolvedOnly)).rows.find((row) => row.cells.measure === "open");
    expect(open?.cells.cases).toBe(0);
    expect(open).not.toHaveProperty("href");
  });
});

describe("a list of cases", () => {
  test("holds as many lines in its CSV as on all of its pages, and the same cases", async () => {
    const { base } = app.workspace;
    for (const query of ["?period=2026-Q2", "?period=2026-Q2&by=outcome", "?period=all&q=kettle"]) {
      const [, ...lines] = parse(await (await app.request(`${base}/cases.csv${query}`)).text(), {
        bom: true,
      });
      expect(lines.length).toBeGreaterThan(50);
      expect(listedCases(await app.page(`${base}/cases${query}`))).toBe(lines.length);
      const second = await app.page(`${base}/cases${query}&page=2`);
      for (const [caseId] of lines.slice(50, 100)) expect(second).toContain(`/cases/${caseId}"`);
    }
  });

  test("leads from a cause's row to the cause, whose page counts the same", async () => {
    const view = viewOf({ ...everything, period: "2026-Q2" });
    for (const { cells } of required("causes")(view).rows.filter((row) => row.cells.cause_id !== null)) {
      const html = await app.page(hrefTo(view.workspace, `causes/${cells.cause_id}`, view.filter));
      expect(tilesOf(html).find((tile) => tile.label === "Cases")?.value).toBe(String(cells.cases));
    }
  });
});

function required(name: string) {
  const make = tables[name];
  if (make === undefined) throw new Error(`There is no table ${name}.`);
  return make;
}

/** The rows that open cases. What a row counts stands in its first column of counts. */
function linkedRows(table: ReturnType<ReturnType<typeof required>>): LinkedNumber[] {
  const column = table.columns.find(({ kind }) => kind === "count")?.key ?? "";
  return table.rows.flatMap(({ href, cells }) =>
    href === undefined ? [] : [{ from: `${table.csvHref} -> ${href}`, number: Number(cells[column]), href }],
  );
}

/** A sample that is as long for links that count cases as for those of rare rows. */
function sampleOfEach(links: readonly LinkedNumber[], size: number): LinkedNumber[] {
  const drawn = fc.sample(fc.uniqueArray(fc.constantFrom(...links), { minLength: size, maxLength: size }), {
    numRuns: 1,
    seed,
  });
  return drawn[0] ?? [];
}

function quarterView(quarter: string): View {
  return viewOf({ ...everything, period: quarter });
}

async function casesOn(href: string): Promise<number> {
  return listedCases(await app.page(href));
}
