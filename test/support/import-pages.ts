import type { Page } from "playwright-core";
import type { NamedFile } from "./named-file.ts";

/** Makes a workspace by its form; the page is then at its imports. */
export async function makeWorkspace(page: Page, name: string, timeZone = "UTC"): Promise<void> {
  await page.goto("/workspaces/new");
  await page.getByLabel("Name, as it stands").fill(name);
  await page.getByLabel("Time zone").fill(timeZone);
  await page.getByRole("button", { name: "Make the workspace" }).click();
  await page.waitForURL(/\/imports$/);
}

/** Sends a file by the form of the imports page, and waits until it was looked at. */
export async function sendFile(page: Page, workspace: string, file: NamedFile | string): Promise<void> {
  await page.goto(`/w/${workspace}/imports`);
  await page.getByLabel("File, up to").setInputFiles(file);
  await page.getByRole("button", { name: "Look at the file" }).click();
  await page.waitForURL(/\/format$/);
  await untilDone(page);
}

/** Waits until nothing is under way on the page; one without scripts is asked again and again. */
export async function untilDone(page: Page): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    if ((await page.locator("progress").count()) === 0) return;
    await page.waitForTimeout(500);
    const link = page.getByRole("link", { name: "Show the newest state" });
    // The page may be renewed between the two.
    await link.click({ timeout: 2_000 }).catch(() => undefined);
  }
  throw new Error(`The work on ${page.url()} did not end within a minute.`);
}

/** From the format to the mapping, and from there to the check, with what the page proposes. */
export async function goOnToMapping(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Go on to the mapping" }).click();
  await page.waitForURL(/\/mapping$/);
}

export async function goOnToCheck(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Check every row" }).click();
  await page.waitForURL(/\/check$/);
  await untilDone(page);
}

/** Loads what was checked, and waits for its end. */
export async function load(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Load / }).click();
  await page.waitForURL(/\/imports\/\d+$/);
  await untilDone(page);
}
