import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newVisitor, openBrowser, tableTexts } from "#test/support/browser.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const sidewaysScroll = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe("on a phone and without JavaScript", () => {
  it("a person writes a playbook, changes it, and reads the cases that were handled otherwise", async () => {
    const { page } = await newVisitor(browser, { width: 390, scripts: false });
    await page.goto("/w/demo/causes/3");
    await page.getByRole("link", { name: "Write a playbook" }).click();
    await page.getByLabel(/^In force from/).fill("2026-01-01");
    await page.getByLabel(/^Highest level/).fill("1");
    await page.getByLabel("Only what is ticked here").check();
    await page.getByLabel("Apology").check();
    await page.getByRole("button", { name: "Add the version" }).click();
    await page.getByRole("heading", { name: "In force: version 1, since 1 Jan 2026" }).waitFor();

    expect(await page.getByLabel("Apology").isChecked()).toBe(true); // filled in with what holds
    await page.getByLabel(/^In force from/).fill("2026-01-01");
    await page.getByLabel(/^Why it changes/).fill("A refund helps");
    await page.getByLabel("Refund").check();
    await page.getByRole("button", { name: "Add the version" }).click();
    expect(await page.locator(".notice[data-kind=problem]").textContent()).toContain(
      "a day has one version at most: nothing was saved",
    );
    expect(await page.getByLabel("Refund").isChecked()).toBe(true);
    await page.getByLabel(/^In force from/).fill("2026-07-01");
    await page.getByRole("button", { name: "Add the version" }).click();
    await page.getByRole("heading", { name: "In force: version 2, since 1 Jul 2026" }).waitFor();
    expect(await sidewaysScroll(page)).toBe(0);

    const table = page.getByRole("table", { name: "Kept by rule, version 1" });
    const [, , offers = []] = await tableTexts(table);
    expect(offers[0]).toBe("Nothing offered but apology");
    await table.getByRole("link", { name: "Nothing offered but apology" }).click();
    expect(await page.locator("main").textContent()).toContain(`${offers[3]} cases resolved while version 1`);
    await page.getByRole("link", { name: "Playbook", exact: true }).click();
    await page.getByRole("heading", { name: "What the evidence says here" }).waitFor();
  });
});

it("on paper a playbook has what was kept of it, and no form", async () => {
  const { page } = await newVisitor(browser);
  await page.goto("/w/demo/causes/3/playbook");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.setViewportSize({ width: 680, height: 900 }); // A4 less its margins
  expect(await page.getByRole("heading", { name: /^In force/ }).isVisible()).toBe(true);
  expect(await page.getByRole("button", { name: "Add the version" }).isVisible()).toBe(false);
  expect(await sidewaysScroll(page)).toBe(0);
});
