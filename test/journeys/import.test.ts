import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { casesShown, newVisitor, openBrowser, tableTexts } from "#test/support/browser.ts";
import { goOnToCheck, goOnToMapping, load, sendFile, untilDone } from "#test/support/import-pages.ts";
import { csvFile } from "#test/support/named-file.ts";
import { startFixTwice } from "#test/support/server.ts";

const header = "source_system,source_case_id,status,occurred_at,title,narrative,product";
const goodRows = Array.from(
  { length: 6 },
  (_, i) => `desk,C-${i + 1},resolved,2026-0${i + 1}-15,Lamp ${i + 1},The lamp flickers,Lamp`,
);
const badRow = 'desk,C-9,resolved,31/31/2026,Sofa,"It creaks, and sags",Sofa';
const csv = (...rows: readonly string[]) => [header, ...rows, ""].join("\r\n");

let browser: Browser;
let folder: string;

beforeAll(async () => {
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), "fixtwice-journey-"));
  await writeFile(join(folder, "first.csv"), csv(...goodRows.slice(0, 1)));
  const first = startFixTwice(
    ["import", join(folder, "first.csv"), "--workspace", "shop"],
    inject("server").place,
  );
  const [code] = (await once(first, "exit")) as [number];
  if (code !== 0) throw new Error(`The first load through the running server ended with ${code}.`);
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

/** The counts of the import's page by their names. */
async function countsOf(page: Page): Promise<Record<string, string | undefined>> {
  const rows = await tableTexts(page.locator(".import-outcome"));
  return Object.fromEntries(rows.slice(1).map(([name, count]) => [name, count]));
}

async function casesOfShop(page: Page): Promise<number> {
  await page.goto("/w/shop/cases?period=all");
  return casesShown(page);
}

describe("loading a file through the page", () => {
  it("loads the good rows, and gives the bad one back as it was, with its reason", async () => {
    const { page, complaints } = await newVisitor(browser);
    await sendFile(page, "shop", csvFile("cases.csv", csv(...goodRows, badRow)));
    await goOnToMapping(page);
    await goOnToCheck(page);
    expect(await page.locator("h1").textContent()).toBe("6 of 7 rows can be loaded");
    expect(await casesOfShop(page)).toBe(1);
    await page.goBack();
    await load(page);
    expect(await page.locator("h1").textContent()).toBe("6 rows of cases.csv are loaded, 1 rejected");
    expect(await countsOf(page)).toMatchObject({ Read: "7", New: "5", Unchanged: "1", Rejected: "1" });
    const [, rejected] = await tableTexts(page.locator("table").last());
    expect(rejected?.slice(0, 3)).toEqual(["8", "occurred_at", "31/31/2026"]);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download them as CSV" }).click(),
    ]);
    const report = join(folder, "mended.csv");
    const text = await readFile(await download.path(), "utf8");
    expect(text).toContain(badRow);
    await writeFile(report, text.replace("31/31/2026,Sofa", "2026-03-31,Sofa"));
    expect(await casesOfShop(page)).toBe(6);

    await sendFile(page, "shop", report);
    await goOnToMapping(page);
    await goOnToCheck(page);
    await load(page);
    expect(await countsOf(page)).toMatchObject({ Read: "1", New: "1", Rejected: "0" });
    expect(await casesOfShop(page)).toBe(7);
    expect(complaints).toEqual([]);
  });

  it("undoes a load: it says what would happen first, and removes what that load alone brought", async () => {
    const { page, complaints } = await newVisitor(browser);
    await sendFile(
      page,
      "shop",
      csvFile("later.csv", csv("desk,C-20,resolved,2026-07-01,Rug,It frays,Rug", `${goodRows[1]} again`)),
    );
    await goOnToMapping(page);
    await goOnToCheck(page);
    await load(page);
    expect(await countsOf(page)).toMatchObject({ New: "1", Updated: "1" });
    const at = page.url();
    expect(await casesOfShop(page)).toBe(8);

    await page.goto(at);
    await page.getByRole("link", { name: "Undo this load" }).click();
    expect(await page.locator("h1").textContent()).toBe(
      "Undoing later.csv removes 1 case and restores the earlier value of 1 case",
    );
    expect(await casesOfShop(page)).toBe(8);
    await page.goBack();
    await page.getByRole("button", { name: "Undo it: remove 1 case and restore 1 case" }).click();
    await page.waitForURL(at);
    await untilDone(page);
    await page.getByRole("heading", { name: "later.csv was undone" }).waitFor();
    expect(await casesOfShop(page)).toBe(7);
    await page.goto("/w/shop/imports");
    expect((await tableTexts(page.locator("table")))[1]?.[2]).toBe("undone");
    expect(complaints).toEqual([]);
  });

  it("says what is wrong with a file that is none of cases, and loads nothing", async () => {
    const { page } = await newVisitor(browser);
    await sendFile(page, "shop", csvFile("page.csv", "<!doctype html><title>Log in</title>"));
    expect(await page.locator("h1").textContent()).toBe("page.csv can’t be loaded as it is");
    expect(await page.locator(".notice").textContent()).toMatch(/HTML/);
    await page.getByRole("button", { name: "Discard this file" }).click();
    await page.waitForURL(/\/imports$/);
    expect(await page.getByText("page.csv").count()).toBe(0);
    expect(await casesOfShop(page)).toBe(7);
  });

  it("leads to a workspace of one's own where the cases are simulated, and takes no name twice", async () => {
    const { page } = await newVisitor(browser);
    await page.goto("/w/demo/imports");
    expect(await page.locator('input[type="file"]').count()).toBe(0);
    await page.getByRole("link", { name: "Make a workspace of your own" }).click();
    await page.getByLabel("Name, as it stands").fill("shop");
    await page.getByLabel("Time zone").fill("Europe/Oslo");
    await page.getByRole("button", { name: "Make the workspace" }).click();
    await page.locator(".notice").waitFor();
    expect(await page.locator(".notice").textContent()).toContain(
      "There is a workspace named “shop” already",
    );
    expect(await page.getByLabel("Time zone").inputValue()).toBe("Europe/Oslo");
  });
});
