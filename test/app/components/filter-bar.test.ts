import { describe, expect, it } from "vitest";
import { FilterBar, type FilterBarProps, type FilterChoices } from "#app/components/filter-bar.tsx";
import { markup, textOf } from "./markup.ts";

const props: FilterBarProps = {
  form: {
    action: "/cases",
    hidden: [
      ["by", "outcome"],
      ["team", "Returns"],
    ],
    search: { name: "q", value: "sofa", label: "Search" },
  },
  period: {
    value: "2026-Q2",
    options: [
      { value: "last-12-months", label: "Last 12 months" },
      { value: "2026-Q2", label: "Q2 2026 (Apr–Jun 2026)" },
    ],
  },
  panel: { names: ["team", "1 other field"], href: "/cases?team=Returns&choose=filters", choices: null },
  pills: [{ label: "Team is Returns", removeHref: "/cases?not-team=(unknown)" }],
  counts: { shown: 6588, total: 6623, excluded: "35 open cases have no outcome yet." },
  clearHref: "/cases",
};

const choices: FilterChoices = {
  options: [
    {
      key: "team",
      label: "Team",
      values: [
        { value: "Returns", label: "Returns", count: 1200, selected: true, excluded: false },
        { value: "(unknown)", label: "unknown", count: 0, selected: false, excluded: true },
      ],
      unlisted: 12,
      canBeTyped: true,
    },
  ],
  attributes: {
    options: [
      {
        key: "attribute:Company",
        label: "Company",
        values: [{ value: "Acme", label: "Acme", count: 3, selected: false, excluded: false }],
        unlisted: 0,
        canBeTyped: true,
      },
    ],
    withoutChoice: {
      manyValues: Array.from({ length: 14 }, (_, i) => `Number ${i}`),
      longTexts: ["Story"],
      rare: [],
    },
  },
};
const opened = { ...props.panel, href: "/cases?team=Returns", choices };

describe("the filter bar", () => {
  const html = markup(FilterBar, props);
  const open = markup(FilterBar, { ...props, panel: opened });

  it("has its choices behind a link, with what can be chosen by, and sends none of them before", () => {
    expect(html).toContain('<a href="/cases?team=Returns&amp;choose=filters#filters">Filters (1 set)');
    expect(textOf(html)).toContain("by team, 1 other field");
    expect(html).not.toContain("checkbox");
    expect(html).toContain('<input type="hidden" name="team" value="Returns"/>');
    expect(open).toContain('<a href="/cases?team=Returns#filters">Close');
    expect(open).toContain('id="filters"');
    expect(markup(FilterBar, { ...props, panel: { ...props.panel, names: [] } })).not.toContain("#filters");
  });

  it("is a plain form that leads to the page with the filter in its address", () => {
    expect(html).toContain('<form action="/cases" method="get">');
    expect(html).toContain('<button type="submit">');
    expect(html).toContain('<input type="hidden" name="by" value="outcome"/>');
    expect(html).toContain('<input type="search" name="q" value="sofa"/>');
    expect(html).toMatch(/<select name="period">.*<option value="2026-Q2" selected="">/);
  });

  it("asks for a value or leaves it out by the names of the URL's grammar", () => {
    expect(open).toContain('<input type="checkbox" name="team" checked="" value="Returns"/>');
    expect(open).toContain('<input type="checkbox" name="not-team" checked="" value="(unknown)"/>');
    expect(textOf(open)).toContain("Returns 1,200");
    expect(textOf(open)).toContain("Team is not unknown");
  });

  it("keeps a value without cases and greys it", () => {
    expect(open).toMatch(/data-empty="true".*unknown/);
  });

  it("opens the dimensions in which something is set", () => {
    expect(open).toContain('<details class="filter-dimension" open="">');
    expect(textOf(open)).toContain("Team (2 set)");
  });

  it("takes a filter away by a link, or all of them", () => {
    expect(html).toMatch(/<a href="\/cases\?not-team=\(unknown\)">.*Team is Returns/);
    expect(html).toMatch(/href="\/cases">Clear all</);
  });

  it("says how many cases are shown, and why others are not", () => {
    expect(textOf(html)).toContain("6,588 of 6,623 cases shown. 35 open cases have no outcome yet.");
  });

  it("is calm when nothing is filtered", () => {
    const calm = textOf(markup(FilterBar, { ...props, pills: [], counts: { shown: 1, total: 1 } }));
    expect(calm).toContain("1 case shown.");
    expect(calm).not.toContain("Clear all");
  });

  it("takes two days in place of a period, empty until somebody chooses them", () => {
    expect(html).toContain('<input type="date" name="from"/>');
    expect(html).toContain('<input type="date" name="to"/>');
  });

  it("says how many values a long list leaves out, and takes one of them in writing", () => {
    expect(textOf(open)).toContain("12 rarer values not listed.");
    expect(open).toContain('<input type="text" autoComplete="off" name="team"/>');
  });

  it("takes no value in writing that people do not write: a cause is a number in the URL", () => {
    const options = choices.options.map((option) => ({ ...option, canBeTyped: false }));
    const panel = { ...opened, choices: { ...choices, options } };
    expect(markup(FilterBar, { ...props, panel })).not.toContain('type="text"');
  });

  it("has the other fields of the source behind the dimensions, closed until one is set", () => {
    expect(open).toMatch(
      /Team.*Other fields of the source<\/h2>.*<details class="filter-dimension"><summary>Company/,
    );
    expect(open).toContain('<input type="checkbox" name="not-attribute:Company" value="Acme"/>');
  });

  it("names the fields that cannot be chosen by, with the reason, and not hundreds of them", () => {
    expect(textOf(open)).toContain("Number 11 and 2 others (too many different values); Story (long texts).");
  });
});
