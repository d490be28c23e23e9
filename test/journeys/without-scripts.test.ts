import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { casesShown, newVisitor, openBrowser } from "#test/support/browser.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const pages = ["/w/demo", "/w/demo/summary", "/w/demo/reviews/2026-Q3", "/w/demo/outcomes"];

/** Every number and word of the page's tables, tiles and bars. */
function evidenceOf(page: Page): Promise<string[]> {
  return page.locator(":is(.tiles, table, .pareto, .intervals, .findings, .trend-ends)").allTextContents();
}

describe("without JavaScript", () => {
  it.each(pages)("%s has every number that it has with it", async (path) => {
    const { page: without } = await newVisitor(browser, { scripts: false });
    const { page } = await newVisitor(browser);
    await without.goto(path);
    await page.goto(path, { waitUntil: "networkidle" });
    const evidence = await evidenceOf(without);
    expect(evidence.join("")).toMatch(/\d/);
    expect(evidence).toEqual(await evidenceOf(page));
  });

  it("draws the trend, the bars and the sparklines on the server", async () => {
    const { page } = await newVisitor(browser, { scripts: false });
    await page.goto("/w/demo");
    expect(await page.locator(".trend-lines path").count()).toBe(4);
    expect(
      await page
        .locator(".pareto-bar")
        .first()
        .evaluate((bar) => bar.clientWidth),
    ).toBeGreaterThan(100);
    await page.goto("/w/demo/summary");
    expect(await page.locator(".sparkline path").first().getAttribute("d")).toMatch(/^M/);
  });

  it("filters by its form", async () => {
    const { page } = await newVisitor(browser, { scripts: false });
    await page.goto("/w/demo");
    const all = await casesShown(page);
    await page.locator('select[name="period"]').selectOption("2026-Q3");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.waitForURL((url) => url.search === "?period=2026-Q3");
    expect(await casesShown(page)).toBeLessThan(all);
  });

  it("opens its filters by a link and closes them again, and loses none that is set", async () => {
    const { page } = await newVisitor(browser, { scripts: false });
    await page.goto("/w/demo?channel=phone&not-remedy=refund");
    const pills = await page.locator(".pills li").allTextContents();
    await page.getByRole("link", { name: /^Filters \(2 set\)/ }).click();
    await page.waitForURL((url) => url.search === "?channel=phone&not-remedy=refund&choose=filters");
    expect(await page.locator('input[name="channel"][value="phone"]').isChecked()).toBe(true);
    await page.getByRole("link", { name: /^Close/ }).click();
    await page.waitForURL((url) => url.search === "?channel=phone&not-remedy=refund");
    expect(await page.locator('input[type="checkbox"]').count()).toBe(0);
    await page.locator('select[name="period"]').selectOption("2026-Q3");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.waitForURL((url) => url.search === "?channel=phone&not-remedy=refund&period=2026-Q3");
    expect(await page.locator(".pills li").allTextContents()).toEqual(pills);
  });

  it("names what contributed to a case, and takes it back", async () => {
    const { page } = await newVisitor(browser, { scripts: false });
    await page.goto("/w/demo/cases?cause=1");
    await page.locator(".case-list tbody a").first().click();
    await page.getByText("Another cause contributed").click();
    const form = page.locator("form:has(input[value=contribute])");
    await form.locator("select[name=cause]").selectOption({ index: 1 });
    await form.locator("input[name=reason]").fill("It made things worse.");
    await form.getByRole("button", { name: "Name the cause" }).click();
    const named = page.locator("#contributing li");
    await named.getByText("by local user: It made things worse.").waitFor();
    await named.getByRole("link").click();
    await page.getByText("1 other case, of all days, names it as contributing").click();
    await page.locator("#contributed tbody a").click();
    await named.getByRole("button", { name: /^Undo/ }).click();
    await page.getByText("Took a contributing cause back").waitFor();
    expect(await named.count()).toBe(0);
  });

  it("keeps the reader's choice of dark, and comes back to the same page", async () => {
    const { page } = await newVisitor(browser, { scripts: false });
    await page.goto("/w/demo/causes?period=2026-Q3");
    await page.getByRole("button", { name: "Dark" }).click();
    await page.locator('html[data-theme="dark"]').waitFor();
    expect(new URL(page.url()).search).toBe("?period=2026-Q3");
    expect(await page.locator("html").evaluate((html) => getComputedStyle(html).colorScheme)).toBe("dark");
  });
});
