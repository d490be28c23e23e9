import { createElement } from "react";
import { describe, expect, it } from "vitest";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { DescriptionList } from "#app/components/description-list.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { FigureWithTable } from "#app/components/figure-with-table.tsx";
import { Notice } from "#app/components/notice.tsx";
import { PageShell, type PageShellProps } from "#app/components/page-shell.tsx";
import { Pager } from "#app/components/pager.tsx";
import { QuotedCase } from "#app/components/quoted-case.tsx";
import { StatTile } from "#app/components/stat-tile.tsx";
import { markup, tableTexts, textOf } from "./markup.ts";

const shell: PageShellProps = {
  nav: [
    { label: "Overview", href: "/", current: false },
    { label: "Causes", href: "/causes", current: true },
  ],
  workspaces: [
    { label: "Demo", href: "/w/demo", current: true },
    { label: "Real", href: "/w/real", current: false },
  ],
  simulated: true,
  footer: {
    dataThrough: "2026-11-22T23:30:00Z",
    timeZone: "Europe/Berlin",
    version: "0.1.0",
    appearance: { theme: "dark", back: "/w/demo/causes?period=2026" },
  },
  children: "Hello",
};

describe("the page around a page", () => {
  const html = markup(PageShell, shell);

  it("marks the current page, and names the workspace and the others", () => {
    expect(html).toContain('<a href="/causes" aria-current="page">Causes</a>');
    expect(html.match(/aria-current/g)).toHaveLength(2);
    expect(textOf(html)).toContain("Workspace: Demo");
    expect(html).toContain('href="/w/real"');
  });

  it("begins with a link to its content", () => {
    expect(html).toMatch(/^<a class="skip-link" href="#main">.*<main class="page-main" id="main"/s);
  });

  it("says that the data are simulated, and only then", () => {
    expect(textOf(html)).toContain("Simulated data.");
    expect(textOf(markup(PageShell, { ...shell, simulated: false }))).not.toContain("Simulated");
  });

  it("ends with what the data cover, the zone and the version", () => {
    expect(textOf(html)).toMatch(
      /Data through 23 Nov 2026, 00:30 UTC\+1 Days are those of Europe\/Berlin Fix It Twice 0\.1\.0 As the system/,
    );
  });

  it("offers light or dark by a form that comes back to the page, and marks what holds", () => {
    expect(html).toContain('<form class="theme-choice" action="/preferences/theme" method="post">');
    expect(html).toContain('<input type="hidden" name="back" value="/w/demo/causes?period=2026"/>');
    expect(html.match(/value="(\w+)" aria-pressed="true"/)?.[1]).toBe("dark");
  });

  it("names the last day where the data have no time of day", () => {
    const footer = { ...shell.footer, dataThrough: "2026-10-31" };
    expect(textOf(markup(PageShell, { ...shell, footer }))).toContain("Data through 31 Oct 2026 Days");
  });

  it("says so before the first import", () => {
    expect(textOf(markup(PageShell, { ...shell, footer: { ...shell.footer, dataThrough: null } }))).toContain(
      "No data yet",
    );
  });

  it("shows one workspace as a name, not as a choice", () => {
    expect(markup(PageShell, { ...shell, workspaces: shell.workspaces.slice(0, 1) })).not.toContain(
      "<details",
    );
  });
});

describe("a figure", () => {
  it("has its message, its measure, its chart, and the same numbers as a table and as CSV", () => {
    const html = markup(FigureWithTable, {
      heading: "Late deliveries came back",
      subtitle: "Cases a month, 2026, n = 12",
      description: "A line from zero.",
      table: {
        rowsInFile: 1,
        caption: "Cases a month",
        csvHref: "/trend.csv",
        columns: [
          { key: "month", label: "Month", kind: "date" },
          { key: "cases", label: "Cases", kind: "count" },
        ],
        rows: [{ cells: { month: "2026-03", cases: 12 }, href: "/cases?period=2026-03" }],
      },
      children: createElement("svg"),
    });
    expect(html).toMatch(
      /<figure class="figure" aria-labelledby="([^"]+)">.*<h2 id="\1">Late deliveries came back/,
    );
    expect(textOf(html)).toContain("Cases a month, 2026, n = 12 A line from zero.");
    expect(tableTexts(html)).toEqual([
      ["Month", "Cases"],
      ["Mar 2026", "12"],
    ]);
    expect(html.match(/href="\/trend.csv"/g)).toHaveLength(2);
  });
});

describe("a tile", () => {
  it("prints the number, what it rests on, and opens its cases", () => {
    const html = markup(StatTile, {
      label: "Restored",
      value: "52.0%",
      n: "3,100 of 5,961 resolved",
      href: "/cases",
    });
    expect(html).toContain('<a href="/cases">52.0%</a>');
    expect(textOf(html)).toBe("Restored 52.0% 3,100 of 5,961 resolved");
  });
});

describe("small parts", () => {
  it("says in a word what kind of notice it is", () => {
    expect(textOf(markup(Notice, { kind: "warning", children: "Mind the gap." }))).toBe(
      "Careful. Mind the gap.",
    );
    expect(textOf(markup(Notice, { kind: "problem", title: "Import failed", children: "Line 12." }))).toBe(
      "Import failed. Line 12.",
    );
  });

  it("offers only the pages that there are", () => {
    const pager = { pageSize: 50, total: 120, noun: "case", hrefOf: (page: number) => `?page=${page}` };
    expect(textOf(markup(Pager, { ...pager, page: 1 }))).toBe("1–50 of 120 cases Page 1 of 3 Next →");
    expect(textOf(markup(Pager, { ...pager, page: 3 }))).toBe("101–120 of 120 cases ← Previous Page 3 of 3");
    expect(textOf(markup(Pager, { ...pager, page: 1, total: 1 }))).toBe("1–1 of 1 case");
    expect(markup(Pager, { ...pager, page: 2 })).toContain('href="?page=3"');
  });

  it("leaves no missing value out of a list of facts", () => {
    const items = [
      { term: "Team", value: "Returns" },
      { term: "Severity", value: null },
    ];
    expect(textOf(markup(DescriptionList, { items }))).toBe("Team Returns Severity unknown");
  });

  it("shows the way out of an empty page, and up from a deep one", () => {
    expect(
      textOf(
        markup(EmptyState, {
          title: "No case matches",
          action: { label: "Clear", href: "/" },
          children: "Team is A.",
        }),
      ),
    ).toBe("No case matches Team is A. Clear");
    expect(markup(Breadcrumb, { parents: [{ label: "Causes", href: "/causes" }] })).toContain(
      '<a href="/causes">Causes</a>',
    );
  });

  it("quotes a case with its source", () => {
    const quote = { title: "Case 12", text: "It rained.", href: "/cases/12", source: "phone, 5 Mar 2026" };
    expect(textOf(markup(QuotedCase, quote))).toBe("It rained. Case 12 , phone, 5 Mar 2026");
  });
});
