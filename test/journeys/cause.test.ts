import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { casesShown, newVisitor, openBrowser } from "#test/support/browser.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function openLargestCause(page: Page): Promise<void> {
  await page.goto("/w/demo/causes");
  await page.locator("tbody a").first().click();
  await page.waitForURL(/\/causes\/\d+/);
}

describe("the page of a cause", () => {
  it("says first what it is, then its trend, what became of it, its cases, and asks for a decision last", async () => {
    const { page } = await newVisitor(browser);
    await openLargestCause(page);
    const main = (await page.locator("main").textContent()) ?? "";
    const order = [
      "The case that says it best",
      "Cases by month",
      "Restored, by remedy",
      "Latest cases",
      "Name it",
    ];
    const places = order.map((text) => main.indexOf(text));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  it("keeps the server's lines until the interactive ones lie over them, without moving anything", async () => {
    const still = await newVisitor(browser, { scripts: false });
    await openLargestCause(still.page);
    const height = await still.page.locator("main").evaluate((main) => main.getBoundingClientRect().height);
    const { page, complaints } = await newVisitor(browser);
    await openLargestCause(page);
    await page.locator(".recharts-line-curve").first().waitFor();
    expect(await page.locator(".recharts-line-curve").first().getAttribute("d")).toMatch(/^M[\d.,LC-]+/);
    expect(await page.locator("main").evaluate((main) => main.getBoundingClientRect().height)).toBe(height);
    expect(complaints).toEqual([]);
  });

  it("reads out a month to who points at it with the keyboard", async () => {
    const { page } = await newVisitor(browser);
    await openLargestCause(page);
    await page.locator(".recharts-line-curve").first().waitFor();
    await page.locator("svg.recharts-surface").focus();
    await page.keyboard.press("ArrowRight");
    await page.locator(".trend-card strong").first().waitFor();
    expect(await page.locator(".trend-card").textContent()).toMatch(/20\d\d.*Cases \d+/);
  });

  it("shows a person's name and category wherever the cause is shown", async () => {
    const { page, complaints } = await newVisitor(browser);
    await openLargestCause(page);
    const causePage = page.url();
    await page.getByLabel(/^Name/).fill("Vouchers are refused");
    await page.getByRole("button", { name: "Save the name" }).click();
    await page.getByRole("heading", { level: 1, name: "Vouchers are refused" }).waitFor();
    await page.locator("select[name=category]").selectOption("process");
    await page.getByLabel(/^Reason/).fill("Found in the shop's own log");
    await page.getByRole("button", { name: "Save the category" }).click();
    await page.getByText("a person said so").first().waitFor();
    expect(page.url()).toBe(causePage);
    expect(await page.locator(".description-list").first().textContent()).toContain(
      "process – a person said so: Found in the shop's own log",
    );
    for (const path of ["/w/demo", "/w/demo/causes", "/w/demo/reviews/2026-Q3", "/w/demo/summary"]) {
      await page.goto(path);
      expect(await page.locator("main").textContent(), path).toContain("Vouchers are refused");
    }
    expect(complaints).toEqual([]);
  });

  it("takes in another cause that is the same, after it has said what that means, and gives it back", async () => {
    const { page, complaints } = await newVisitor(browser);
    await openLargestCause(page);
    const casesHere = async () => {
      await page.goto(`${new URL(page.url()).pathname}?period=all`);
      return Number((await page.locator(".tile a").first().textContent())?.replaceAll(",", ""));
    };
    const before = await casesHere();
    const other = page.getByLabel("The other cause");
    const [, chosen = "", cases = ""] =
      /^(.*) \(([\d,]+) cases\)$/.exec((await other.locator("option").nth(4).textContent()) ?? "") ?? [];
    await other.selectOption({ index: 4 });
    await page.getByRole("button", { name: "See what a merge would give" }).click();
    const together = before + Number(cases.replaceAll(",", ""));
    await page.getByText(`${together.toLocaleString("en-GB")} cases together`).waitFor();
    await page
      .locator("#merge")
      .getByLabel(/^Reason/)
      .fill("One and the same lid");
    await page.getByRole("button", { name: "Merge them" }).click();
    await page.getByText("One and the same lid").waitFor();
    expect(await casesHere()).toBe(together);
    await page.getByRole("button", { name: `Undo the merge of ${chosen}` }).click();
    await page.getByText("One and the same lid").waitFor({ state: "detached" });
    expect(await casesHere()).toBe(before);
    expect(complaints).toEqual([]);
  });

  it("is cut in two where a person says that it is two, after it has said what would move, and made whole again", async () => {
    const { page, complaints } = await newVisitor(browser);
    await openLargestCause(page);
    const path = new URL(page.url()).pathname;
    const casesHere = async () => {
      await page.goto(`${path}?period=all`);
      return Number((await page.locator(".tile a").first().textContent())?.replaceAll(",", ""));
    };
    const before = await casesHere();
    await page.getByRole("button", { name: "Look for parts" }).click();
    await page.getByRole("checkbox").first().check();
    await page.getByRole("button", { name: "See what a split would give" }).click();
    const sentence = (await page.getByText("would make a new cause").textContent()) ?? "";
    const [gone = 0, stay = 0] = [...sentence.matchAll(/([\d,]+) cases? would/g)].map(([, count = ""]) =>
      Number(count.replaceAll(",", "")),
    );
    expect(gone).toBeGreaterThan(0);
    expect(gone + stay).toBe(before);
    await page.getByLabel(/^Name of the new cause/).fill("The hinge of the lid");
    await page
      .locator("#split")
      .getByLabel(/^Reason/)
      .fill("Another supplier makes it");
    await page.getByRole("button", { name: "Split it" }).click();
    await page.getByText(/There was split from it .*Another supplier makes it/).waitFor();
    expect(await casesHere()).toBe(stay);
    await page.goto("/w/demo/causes?period=all");
    const row = page.getByRole("row", { name: /The hinge of the lid/ });
    expect(await row.textContent()).toContain(gone.toLocaleString("en-GB"));
    await row.getByRole("link").first().click();
    await page.getByText("It was split from").waitFor();
    await page.goto(path);
    await page.getByRole("button", { name: "Undo the split of The hinge of the lid" }).click();
    await page.getByText("There was split from it").waitFor({ state: "detached" });
    expect(await casesHere()).toBe(before);
    expect(complaints).toEqual([]);
  });

  it("lists the cases that people have confirmed, each with a way back", async () => {
    const { page, complaints } = await newVisitor(browser);
    await openLargestCause(page);
    const causePage = page.url();
    await page.locator(".case-list tbody a").first().click();
    await page.getByText("It does belong here").click();
    await page
      .getByLabel(/^Reason/)
      .first()
      .fill("Read by the team");
    await page.getByRole("button", { name: "Confirm it" }).click();
    await page.getByText("Read by the team").first().waitFor();
    await page.goto(causePage);
    await page.getByRole("heading", { name: /^1 case that people have put here/ }).waitFor();
    await page.locator("#pinned").getByRole("button", { name: /^Undo/ }).click();
    await page.locator("#pinned").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });
});

it("a group of emerging cases is read, made a cause under a person's name, and taken back", async () => {
  const { page, complaints } = await newVisitor(browser);
  await page.goto("/w/demo/causes?period=all");
  const emerging = page.locator("#emerging");
  const row = emerging.locator("tbody tr").first();
  const size = await row.locator("td").first().textContent();
  await row.getByRole("link").click();
  await page.getByRole("heading", { level: 1, name: /^Emerging: / }).waitFor();
  expect(await casesShown(page)).toBe(Number(size));
  expect(await page.locator(".case-list tbody tr").count()).toBe(Number(size));
  const groupPage = page.url();
  await page.getByLabel(/^Name of the new cause/).fill("A cause in the making");
  await page.getByLabel(/^Reason/).fill("Read by the team");
  await page.getByRole("button", { name: "Make it a cause" }).click();
  await page.getByRole("heading", { level: 1, name: "A cause in the making" }).waitFor();
  await page.getByText("Read by the team").first().waitFor();
  expect(await casesShown(page)).toBe(Number(size));
  await page.goto("/w/demo/causes?period=all");
  await page.getByRole("link", { name: "A cause in the making" }).first().click();
  await page.getByRole("button", { name: "Undo the making of this cause" }).click();
  await emerging.locator("tbody tr").first().waitFor();
  expect(await page.getByRole("link", { name: "A cause in the making" }).count()).toBe(0);
  await page.goto(groupPage);
  expect(await casesShown(page)).toBe(Number(size));
  expect(complaints).toEqual([]);
});
