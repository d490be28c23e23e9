import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { casesShown, newVisitor, openBrowser } from "#test/support/browser.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Tab until the focus is on such an element; a page whose keyboard path does not reach it fails. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`60 presses of Tab never reached ${selector}.`);
}

describe("with the keyboard alone", () => {
  it("skips to the content, filters, and opens the cases of a bar", async () => {
    const { page } = await newVisitor(browser);
    await page.goto("/w/demo");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Skip to the content");
    expect(await page.locator(":focus").evaluate((link) => link.getBoundingClientRect().top)).toBeGreaterThan(
      0,
    );
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");

    await tabTo(page, 'select[name="period"]');
    await page.keyboard.type("Q3 2026");
    await tabTo(page, 'button[type="submit"]');
    await page.keyboard.press("Enter");
    await page.waitForURL(/period=2026-Q3/);

    await tabTo(page, ".pareto a");
    const cause = (await page.locator(":focus").textContent()) ?? "";
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/cases\?period=2026-Q3/);
    expect(await page.locator(".lead").textContent()).toContain(cause);
    expect(await casesShown(page)).toBeGreaterThan(0);
  });

  it("shows where the focus is", async () => {
    const { page } = await newVisitor(browser);
    await page.goto("/w/demo");
    await tabTo(page, ".page-nav a");
    expect(await page.locator(":focus").evaluate((link) => getComputedStyle(link).outlineStyle)).toBe(
      "solid",
    );
  });

  it("opens a table of a figure and scrolls it", async () => {
    const { page } = await newVisitor(browser, { width: 390 });
    await page.goto("/w/demo/outcomes");
    await tabTo(page, ".figure-table summary");
    await page.keyboard.press("Enter");
    await tabTo(page, ".figure-table .table-scroll");
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => (document.activeElement?.scrollLeft ?? 0) > 0);
    expect(await page.locator(":focus").getAttribute("aria-labelledby")).not.toBeNull();
  });
});
