import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newVisitor, openBrowser } from "#test/support/browser.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe.each([true, false])("with scripts: %s", (scripts) => {
  it("a person draws a sample, codes cases of it blind, mends one, and sees how far it agrees", async () => {
    const { page, complaints } = await newVisitor(browser, { scripts });
    await page.goto("/w/demo/causes/coding");
    await page.getByLabel(/^Cases/).fill("10");
    await page.getByRole("button", { name: "Draw them" }).click();
    const sample = page.locator("section", { hasText: "Nobody has coded a case of it yet" });
    await sample.getByLabel(/^Your name/).fill("Ada");
    await sample.getByRole("button", { name: "Code this sample" }).click();
    for (let place = 1; place <= 10; place++) {
      await page.getByRole("heading", { level: 1, name: `Case ${place} of 10` }).waitFor();
      expect(await page.locator("select[name=cause]").inputValue()).toBe("");
      expect(await page.locator("input[name=category]:checked").count()).toBe(0);
      await page.locator("select[name=cause]").selectOption({ index: 1 + (place % 3) });
      await page.getByLabel(place % 2 === 0 ? "process" : "product", { exact: true }).check();
      await page.getByRole("button", { name: "Save and go on" }).click();
    }
    await page.getByRole("heading", { name: "All cases are coded" }).waitFor();
    await page.goto(`${page.url()}&place=4`);
    expect(await page.locator("input[name=category]:checked").inputValue()).toBe("process");
    await page.locator("select[name=cause]").selectOption("none");
    await page.getByRole("button", { name: "Save and go on" }).click();
    await page.getByRole("link", { name: "See how far the codes agree" }).click();
    const agreement = await page
      .locator("section", { hasText: "Ada has coded 10 of 10" })
      .first()
      .textContent();
    expect(agreement).toMatch(/What is published and Ada: causekappa -?\d\.\d\d/);
    expect(complaints).toEqual([]);
  });

  it("a person confirms the category of one cause after the other, and takes a word back", async () => {
    const { page, complaints } = await newVisitor(browser, { scripts });
    await page.goto("/w/demo/causes");
    await page.getByRole("link", { name: "Confirm one after the other" }).click();
    const asked = page.locator("main h2").first();
    const first = (await asked.textContent()) ?? "";
    await page.getByRole("button", { name: /^process/ }).click();
    await page.getByText(`“${first}” is kept as process.`).waitFor();
    expect(await asked.textContent()).not.toBe(first);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("is kept as").waitFor({ state: "detached" });
    expect(await asked.textContent()).toBe(first);
    await page.getByRole("link", { name: /^Leave it open/ }).click();
    await page.waitForURL(/later=/);
    expect(await asked.textContent()).not.toBe(first);
    expect(complaints).toEqual([]);
  });

  it("a person adds a word to a category, is told what is wrong, and goes back to the defaults", async () => {
    const { page, complaints } = await newVisitor(browser, { scripts });
    await page.goto("/w/demo/causes/category-words");
    await page.getByLabel("Product").fill("broken late");
    await page.getByRole("button", { name: "Save the words" }).click();
    await page.getByText("“late” stands under product and process").waitFor();
    expect(await page.getByLabel("Product").inputValue()).toBe("broken late");
    await page.getByLabel("Product").fill("broken kettle");
    await page.getByRole("button", { name: "Save the words" }).click();
    await page.getByText("The next run that finds causes").waitFor();
    expect(await page.getByLabel("Product").inputValue()).toBe("broken\nkettle");
    await page.getByRole("button", { name: "Back to the defaults" }).click();
    await page.getByText("the lists that the product brings").waitFor();
    expect(await page.getByLabel("Product").inputValue()).toContain("battery");
    expect(complaints.filter((text) => !text.includes("400"))).toEqual([]); // the refusal itself is told to the console
  });
});
