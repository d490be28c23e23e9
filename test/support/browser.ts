import chromium from "@sparticuz/chromium";
import { type Browser, chromium as driver, type Locator, type Page } from "playwright-core";
import { inject } from "vitest";

export type Theme = "light" | "dark";

/** A phone and a desk. */
export const widths = [390, 1440] as const;

export interface Visitor {
  page: Page;
  /** What the browser complained of: script errors, refused scripts and styles, missing files. */
  complaints: string[];
}

export interface VisitorOptions {
  width?: (typeof widths)[number];
  scripts?: boolean;
}

/** The browser that CHROMIUM names, or the one that npm brought along. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM || (await chromium.executablePath());
  return driver.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}

/** A new visitor, without cookies, of the journeys' server: `page.goto("/")` is its start page. */
export async function newVisitor(
  browser: Browser,
  { width = 1440, scripts = true }: VisitorOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: inject("server").url,
    viewport: { width, height: 900 },
    javaScriptEnabled: scripts,
    locale: "en-GB",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return { page, complaints };
}

/** The number in a text: "1,188 cases" -> 1188. */
export async function numberIn(element: Locator): Promise<number> {
  const text = (await element.textContent()) ?? "";
  const digits = /\d[\d,]*/.exec(text)?.[0];
  if (digits === undefined) throw new Error(`There is no number in "${text}".`);
  return Number(digits.replaceAll(",", ""));
}

/** The cases that a page says it shows: "359 of 8,334 cases shown." */
export function casesShown(page: Page): Promise<number> {
  return numberIn(page.getByRole("status"));
}

/** The texts of a table's cells, row by row, heads included; a closed table too. */
export function tableTexts(table: Locator): Promise<string[][]> {
  return table.evaluate((element) =>
    Array.from((element as HTMLTableElement).rows, (row) =>
      Array.from(row.cells, (cell) => (cell.textContent ?? "").trim()),
    ),
  );
}
