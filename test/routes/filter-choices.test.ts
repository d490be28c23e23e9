import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApp, type TestApp } from "#test/support/app.ts";
import { listedCases, mainText } from "./html-tables.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ nth: 200 });
});
afterAll(() => app.close());

const filtered = "period=all&by=outcome&channel=phone&not-team=%28unknown%29&not-remedy=refund";
const pagesWithFilters = ["", "/causes", "/causes/1", "/outcomes", "/cases"];

/** The address that the page's form leads to when nothing in it is touched; empty fields are no filter. */
function answerOfForm(html: string): string {
  const [form = ""] = /<form action="[^"]*" method="get">.*?<\/form>/s.exec(html) ?? [];
  const sent = new URLSearchParams();
  for (const [input] of form.matchAll(/<input [^>]*>/g)) {
    if (input.includes('type="checkbox"') && !input.includes("checked")) continue;
    const [name = "", value = ""] = ["name", "value"].map((key) => attribute(input, key));
    if (value !== "") sent.append(name, value);
  }
  sent.set("period", /<option value="([^"]*)" selected/.exec(form)?.[1] ?? "");
  return `${attribute(form, "action")}?${sent}`;
}

function attribute(tag: string, name: string): string {
  return (new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "").replaceAll("&amp;", "&");
}

function hrefsOf(html: string): string[] {
  return Array.from(
    html.matchAll(/<(?:a|form)[^>]*>/g),
    ([tag]) => attribute(tag, "href") || attribute(tag, "action"),
  );
}

describe("choices of filters", () => {
  test("are sent by each page only when its link has asked for them, and taken back by another", async () => {
    for (const page of pagesWithFilters) {
      const address = `${app.workspace.base}${page}?${filtered}`;
      const closed = await app.page(address);
      expect(closed).not.toContain('type="checkbox"');
      const [opening = ""] = hrefsOf(closed).filter((href) => href.endsWith("#filters"));
      expect(opening).toContain("choose=filters");
      const opened = await app.page(opening.replace("#filters", ""));
      expect(opened).toContain('<input type="checkbox" name="channel" checked="" value="phone"/>');
      const [closing = ""] = hrefsOf(opened).filter((href) => href.endsWith("#filters"));
      expect(new Set(new URLSearchParams(closing.replace("#filters", "").split("?")[1]))).toEqual(
        new Set(new URLSearchParams(filtered)),
      );
      expect(mainText(opened)).not.toContain("not known here");
    }
  });

  test("open or closed, the form keeps every filter that is set, also one that no case meets", async () => {
    for (const query of [filtered, `${filtered}&product=No+such+product`, `${filtered}&not-cause=1`])
      for (const choose of ["", "&choose=filters"]) {
        const html = await app.page(`${app.workspace.base}/cases?${query}${choose}`);
        const sent = new URLSearchParams(answerOfForm(html).split("?")[1]);
        expect([choose, new Set([...sent].map(String))]).toEqual([
          choose,
          new Set([...new URLSearchParams(query)].map(String)),
        ]);
        expect(listedCases(await app.page(answerOfForm(html)))).toBe(listedCases(html));
      }
  });

  test("keep what a page was asked for beside the filter", async () => {
    const html = await app.page(`${app.workspace.base}/cases?period=all&q=lamp&page=2`);
    expect(hrefsOf(html)).toContain(
      `${app.workspace.base}/cases?period=all&q=lamp&page=2&choose=filters#filters`,
    );
  });

  test("are asked for by that one link: no link to cases, pages or files carries it, nor does the form", async () => {
    for (const page of pagesWithFilters) {
      const html = await app.page(`${app.workspace.base}${page}?${filtered}&choose=filters`);
      expect(hrefsOf(html).filter((href) => href.includes("choose"))).toEqual([]);
      expect(answerOfForm(html)).not.toContain("choose");
    }
  });

  test("are known by one word: another is no parameter of the page", async () => {
    const html = await app.page(`${app.workspace.base}?choose=all`);
    expect(mainText(html)).toContain('The address has "choose", which is not known here');
  });
});
