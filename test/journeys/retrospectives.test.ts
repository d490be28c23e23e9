import { readFile } from "node:fs/promises";
import axe, { type AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newVisitor, openBrowser, widths } from "#test/support/browser.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const trigger = "The sale began on a **Monday**.\n\n## Two printers\n\n- old  \n- new\n\n```\n## code\n```";
/** In px: A4 less the margins of print.css. */
const printableWidth = 680;

async function write(page: Page, title: string): Promise<void> {
  await page.goto("/w/demo/causes/1");
  await page.getByRole("link", { name: "Write a retrospective" }).click();
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Trigger").fill(trigger);
  await page.getByLabel("Factor 1").fill("Peak load");
  await page.getByLabel("Why 1", { exact: true }).fill("Because of rain");
  await page.getByLabel("Action that is no second fix yet 1").fill("Give the list an owner");
}

async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((): Promise<AxeResults> => {
    const { axe: injected } = window as unknown as { axe: typeof axe }; // put there by its source
    return injected.run(document, { resultTypes: ["violations"] });
  });
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
}

describe.each([true, false])("with scripts: %s", (scripts) => {
  it("a person writes a retrospective, goes on writing, reviews and publishes it, and reads it back from its file", async () => {
    const { page, complaints } = await newVisitor(browser, { scripts });
    const title = `Double labels, scripts ${scripts}`;
    await write(page, title);
    await page.getByRole("button", { name: "Save and go on writing" }).click();
    await page.getByText("The draft is kept.").waitFor();
    expect(await page.getByLabel("Factor 4").count()).toBe(1);
    await page.getByLabel("Factor 4").fill("Old template");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await page.getByRole("button", { name: "It is reviewed" }).click();
    await page.getByRole("button", { name: "Publish it" }).click();
    expect(await page.locator("article header").innerText()).toContain("Published");
    expect(await page.getByText("Write in the draft").count()).toBe(0);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download as Markdown" }).click();
    const path = await (await download).path();
    const file = await readFile(path, "utf8");
    await page.goto("/w/demo/retrospectives/import");
    await page.getByLabel("Or its text").fill(file.replace("## Trigger", "## Blame"));
    await page.getByRole("button", { name: "Import it as a draft" }).click();
    await page.getByText(/Line \d+: “Blame” is no part of a retrospective/).waitFor();
    expect(await page.getByLabel("Or its text").inputValue()).toBe(file.replace("## Trigger", "## Blame"));
    await page.getByLabel("File", { exact: true }).setInputFiles({
      name: "retrospective.md",
      mimeType: "text/markdown",
      buffer: Buffer.from(file),
    });
    await page.getByRole("button", { name: "Import it as a draft" }).click();
    await page.getByText("Imported from a file, which says").waitFor();
    await page.getByRole("link", { name: "Write in the draft" }).click();
    expect(await page.getByLabel("Trigger").inputValue()).toBe(trigger);
    expect(await page.getByLabel("Factor 2").inputValue()).toBe("Old template");
    await page.goto("/w/demo/retrospectives?q=double+labels&state=published");
    await page.getByRole("link", { name: title }).waitFor();
    await page.goto("/w/demo/retrospectives?q=double+labels&state=draft");
    await page.getByRole("link", { name: title }).click();
    const draft = page.url();
    await page.getByText("Delete the draft").click();
    await page.getByRole("button", { name: "Delete it" }).click();
    await page.getByRole("heading", { level: 1, name: "Retrospectives" }).waitFor();
    expect((await page.goto(draft))?.status()).toBe(404);
    await page.getByText(`The draft “${title}” was deleted on`).waitFor();
    expect(complaints.filter((complaint) => !/40[04]/.test(complaint))).toEqual([]);
  });
});

it.each(widths)(
  "a retrospective and its form are accessible, and fit a width of %i and paper",
  async (width) => {
    const { page } = await newVisitor(browser, { width });
    await write(page, `Read at ${width}`);
    await page.getByRole("button", { name: "Save the draft" }).click();
    const read = page.url();
    for (const path of [read, `${read}/edit`]) {
      await page.goto(path);
      await page.locator("details").evaluateAll((all) => all.forEach((one) => one.setAttribute("open", "")));
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violationsOf(page), `${path} ${colorScheme}`).toEqual([]);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
    await page.goto(read);
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: printableWidth, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(printableWidth);
    for (const text of ["It is reviewed", "Delete the draft", "Who changed what", "Download as Markdown"])
      expect(await page.getByText(text).first().isVisible(), text).toBe(false);
    expect(await page.getByRole("heading", { name: "Timeline" }).isVisible()).toBe(true);
  },
);
