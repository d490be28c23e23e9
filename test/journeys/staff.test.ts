import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newVisitor, openBrowser } from "#test/support/browser.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe("whom to train", () => {
  it.each([true, false])(
    "is decided from the queue, the names asked for on the way (scripts: %s)",
    async (scripts) => {
      const { page, complaints } = await newVisitor(browser, { scripts });
      await page.goto("/w/demo/decisions");
      await page.goto("/w/demo/staff");
      await page
        .getByRole("row")
        .filter({ hasText: "individual: a quiet talk" })
        .getByRole("link")
        .first()
        .click();
      const main = page.locator("main");
      await main.getByText("one agent of 9 stands out").first().waitFor();
      expect(await page.content()).not.toMatch(/AG-\d{3}/);

      await page.getByText("Reveal the names", { exact: true }).click();
      await page.locator("form:has(input[value=reveal]) input[name=reason]").fill("To talk to them.");
      await page.getByRole("button", { name: "Reveal the names on this page once" }).click();
      await page.getByText("Names are shown on this page once").waitFor();
      expect(await page.content()).toContain("AG-103");
      await page.goto(page.url());
      expect(await page.content()).not.toMatch(/AG-\d{3}/);

      await page.locator("select[name=answer]").selectOption("individual");
      await page
        .locator("form:has(select[name=answer]) input[name=reason]")
        .fill(`Plain enough, ${scripts}.`);
      await page.getByRole("button", { name: "Keep the decision" }).click();
      await page.getByText(`Reason: Plain enough, ${scripts}.`).waitFor();
      await page.goto("/w/demo/decisions");
      const row = page.getByRole("row").filter({ hasText: `Plain enough, ${scripts}.` });
      expect(await row.innerText()).toContain("No second fix followed yet.");
      expect(await page.locator(".queue").innerText()).not.toContain("a quiet talk.");
      expect(complaints).toEqual([]);
    },
  );
});
