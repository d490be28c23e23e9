import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newVisitor, openBrowser } from "#test/support/browser.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** The sheets of a page's print, each with its size in points. */
async function sheetsOf(page: Page): Promise<string[]> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const count = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  const size = /\/MediaBox ?\[([^\]]*)\]/.exec(pdf)?.[1] ?? "";
  const [, , width, height] = size.split(" ").map((points) => Math.round(Number(points)));
  return Array.from({ length: count }, () => `${width} x ${height}`);
}

const a4 = "595 x 842";
/** In px: A4 less the margins of print.css. */
const printableWidth = 680;

async function printed(path: string): Promise<Page> {
  const { page } = await newVisitor(browser);
  await page.goto(path);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  return page;
}

describe("on paper", () => {
  it.each(["2026-Q3", "2026-Q2", "2025-Q1"])(
    "the summary of %s is exactly one sheet of A4",
    async (quarter) => {
      expect(await sheetsOf(await printed(`/w/demo/summary?quarter=${quarter}`))).toEqual([a4]);
    },
  );

  it("the summary says whose it is and that the data are simulated, and offers no choice", async () => {
    const page = await printed("/w/demo/summary");
    expect(await page.locator(".page-banner").isVisible()).toBe(true);
    expect(await page.locator(".one-page-head").innerText()).toContain("demo");
    expect(await page.locator("select[name=quarter]").isVisible()).toBe(false);
  });

  it("the overview has no navigation, no form and no colours to choose, and its numbers under each chart", async () => {
    const page = await printed("/w/demo");
    expect(await page.locator(".page-nav").isVisible()).toBe(false);
    expect(await page.locator(".filter-bar form").isVisible()).toBe(false);
    expect(await page.locator(".theme-choice").isVisible()).toBe(false);
    expect(await page.getByRole("status").isVisible()).toBe(true);
    expect(
      await page
        .locator(".figure-table table")
        .evaluateAll((tables) => tables.map((t) => t.clientHeight > 50)),
    ).toEqual([true, true, true]);
  });

  it.each([
    "",
    "/causes",
    "/causes/1",
    "/outcomes",
    "/cases",
    "/retrospectives",
    "/reviews/2026-Q3",
    "/imports",
  ])("the page at /w/demo%s is no wider than its paper", async (path) => {
    const page = await printed(`/w/demo${path}`);
    await page.setViewportSize({ width: printableWidth, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(printableWidth);
  });

  it("is light, whatever the screen was", async () => {
    const page = await printed("/w/demo");
    expect(await page.locator("html").evaluate((html) => getComputedStyle(html).backgroundColor)).toBe(
      "rgb(255, 255, 255)",
    );
  });

  it("repeats the heads of a review's long tables on each of its sheets", async () => {
    const page = await printed("/w/demo/reviews/2026-Q3");
    expect((await sheetsOf(page)).length).toBeGreaterThan(1);
    expect(
      await page
        .locator("thead")
        .first()
        .evaluate((head) => getComputedStyle(head).display),
    ).toBe("table-header-group");
  });
});
