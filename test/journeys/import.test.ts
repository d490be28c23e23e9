import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { casesShown, newVisitor, openBrowser, tableTexts } from "#test/support/browser.ts";
import { startFixTwice } from "#test/support/server.ts";

const header = "source_system,source_case_id,status,occurred_at,title,narrative,product";
const goodRows = Array.from(
  { length: 6 },
  (_, i) => `desk,C-${i + 1},resolved,2026-0${i + 1}-15,Lamp ${i + 1},The lamp flickers,Lamp`,
);
const badRow = 'desk,C-9,resolved,31/31/2026,Sofa,"It creaks, and sags",Sofa';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), "fixtwice-journey-"));
  await writeFile(join(folder, "first.csv"), [header, goodRows[0], ""].join("\r\n"));
  await writeFile(join(folder, "cases.csv"), [header, ...goodRows, badRow, ""].join("\r\n"));
  const load = startFixTwice(
    ["import", join(folder, "first.csv"), "--workspace", "shop"],
    inject("server").place,
  );
  const [code] = (await once(load, "exit")) as [number];
  if (code !== 0) throw new Error(`The first load through the running server ended with ${code}.`);
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

describe("loading a file through the page", () => {
  it("loads the good rows, and gives the bad one back as it was, with its reason", async () => {
    const { page, complaints } = await newVisitor(browser);
    await page.goto("/w/shop/imports");
    await page.locator('input[type="file"]').setInputFiles(join(folder, "cases.csv"));
    await page.getByRole("button", { name: "Load it" }).click();
    await page.waitForURL(/\/imports\/\d+$/);
    const [heads = [], counts = []] = await tableTexts(page.locator("table").first());
    expect(Object.fromEntries(heads.map((head, i) => [head, counts[i]]))).toMatchObject({
      File: "cases.csv",
      State: "finished",
      Read: "7",
      New: "5",
      Unchanged: "1",
      Rejected: "1",
    });
    const [, rejected] = await tableTexts(page.locator("table").last());
    expect(rejected?.slice(0, 3)).toEqual(["8", "occurred_at", "31/31/2026"]);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download them as CSV" }).click(),
    ]);
    expect(await readFile(await download.path(), "utf8")).toContain(badRow);
    await page.goto("/w/shop/cases?period=all");
    expect(await casesShown(page)).toBe(6);
    expect(complaints).toEqual([]);
  });

  it("says what is wrong with a file that is none of cases, and loads nothing", async () => {
    const { page } = await newVisitor(browser);
    await page.goto("/w/shop/imports");
    await page.locator('input[type="file"]').setInputFiles({
      name: "page.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("<!doctype html><title>Log in</title>"),
    });
    await page.getByRole("button", { name: "Load it" }).click();
    await page.getByRole("heading", { name: "Bad request" }).waitFor();
    expect(await page.locator(".lead").textContent()).toMatch(/HTML/);
    await page.goto("/w/shop/cases?period=all");
    expect(await casesShown(page)).toBe(6);
  });
});
