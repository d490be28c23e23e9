import axe, { type AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { casesShown, newVisitor, openBrowser, type Theme, widths } from "#test/support/browser.ts";
import {
  goOnToCheck,
  goOnToMapping,
  load,
  makeWorkspace,
  sendFile,
  untilDone,
} from "#test/support/import-pages.ts";
import { csvFile } from "#test/support/named-file.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/**
 * As a European spreadsheet writes them: semicolons, and dates whose day and month can't be told apart. With the day
 * first all are of February; with the month first they are of January to June.
 */
const tickets = csvFile(
  "tickets.csv",
  [
    "Ticket ID;Status;Created at;Subject;Description;Shelf",
    ...Array.from({ length: 18 }, (_, i) => {
      const status = i % 3 === 0 ? "Parked" : "Solved";
      return `T-${i};${status};0${(i % 6) + 1}/02/2026;Lamp ${i};"It flickers; and hums";B${i % 2}`;
    }),
  ].join("\r\n"),
);

/** Presses Tab until the focus is on such an element. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`150 presses of Tab never reached ${selector} on ${page.url()}.`);
}

describe("from a file to its charts", () => {
  it("takes the keyboard alone", async () => {
    const { page, complaints } = await newVisitor(browser);
    await page.goto("/workspaces/new");
    await tabTo(page, 'input[name="name"]');
    await page.keyboard.type("by keyboard");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/imports$/);
    await page.locator('input[type="file"]').setInputFiles(tickets); // the system's own dialog
    await tabTo(page, 'form[enctype] button[type="submit"]');
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/format$/);
    await page.locator("a.button").waitFor();
    await tabTo(page, "a.button");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/mapping$/);

    await tabTo(page, 'select[aria-label="Our word for “Parked”"]');
    await page.keyboard.type("open");
    await tabTo(page, 'input[type="radio"][value="dmy"]');
    await page.keyboard.press("Space");
    await tabTo(page, 'button[value="check"]');
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/check$/);
    await page.getByRole("button", { name: "Load 18 rows" }).waitFor();
    await tabTo(page, '.import-next button[type="submit"]');
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/imports\/\d+$/);
    await page.getByRole("heading", { name: "18 rows of tickets.csv are loaded" }).waitFor();
    await tabTo(page, "a.button");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/w\/by%20keyboard$/);
    await page.locator(".trend-lines path").first().waitFor({ state: "attached" });
    await page.goto("/w/by%20keyboard?period=2026-02");
    expect(await casesShown(page)).toBe(18);
    expect(complaints).toEqual([]);
  });

  it("asks what day and month can't tell, keeps what was answered, and follows the answer", async () => {
    const { page } = await newVisitor(browser);
    await makeWorkspace(page, "american");
    await sendFile(page, "american", tickets);
    expect(await page.locator(".description-list").textContent()).toContain("semicolon");
    await goOnToMapping(page);
    expect(await page.locator(".import-questions li").count()).toBe(2);
    await page.getByLabel("with the month first").check();
    await page.getByRole("button", { name: "Keep this, and show it again" }).click();
    await page.waitForLoadState();
    expect(await page.locator(".import-questions li").count()).toBe(1);
    // The browser asks for nothing more, and the server still does.
    await page.getByRole("button", { name: "Check every row" }).click();
    await page.locator(".notice[data-kind=problem]").waitFor();
    expect(await page.locator(".notice").first().textContent()).toContain("One question is still open");
    expect(await page.getByLabel("with the month first").isChecked()).toBe(true);
    await page.getByLabel("Our word for “Parked”").selectOption("open");
    await page.getByLabel("Save this mapping").fill("tickets of the shop");
    await goOnToCheck(page);
    await load(page);
    await page.goto("/w/american?period=2026-Q1");
    expect(await casesShown(page)).toBe(9);

    // The next file with these columns is mapped as this one was; one with others by the saved mapping.
    const [head = "", ...rows] = tickets.buffer.toString().split("\r\n");
    const other = csvFile("other.csv", [head.replace("Shelf", "Rack"), ...rows].join("\r\n"));
    await sendFile(page, "american", other);
    await goOnToMapping(page);
    expect(await page.locator(".import-questions li").count()).toBe(2);
    await page.getByLabel("Saved mapping").selectOption("tickets of the shop");
    await page.getByRole("button", { name: "Use it" }).click();
    await page.locator(".import-questions").waitFor({ state: "detached" });
    await goOnToCheck(page);
    expect(await page.locator("h1").textContent()).toBe("All 18 rows can be loaded");
  });

  it("asks which letters are right, where bytes may be several encodings", async () => {
    const { page } = await newVisitor(browser);
    await makeWorkspace(page, "cyrillic");
    const lamp = Buffer.from([0xcb, 0xe0, 0xec, 0xef, 0xe0]); // "Лампа" in Windows-1251
    const rows = Array.from({ length: 12 }, (_, i) =>
      Buffer.concat([Buffer.from(`T-${i},2026-02-1${i % 10},Solved,`), lamp, Buffer.from(` ${i}\n`)]),
    );
    const file = Buffer.concat([Buffer.from("Ticket ID,Created at,Status,Subject\n"), ...rows]);
    await sendFile(page, "cyrillic", csvFile("lampa.csv", file));
    expect(await page.locator("h1").textContent()).toBe("lampa.csv may be written in several encodings");
    await page.getByLabel(/Лампа/).check();
    await page.getByRole("button", { name: "Read it this way" }).click();
    await page.waitForURL(/\/format$/);
    await untilDone(page);
    expect(await page.locator("table").textContent()).toContain("Лампа 1");
    await goOnToMapping(page);
    await goOnToCheck(page);
    await load(page);
    await page.goto("/w/cyrillic/cases?period=all");
    expect(await page.locator(".case-list").textContent()).toContain("Лампа");
  });

  it("has a person agree before more than a fifth of the rows are left out", async () => {
    const { page } = await newVisitor(browser);
    await makeWorkspace(page, "doubtful");
    const rows = Array.from(
      { length: 30 },
      (_, i) => `T-${i},${i % 3 === 0 ? "soon" : "2026-02-11"},Solved,Lamp ${i}`,
    );
    await sendFile(
      page,
      "doubtful",
      csvFile("soon.csv", ["Ticket ID,Created at,Status,Subject", ...rows].join("\n")),
    );
    await goOnToMapping(page);
    await goOnToCheck(page);
    expect(await page.locator(".notice").textContent()).toContain("More than a fifth");
    await page.getByRole("button", { name: "Load 20 rows and leave out 10" }).click();
    await page.waitForURL(/\/imports\/\d+$/);
    await untilDone(page);
    expect(await page.locator("h1").textContent()).toBe("20 rows of soon.csv are loaded, 10 rejected");
  });

  it("works without scripts", async () => {
    const { page } = await newVisitor(browser, { scripts: false });
    await makeWorkspace(page, "plain", "Europe/Berlin");
    await sendFile(page, "plain", tickets);
    await goOnToMapping(page);
    await page.getByLabel("with the day first").check();
    await page.getByLabel("Our word for “Parked”").selectOption("open");
    await goOnToCheck(page);
    await load(page);
    expect(await page.locator("h1").textContent()).toBe("18 rows of tickets.csv are loaded");
    await page.getByRole("link", { name: "Undo this load" }).click();
    await page.getByRole("button", { name: "Undo it: remove 18 cases" }).click();
    await page.waitForURL(/\/imports\/\d+$/);
    await untilDone(page);
    expect(await page.locator("h1").textContent()).toBe("tickets.csv was undone");
  });

  it("leads a visitor to the step where a file stands", async () => {
    const { page } = await newVisitor(browser);
    await makeWorkspace(page, "steps");
    await sendFile(page, "steps", tickets);
    const base = page.url().replace(/\/format$/, "");
    await page.goto(base);
    expect(page.url()).toBe(`${base}/mapping`);
    await page.goto(`${base}/check`); // something is still open
    expect(page.url()).toBe(`${base}/mapping`);
    await page.goto("/w/steps/imports");
    await page.getByRole("link", { name: "Go on with it" }).click();
    expect(page.url()).toBe(`${base}/mapping`);
  });
});

describe("each step", () => {
  const themes: readonly Theme[] = ["light", "dark"];

  async function look(page: Page): Promise<void> {
    const address = page.url();
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("main details")) details.setAttribute("open", "");
      });
      await page.evaluate(axe.source);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme });
        expect(await violationsOf(page), `${address} at ${width}, ${theme}`).toEqual([]);
      }
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(sideways, `${address} at ${width}`).toBe(0);
    }
  }

  it("is accessible in light and dark, and never scrolls sideways", async () => {
    const { page, complaints } = await newVisitor(browser);
    await page.goto("/workspaces/new");
    await look(page);
    await makeWorkspace(page, "looked at");
    await look(page);
    await sendFile(page, "looked%20at", tickets);
    await look(page);
    await goOnToMapping(page);
    await look(page);
    await page.getByLabel("with the day first").check();
    await page.getByLabel("Our word for “Parked”").selectOption("open");
    await goOnToCheck(page);
    await look(page);
    await load(page);
    await look(page);
    await page.goto(`${page.url()}/undo`);
    await look(page);
    expect(complaints).toEqual([]);
  });

  async function violationsOf(page: Page): Promise<string[]> {
    const { violations } = await page.evaluate((): Promise<AxeResults> => {
      const { axe: injected } = window as unknown as { axe: typeof axe }; // put there by its source
      return injected.run(document, { resultTypes: ["violations"] });
    });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
    );
  }
});
