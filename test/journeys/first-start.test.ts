import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { casesShown, newVisitor, numberIn, openBrowser, tableTexts } from "#test/support/browser.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe("a first start", () => {
  it("opens the overview of the simulated company, and says that it is simulated", async () => {
    const { page, complaints } = await newVisitor(browser);
    await page.goto("/");
    expect(new URL(page.url()).pathname).toBe("/w/demo");
    expect(await page.getByRole("complementary").textContent()).toContain("Simulated data.");
    expect(await page.locator(".tile").count()).toBe(5);
    expect(await numberIn(page.locator(".tile-value").first())).toBe(await casesShown(page));
    expect(complaints).toEqual([]);
  });

  it("opens exactly the cases of a bar, and comes back", async () => {
    const { page } = await newVisitor(browser);
    await page.goto("/w/demo");
    const bar = page.locator(".pareto ol > li").first();
    const cases = await numberIn(bar.locator(".pareto-count"));
    const cause = (await bar.getByRole("link").textContent()) ?? "";
    await bar.getByRole("link").click();
    await page.waitForURL(/\/cases\?/);
    expect(await casesShown(page)).toBe(cases);
    expect(await page.locator(".lead").textContent()).toContain(cause);
    expect(await numberIn(page.getByRole("link", { name: /as CSV/ }))).toBe(cases);
    await page.goBack();
    expect(new URL(page.url()).pathname).toBe("/w/demo");
  });

  it("narrows by its form, names the filter in a pill, and widens by the pill", async () => {
    const { page } = await newVisitor(browser);
    await page.goto("/w/demo");
    const all = await casesShown(page);
    await page.getByRole("link", { name: /^Filters/ }).click();
    await page.waitForURL(/choose=filters/);
    await openDimension(page, "Channel");
    const choice = page.locator(".filter-value", { has: page.locator('input[name="channel"]') }).first();
    const expected = await numberIn(choice.locator(".filter-count"));
    const label = await choice.locator(".filter-include span").first().textContent();
    await choice.locator('input[name="channel"]').check();
    await page.getByRole("button", { name: "Show these cases" }).click();
    await page.waitForURL(/channel=/);
    expect(page.url()).not.toContain("choose");
    expect(await casesShown(page)).toBe(expected);
    const pill = page.getByRole("link", { name: `Channel is ${label}` });
    await pill.click();
    await page.waitForURL((url) => !url.search.includes("channel"));
    expect(await casesShown(page)).toBe(all);
  });

  it("takes two days of the reader's own as a period, in the one spelling that addresses have", async () => {
    const { page } = await newVisitor(browser);
    await page.goto("/w/demo/cases");
    await page.locator('input[name="from"]').fill("2026-03-05");
    await page.locator('input[name="to"]').fill("2026-03-08");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.waitForURL(/period=/);
    expect(new URL(page.url()).search).toBe("?period=2026-03-05..2026-03-08");
    expect(await page.locator('select[name="period"] option:checked').textContent()).toBe(
      "5 Mar – 8 Mar 2026",
    );
    const days = await page.locator(".case-date").allTextContents();
    expect(days.length).toBeGreaterThan(0);
    expect(days.filter((day) => !/^[5-8] Mar 2026$/.test(day))).toEqual([]);
  });

  it("takes a day that is left out for the first or the last one loaded, and keeps the search", async () => {
    const { page } = await newVisitor(browser);
    await page.goto("/w/demo/cases?period=last-12-months&from=2026-10-20&to=&q=lamp&channel=");
    expect(new URL(page.url()).search).toBe("?period=2026-10-20..2026-10-31&q=lamp");
    await page.goto("/w/demo?period=last-12-months&from=&to=");
    expect(new URL(page.url()).search).toBe("");
  });

  it("downloads the table that it shows", async () => {
    const { page } = await newVisitor(browser);
    await page.goto("/w/demo/causes");
    const [, ...rows] = await tableTexts(page.getByRole("table", { name: "Cases by cause" }));
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: /^Download CSV/ }).click(),
    ]);
    const records = await csvOf(download);
    expect(download.suggestedFilename()).toMatch(/^fixtwice_demo_simulated_causes_.*\.csv$/);
    expect(
      rows.map(([cause, , cases = ""]) => [cause, Number(/^[\d,]+/.exec(cases)?.[0].replace(",", ""))]),
    ).toEqual(records.map(({ cause, cases }) => [cause, Number(cases)]));
  });
});

async function openDimension(page: Page, name: string): Promise<void> {
  const dimension = page.locator(".filter-dimension", { has: page.getByText(name, { exact: true }) });
  if ((await dimension.getAttribute("open")) === null) await dimension.locator("summary").click();
}

async function csvOf(download: Download): Promise<Record<string, string>[]> {
  return parse(await readFile(await download.path()), { bom: true, columns: true });
}
