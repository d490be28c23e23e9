import axe, { type AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newVisitor, openBrowser, type Theme, type Visitor, widths } from "#test/support/browser.ts";

const themes: readonly Theme[] = ["light", "dark"];
const paths = {
  overview: "/w/demo",
  "an overview with its filters opened": "/w/demo?period=2026-Q2&channel=phone&choose=filters",
  "a filtered overview": "/w/demo?period=2026-Q2&channel=phone&not-remedy=refund",
  "an empty overview": "/w/demo?product=No+such+product",
  causes: "/w/demo/causes",
  "a cause": "/w/demo/causes/1",
  "a second fix": "/w/demo/fixes/1",
  "a second fix that is being opened": "/w/demo/fixes/new?cause=3&target=40&title=A+list",
  "a cause with a playbook and a retrospective": "/w/demo/causes/2",
  "a playbook": "/w/demo/causes/4/playbook",
  "a playbook that nobody wrote": "/w/demo/causes/1/playbook",
  runs: "/w/demo/runs",
  "a run": "/w/demo/runs/1",
  "double-coded samples": "/w/demo/causes/coding",
  "the queue of categories": "/w/demo/causes/confirm",
  "the words of the categories": "/w/demo/causes/category-words",
  decisions: "/w/demo/decisions",
  staff: "/w/demo/staff",
  "whom to train": "/w/demo/staff/11",
  outcomes: "/w/demo/outcomes",
  cases: "/w/demo/cases?cause=1",
  retrospectives: "/w/demo/retrospectives",
  "a retrospective": "/w/demo/retrospectives/1",
  "a new retrospective": "/w/demo/retrospectives/new?cause=1",
  "the import of a retrospective": "/w/demo/retrospectives/import",
  reviews: "/w/demo/reviews",
  "a review": "/w/demo/reviews/2026-Q3",
  summary: "/w/demo/summary",
  imports: "/w/demo/imports",
  exposure: "/w/demo/exposure",
  "an address without a page": "/w/demo/nothing",
};

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe.each(widths)("at a width of %i", (width) => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await newVisitor(browser, { width });
  });

  it.each(Object.entries(paths))(
    "%s is accessible in light and dark, and never scrolls sideways",
    async (_, path) => {
      const { page } = visitor;
      await page.goto(path);
      await openEverything(page);
      expect(await sidewaysScroll(page)).toBe(0);
      await page.evaluate(axe.source);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme });
        expect(await violationsOf(page), theme).toEqual([]);
      }
    },
  );

  it("a case and its import too", async () => {
    const { page } = visitor;
    for (const [list, link] of [
      ["/w/demo/cases", ".case-list tbody a"],
      ["/w/demo/imports", "tbody a"],
    ] as const) {
      await page.goto(list);
      await page.locator(link).first().click();
      await page.locator(".breadcrumb").waitFor();
      await page.evaluate(axe.source);
      expect(await violationsOf(page), page.url()).toEqual([]);
      expect(await sidewaysScroll(page), page.url()).toBe(0);
    }
  });
});

/** What is folded away must be right as well. */
async function openEverything(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("main details")) details.setAttribute("open", "");
  });
}

function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate((): Promise<AxeResults> => {
    const { axe: injected } = window as unknown as { axe: typeof axe }; // put there by its source
    return injected.run(document, { resultTypes: ["violations"] });
  });
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
}
