import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CaseRecord, emptyCase } from "#analytics/case.ts";
import { loadCases, openTestApp, type TestApp } from "#test/support/app.ts";
import { listedCases, mainText } from "./html-tables.ts";

const companies = ["Acme", "B&B = best", "größe 名", "__proto__", "(unknown)", "\\(unknown)"];
const count = 240;
/** More than comes whole out of the database. */
const long = Array.from({ length: 9000 }, (_, i) => ((i * 7919) % 10007).toString(36)).join(" ");

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ nth: 200 });
  const rows = Array.from({ length: count }, (_, i) => caseWith(i, attributesOf(i)));
  await loadCases(app.services, "sources", { cases: rows });
});
afterAll(() => app.close());

function caseWith(i: number, attributes: Record<string, string>): CaseRecord {
  return {
    ...emptyCase("made up", String(i)),
    occurred_at: `2026-${String(1 + (i % 10)).padStart(2, "0")}-11`,
    title: `Case ${i}`,
    attributes,
  };
}

function attributesOf(i: number): Record<string, string> {
  const company = companies[i % 8];
  return {
    ...(company !== undefined && { Company: company }),
    "Date\nopened": `day ${i % 3}\nof 3`,
    City: `City ${i % 45}`,
    Number: `N${i}`,
    Story: i === 0 ? long : `${"It was so. ".repeat(30)}${i}`,
    ["__proto__"]: i % 2 === 0 ? "even" : "odd",
  };
}

const cases = (query: string) => app.page(`/w/sources/cases?period=all&${query}`);

describe("the cases that an attribute is asked for", () => {
  test("are as many as the database counts, for each value, asked for and left out", async () => {
    for (const name of ["Company", "City", "__proto__"]) {
      const { rows } = await sql<{ value: string | null; n: number }>`
        select t.attributes ->> ${name} as value, count(*)::int as n
        from case_texts t join workspaces w on w.id = t.workspace_id
        where w.name = 'sources' group by 1 limit 9`.execute(app.services.database.db);
      for (const { value, n } of rows) {
        const text = value === null ? "(unknown)" : value.replace(/^(\\|\(unknown\)$)/, "\\$1");
        const asked = new URLSearchParams({ [`attribute:${name}`]: text });
        const leftOut = new URLSearchParams({ [`not-attribute:${name}`]: text });
        expect([name, value, listedCases(await cases(`${asked}`))]).toEqual([name, value, n]);
        expect([name, value, listedCases(await cases(`${leftOut}`))]).toEqual([name, value, count - n]);
      }
    }
  });

  test("are in their CSV, and no others", async () => {
    const file = await app.request(
      "/w/sources/cases.csv?period=all&attribute:Company=Acme&not-attribute:City=City+0",
    );
    const wanted = Array.from({ length: count }, (_, i) => attributesOf(i)).filter(
      ({ Company, City }) => Company === "Acme" && City !== "City 0",
    );
    expect((await file.text()).match(/\r\nCase|Acme/g)).toHaveLength(wanted.length);
  });

  test("are named in words, and each condition can be taken away", async () => {
    const html = await cases("attribute:Company=Acme&not-attribute:City=City+1");
    expect(mainText(html)).toContain("Company is Acme");
    expect(mainText(html)).toContain("City is not City 1");
    expect(html).toContain('href="/w/sources/cases?period=all&amp;attribute%3ACompany=Acme"');
  });

  test("can be chosen where a name or a value has a line break, as a form sends it", async () => {
    const form = new URLSearchParams({ "attribute:Date\r\nopened": "day 1\r\nof 3" });
    expect(listedCases(await cases(`${form}`))).toBe(count / 3);
  });
});

describe("an attribute that nobody can choose by", () => {
  test("is refused with the reason, by a page and by a CSV", async () => {
    const wanted = [
      ["attribute:Story=x", "The field “Story” holds texts of more than 200 characters"],
      ["not-attribute:Compny=Acme", "No case carries a field named “Compny”."],
    ];
    for (const [query, sentence] of wanted)
      for (const page of ["", "/cases", "/causes", "/cases.csv", "/tables/causes.csv"]) {
        const response = await app.request(`/w/sources${page}?${query}`);
        expect([page, response.status]).toEqual([page, 400]);
        expect(await response.text()).toContain(sentence);
      }
  });

  test("shows no case for a value that none carries, and the page says so", async () => {
    const html = await cases("attribute:Company=Nobody");
    expect(listedCases(html)).toBe(0);
    expect(mainText(html)).toContain("No case was ever loaded whose Company is Nobody.");
  });

  test("is told from one that can, under “Filters”", async () => {
    const text = mainText(await cases("choose=filters"));
    expect(text).toContain("Other fields of the source");
    expect(text).toContain("Story (long texts)");
    expect(text).toContain("15 rarer values not listed.");
  });
});

test("of more attributes than can be tried, those that most cases carry can be chosen by", async () => {
  const names = Array.from({ length: 200 }, (_, i) => `field ${i}`);
  const wide = Array.from({ length: 40 }, (_, i) =>
    caseWith(i, Object.fromEntries(names.slice(i * 4).map((name) => [name, `v${i % 3}`]))),
  );
  await loadCases(app.services, "wide", { cases: wide });
  const { facts } = await app.snapshot("wide");
  expect([...facts.attributes.keys()].every((name) => Number(name.slice(6)) >= 140)).toBe(true);
  expect(facts.attributes.size).toBe(60);
  expect(facts.uncodedAttributes.size).toBe(140);
  const html = await app.page("/w/wide/cases?period=all&choose=filters");
  expect(html.length).toBeLessThan(300_000);
});

test("200 addresses with attributes that nobody meant are answered, and none by the server's own failure", async () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 6 }).map(encodeURIComponent),
    fc.constantFrom(
      "Company",
      "City",
      "Story",
      "__proto__",
      "constructor",
      "%00",
      "%E0%A4%A",
      "(unknown)",
      "%5C",
      "",
    ),
  );
  const key = fc.tuple(fc.constantFrom("attribute:", "not-attribute:", "attribute%3A", "attribute"), piece);
  const query = fc
    .array(fc.tuple(key, piece), { minLength: 1, maxLength: 4 })
    .map((pairs) => pairs.map(([name, value]) => `${name.join("")}=${value}`).join("&"));
  const page = fc.constantFrom("", "/cases", "/causes", "/outcomes", "/cases.csv", "/tables/trend.csv");
  for (const [at, search] of fc.sample(fc.tuple(page, query), { numRuns: 200, seed: 5 })) {
    const { status } = await app.request(`/w/sources${at}?${search}`);
    expect([`${at}?${search}`, status < 500]).toEqual([`${at}?${search}`, true]);
  }
});
