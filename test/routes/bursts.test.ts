import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everything } from "#analytics/filter/filter.ts";
import { parseDay } from "#analytics/period.ts";
import { causeBursts } from "#app/tables/cause-bursts.ts";
import { reviewCausesTable } from "#app/tables/review-table.ts";
import { makeView } from "#app/tables/view.ts";
import { asOf, openTestApp, type TestApp } from "#test/support/app.ts";
import { downloadTable } from "./csv-tables.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ nth: 4 }); // of every eighth case the planted burst is too small to be told
}, 120_000);
afterAll(() => app.close());

/** The bursts that a page tells, as they stand in it. */
function burstsOn(html: string): { name: string; customers: number; q: string }[] {
  const text = html.replaceAll(/<[^>]*>/g, " ");
  const pattern = /“([^”]+)” came in a burst: ([\d,]+) customers.*?q = ([^;]*?)\. /gs;
  return [...text.matchAll(pattern)].map(([, name = "", customers = "", q = ""]) => ({
    name,
    customers: Number(customers.replaceAll(",", "")),
    q,
  }));
}

describe("the planted burst of the simulated company", () => {
  test("is told by the summary of the quarter in which it lies", async () => {
    const told = async (quarter: string) =>
      burstsOn(await app.page(`${app.workspace.base}/summary?quarter=${quarter}`)).map(({ name }) => name);
    expect(await told("2025-Q4")).toEqual([]); // the season of another cause is not
    expect(await told("2026-Q1")).toEqual([]);
    expect(await told("2026-Q2")).toEqual([]);
    expect(await told("2026-Q3")).toEqual([expect.stringContaining("smell")]);
  });

  test("has the same number in the summary, the review, its table and its CSV", async () => {
    const { base } = app.workspace;
    const [found] = burstsOn(await app.page(`${base}/summary?quarter=2026-Q3`));
    const review = await app.page(`${base}/reviews/2026-Q3`);
    expect(burstsOn(review)).toEqual([found]);
    const view = makeView(await app.snapshot(), { ...everything, period: "2026-Q3" }, parseDay(asOf) ?? 0);
    const csv = await downloadTable(app, reviewCausesTable(view));
    const inBursts = csv.filter(({ burst_customers }) => burst_customers !== null);
    expect(inBursts).toMatchObject([{ cause: found!.name, burst_customers: found!.customers }]);
    expect(inBursts[0]!["movement"]).toMatch(/burst$/);
    expect(Number(inBursts[0]!["burst_q"])).toBeLessThanOrEqual(0.05);
    expect(review.replaceAll(/<[^>]*>/g, "|")).toContain(`|${String(inBursts[0]!["movement"])}|`);
    expect(causeBursts(view)!.length).toBeGreaterThan(5);
  });
});
