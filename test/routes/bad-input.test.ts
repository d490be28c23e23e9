import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { filterDimensions } from "#analytics/filter/dimensions.ts";
import { tables } from "#app/tables/tables.ts";
import { findOrCreateWorkspace } from "#db/workspaces.ts";
import { openTestApp, type TestApp } from "#test/support/app.ts";
import { mainText } from "./html-tables.ts";

let app: TestApp;
let base: string;
beforeAll(async () => {
  app = await openTestApp();
  base = app.workspace.base;
});
afterAll(() => app.close());

async function answer(path: string): Promise<{ status: number; text: string }> {
  const response = await app.request(path);
  const body = await response.text();
  const text = body.includes("<main") ? mainText(body) : body;
  expect(text, path).not.toMatch(insides);
  return { status: response.status, text };
}

/** Stacks, statements and places of files: nothing that a reader should see. */
const insides =
  /\bat (async )?[\w.<>]+ \(|\.[jt]sx?:\d+|node_modules|\bselect .* from\b|(?:\/\w+){2,}\.tsx?\b/i;

describe("a page says what was got and what was expected", () => {
  test("of a workspace that there isn't: 404", async () => {
    for (const page of [
      "",
      "/causes",
      "/cases",
      "/summary",
      "/imports",
      "/tables/causes.csv",
      "/cases.csv",
    ]) {
      const { status, text } = await answer(`/w/nowhere${page}`);
      expect([page, status]).toEqual([page, 404]);
      expect(text).toContain('There is no workspace named "nowhere".');
    }
    expect((await answer("/w/%00")).status).toBe(404);
    expect((await answer("/w/%E0%A4%A")).status).toBe(404);
  });

  test("of a period that is none: 400", async () => {
    const periods = [
      "soon",
      "2026-13",
      "2026-Q5",
      "2026-02-30..2026-03-01",
      "2026-03-01..2026-02-01",
      "9999",
      "0050",
    ];
    for (const page of [
      "",
      "/causes",
      "/outcomes",
      "/cases",
      "/cases.csv",
      "/tables/causes.csv",
      "/causes/1",
    ])
      for (const period of periods) {
        const { status, text } = await answer(`${base}${page}?period=${period}`);
        expect([page, period, status]).toEqual([page, period, 400]);
        expect(text).toContain(`The period "${period}" is not one. Expected a month (2026-05)`);
      }
  });

  test("of a cohort that is none: 400", async () => {
    const { status, text } = await answer(`${base}?by=luck`);
    expect(status).toBe(400);
    expect(text).toContain("by=luck is not known. Expected by=incidence or by=outcome.");
  });

  test("of a quarter that is none: 400", async () => {
    for (const quarter of ["2026-Q9", "2026", "last", "9999-Q4", "2026-Q1-Q2"])
      for (const page of [`${base}/reviews/${quarter}`, `${base}/summary?quarter=${quarter}`])
        expect([page, (await answer(page)).status]).toEqual([page, 400]);
    expect((await answer(`${base}/reviews/2026-Q9`)).text).toContain(
      '"2026-Q9" is not a quarter. Expected one like 2026-Q2.',
    );
  });

  test("of a number that is none, or that nothing has", async () => {
    const wanted: [path: string, status: number, sentence: string][] = [
      ["/causes/abc", 400, 'The cause "abc" is not a number. Expected a whole number from 1.'],
      ["/causes/0", 400, 'The cause "0" is not a number.'],
      ["/causes/-1", 400, 'The cause "-1" is not a number.'],
      ["/causes/99999999999", 400, "is not a number."],
      ["/causes/999999999", 404, "There is no cause 999999999 in this workspace."],
      ["/fixes/abc", 400, 'The second fix "abc" is not a number.'],
      ["/fixes/4711", 404, "There is no second fix 4711 in this workspace."],
      ["/fixes/4711/weeks.csv", 404, "There is no second fix 4711 in this workspace."],
      ["/fixes/new", 400, 'The cause "" is not a number.'],
      ["/fixes/new?cause=4711", 404, "There is no cause 4711 in this workspace."],
      ["/imports/abc", 400, 'The import "abc" is not a number.'],
      ["/imports/4711", 404, "There is no import 4711 in this workspace."],
      ["/imports/4711/rejected.csv", 404, "There is no import 4711 in this workspace."],
      ["/imports/1e3/rejected.csv", 400, 'The import "1e3" is not a number.'],
      ["/cases?page=0", 400, 'The page "0" is not a number.'],
      ["/cases?page=two", 400, 'The page "two" is not a number.'],
      ["/cases?page=999999", 200, "There is no such page of the list."],
      ["/cases/not-a-case", 404, '"not-a-case" is not the id of a case.'],
      ["/cases/00000000-0000-0000-0000-000000000000", 404, "This workspace has no case with that id."],
      [
        "/tables/nothing.csv",
        404,
        'There is no table named "nothing.csv". Expected one of headline, causes,',
      ],
      ["/tables/__proto__.csv", 404, 'There is no table named "__proto__.csv".'],
      ["/nothing", 404, `There is no page at ${base}/nothing.`],
    ];
    for (const [path, status, sentence] of wanted) {
      const got = await answer(base + path);
      expect([path, got.status]).toEqual([path, status]);
      expect(got.text).toContain(sentence);
    }
  });

  test("of days that are not whole months, where only months can be compared: 400", async () => {
    for (const name of ["review-causes", "review-headline"])
      for (const period of ["2026-01-15..2026-01-20", "2026-01-30..2026-01-31"]) {
        const { status, text } = await answer(`${base}/tables/${name}.csv?period=${period}`);
        expect(status).toBe(400);
        expect(text).toContain("are not whole months");
      }
  });
});

describe("what a filter does not know", () => {
  test("as a parameter is ignored by a page, which says so, and refused by a CSV", async () => {
    for (const page of ["", "/causes", "/outcomes", "/cases", "/causes/1"]) {
      const { status, text } = await answer(`${base}${page}?colour=red`);
      expect([page, status]).toEqual([page, 200]);
      expect(text).toContain('The address has "colour", which is not known here and was ignored.');
    }
    for (const file of [...Object.keys(tables).map((name) => `tables/${name}.csv`), "cases.csv"]) {
      const { status, text } = await answer(`${base}/${file}?period=2026-Q2&colour=red`);
      expect([file, status]).toEqual([file, 400]);
      expect(text).toContain('The parameter "colour" is not known');
    }
  });

  test("as a value shows no case, and the page says that none was ever loaded", async () => {
    for (const dimension of filterDimensions.filter((name) => name !== "remedy")) {
      const { status, text } = await answer(`${base}/cases?${dimension}=Nobody%20%3Cb%3E`);
      expect([dimension, status]).toEqual([dimension, 200]);
      expect(text).toContain("No case was ever loaded whose");
      expect(text).toContain("Nobody <b>");
    }
  });
});

describe("a form that is not as the page sends it", () => {
  test("is refused with a sentence, and changes nothing", async () => {
    const wanted: [path: string, init: Sent, status: number, sentence: string][] = [
      [
        "/causes/1",
        { body: new URLSearchParams({ kind: "set_category", category: "weather" }) },
        400,
        'The category "weather" is not known.',
      ],
      [
        "/causes/1",
        { body: new URLSearchParams({ kind: "rename", name: "n".repeat(201) }) },
        400,
        "The name has 201 characters.",
      ],
      [
        "/causes/1",
        { body: new URLSearchParams({ kind: "melt" }) },
        400,
        'The decision "melt" is not known.',
      ],
      ["/causes/1", { body: "no form" }, 400, "The request has no form in it."],
      [
        "/causes/999",
        { body: new URLSearchParams({ kind: "rename", name: "x" }) },
        404,
        "There is no cause 999",
      ],
      ["/causes", { body: new URLSearchParams() }, 405, "This page takes no such request"],
      ["/imports", { body: "no form" }, 400, "must be sent by the form of this page"],
      ["/imports", { body: "--x\r\n", headers: multipart("x") }, 400, "The form did not arrive whole"],
      ["/imports", { body: "x", headers: multipart("") }, 400, "The form did not arrive whole"],
      ["/imports", { body: new FormData() }, 400, "without a file"],
    ];
    for (const [path, init, status, sentence] of wanted) {
      const headers = { ...init.headers, origin: "http://127.0.0.1:3000" };
      const response = await app.request(base + path, { ...init, method: "POST", headers });
      const text = await response.text();
      expect([path, response.status, mainText(text)]).toEqual([
        path,
        status,
        expect.stringContaining(sentence),
      ]);
      expect(mainText(text)).not.toMatch(insides);
    }
  });

  test("with a NUL in its text keeps the rest of it", async () => {
    expect((await app.post(`${base}/causes/1`, { kind: "rename", name: "Torn\0 boxes" })).status).toBe(303);
    expect(await app.page(`${base}/causes/1`)).toContain("Torn boxes");
  });
});

describe("a workspace without a case", () => {
  test("has every page and every CSV all the same", async () => {
    await findOrCreateWorkspace(app.services.database.db, { name: "empty", timeZone: "UTC" });
    for (const page of ["", "/causes", "/outcomes", "/cases", "/reviews", "/summary", "/imports"])
      expect([page, (await answer(`/w/empty${page}`)).status]).toEqual([page, 200]);
    for (const name of Object.keys(tables))
      expect([name, (await answer(`/w/empty/tables/${name}.csv?period=2026-Q2`)).status]).toEqual([
        name,
        200,
      ]);
    expect((await answer("/w/empty/reviews/2026-Q2")).status).toBe(200);
  });
});

test("300 addresses that nobody meant are answered, and none by the server's own failure", async () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 8 }).map(encodeURIComponent),
    fc.constantFrom(
      "%",
      "%00",
      "%2e%2e",
      "..",
      ".data",
      "%E0%A4%A",
      "'--",
      "(unknown)",
      "\\",
      "null",
      "1e9",
      "%0d%0a",
    ),
  );
  const page = fc.constantFrom(
    "",
    "causes",
    "causes/1",
    "outcomes",
    "cases",
    "cases.csv",
    "reviews",
    "summary",
    "imports",
  );
  const path = fc.oneof(
    fc.array(piece, { maxLength: 4 }).map((pieces) => `/${pieces.join("/")}`),
    fc.tuple(page, piece).map(([known, rest]) => `${base}/${known}/${rest}`),
    page.map((known) => `${base}/${known}`),
  );
  const key = fc.oneof(
    fc.constantFrom(
      "period",
      "by",
      "q",
      "page",
      "quarter",
      ...filterDimensions,
      ...filterDimensions.map((d) => `not-${d}`),
    ),
    piece,
  );
  const query = fc
    .array(fc.tuple(key, piece), { maxLength: 4 })
    .map((pairs) => pairs.map((pair) => pair.join("=")).join("&"));
  for (const [at, search] of fc.sample(fc.tuple(path, query), { numRuns: 300, seed: 3 })) {
    const { status } = await answer(`${at}?${search}`);
    expect([`${at}?${search}`, status < 500]).toEqual([`${at}?${search}`, true]);
  }
});

interface Sent {
  body: BodyInit;
  headers?: Record<string, string>;
}

function multipart(boundary: string): Record<string, string> {
  return { "content-type": `multipart/form-data${boundary === "" ? "" : `; boundary=${boundary}`}` };
}
