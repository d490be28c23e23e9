import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { knownUntil } from "#app/demo/known-until.ts";
import { type Simulation, simulateCompany } from "#app/demo/simulate-company.ts";
import { fixtwice, type ServingProcess, serve } from "#test/app/cli/command-line.ts";
import { openBrowser } from "#test/support/browser.ts";
import { writeCompanyFile } from "#test/support/company-file.ts";
import { temporaryDirectory } from "#test/support/database.ts";

/** The company whose true effects are planted, and the fix that a manager will decide on as it was planted. */
const company = simulateCompany({ asOf: "2026-11-22", seed: 1 });
const planted = company.secondFixes.find(({ causeKey }) => causeKey === "app-hides-cancel")!;
const monday = "2025-10-27";
const dayAfterFix = "2026-01-05";
const dayAfterWindow = "2026-08-03";

let browser: Browser;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let settings: Record<string, string>;

beforeAll(async () => {
  browser = await openBrowser();
  directory = await temporaryDirectory();
  settings = { FIXTWICE_DATA: join(directory.path, "data") };
});
afterAll(async () => {
  await browser.close();
  await directory.remove();
});

/** Loads what the source knows by a day, with the server stopped. */
async function loadUntil(day: string): Promise<Simulation> {
  const known = knownUntil(company, day);
  const file = join(directory.path, `${day}.csv`);
  await writeCompanyFile(file, known);
  const options = ["--workspace", "larkfield", "--time-zone", company.company.timeZone];
  const { code, stderr } = await fixtwice(["import", file, ...options], settings);
  expect(code, stderr).toBe(0);
  return known;
}

/** Does something in a browser on a day, on a server that takes that day for today. */
async function on(day: string, visit: (page: Page, server: ServingProcess) => Promise<void>): Promise<void> {
  const server = await serve(["--no-demo", "--as-of", day], settings);
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 } });
  try {
    await visit(await context.newPage(), server);
  } finally {
    await context.close();
    expect(await server.stop()).toBe(0);
  }
}

describe("from Monday's bad cause to a verdict", () => {
  let fixPath = "";

  it("a manager calls “fix”, opens a second fix and says how it will be judged", async () => {
    await loadUntil(monday);
    await on(monday, async (page) => {
      await page.goto("/w/larkfield/causes?period=all");
      await page
        .getByRole("link", { name: /cancel/ })
        .first()
        .click();
      await page.getByLabel("Why (kept with the call)").fill("Every week somebody can't leave");
      await page.getByRole("button", { name: "Make the call" }).click();
      await page.getByText("The call is to fix it.").waitFor();
      await page.getByRole("link", { name: "Open a second fix" }).click();

      await page.getByLabel("Kind of change").selectOption(planted.kind);
      await page.getByLabel("Title", { exact: true }).fill(planted.title);
      await page.getByLabel("What changes, in a sentence or two").fill(planted.description);
      await page.getByLabel("Owner").fill(planted.owner);
      await page.getByLabel("Due", { exact: true }).fill(planted.implementedOn);
      await page.getByLabel("Target").fill(String(100 * planted.hopedCut));
      await page.getByRole("button", { name: "See what this check could tell" }).click();
      await page.getByText(/With these volumes we can know on \d+ \w+ 2026/).waitFor();
      expect(await page.getByLabel("Title", { exact: true }).inputValue()).toBe(planted.title);

      await page.getByRole("button", { name: "Save the draft" }).click();
      await page.getByRole("heading", { level: 1, name: planted.title }).waitFor();
      fixPath = new URL(page.url()).pathname;
      await page.getByRole("button", { name: "It is planned" }).click();
      await page.getByRole("button", { name: "It is planned" }).waitFor({ state: "detached" });
      await shot(page, "planned");
    });
  });

  it("the fix is marked as in place on its day, and no verdict is given early", async () => {
    expect(fixPath).toMatch(/\/fixes\/\d+$/);
    await loadUntil(dayAfterFix);
    await on(dayAfterFix, async (page) => {
      await page.goto(fixPath);
      await page.getByText("It is in place", { exact: true }).click();
      await page.getByLabel("Since", { exact: true }).fill(planted.implementedOn);
      await page.getByRole("button", { name: "Say that it is in place" }).click();
      await page.getByText("No verdict is due").waitFor();
      expect(await page.getByLabel("Target").count()).toBe(0);
      await shot(page, "in-place");
    });
  });

  it("when the cases of its window are loaded, the verdict is what was planted", async () => {
    expect(fixPath).toMatch(/\/fixes\/\d+$/);
    await loadUntil(dayAfterWindow);
    await on(dayAfterWindow, async (page) => {
      await page.goto(fixPath);
      const verdict = page.getByRole("heading", { name: /^Effective: since the fix the cases fell/ });
      const isJudged = async () => {
        await page.reload(); // it is judged in the background
        return verdict.count();
      };
      await expect.poll(isJudged, { timeout: 100_000, interval: 500 }).toBe(1);
      const main = (await page.locator("main").textContent()) ?? "";
      expect(main).toMatch(/\d+ cases in 24 weeks since the fix/);
      expect(main).not.toContain("because of the fix");
      await page.goto("/w/larkfield/fixes?period=all");
      expect(await page.getByRole("row", { name: new RegExp(planted.title) }).textContent()).toContain(
        "Effective",
      );
      await page.goto(fixPath);
      await shot(page, "judged");
    });
  });
});

/** Nothing scrolls sideways, also on a phone; where JOURNEY_SHOTS names a folder, a picture is kept there. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.JOURNEY_SHOTS;
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways, `${name} at ${width}`).toBe(0);
    if (folder !== undefined)
      await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
  }
}
