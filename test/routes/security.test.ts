import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApp, type TestApp } from "#test/support/app.ts";

let app: TestApp;
let base: string;
beforeAll(async () => {
  app = await openTestApp({ nth: 32 });
  base = app.workspace.base;
});
afterAll(() => app.close());

const own = "http://127.0.0.1:3000";

/** By our own check, or by React Router's, which looks at page actions before it. */
const refused = [403, 400];

function post(path: string, headers: Record<string, string>, fields: Record<string, string>) {
  return app.request(path, { method: "POST", headers, body: new URLSearchParams(fields) });
}

/** A page that changes something, and an address without a page that does. */
const writes = (): [path: string, fields: Record<string, string>][] => [
  [`${base}/causes/1`, { kind: "rename", name: "Changed" }],
  ["/preferences/theme", { theme: "dark", back: "/" }],
];

describe("a change that another site could have sent", () => {
  test("is refused by what the browser says of its origin, on pages and elsewhere", async () => {
    const foreign: Record<string, string>[] = [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "cross-site", origin: own },
      { origin: "https://evil.example" },
      { origin: "http://127.0.0.1:3001" },
      { origin: "null" },
      {},
    ];
    for (const headers of foreign)
      for (const [path, fields] of writes()) {
        const response = await post(path, headers, fields);
        expect(response.status, `${path} ${JSON.stringify(headers)}`).toBeOneOf(refused);
        expect(response.headers.get("set-cookie")).toBeNull();
      }
    expect(await app.page(`${base}/causes/1`)).not.toContain("Changed");
  });

  test("is refused for every method that changes, and for a route's data alone", async () => {
    for (const method of ["PUT", "PATCH", "DELETE"])
      expect((await app.request("/preferences/theme", { method })).status).toBe(403);
    const data = await post(`${base}/causes/1.data`, { origin: "https://evil.example" }, { name: "x" });
    expect(data.status).toBeOneOf(refused);
  });

  test("and is taken where the page sent it itself", async () => {
    for (const headers of [{ origin: own }, { "sec-fetch-site": "same-origin", origin: own }])
      for (const [path, fields] of writes())
        expect((await post(path, headers, fields)).status).toBeOneOf([302, 303]);
    expect(await app.page(`${base}/causes/1`)).toContain("Changed");
  });
});

describe("the headers of an answer", () => {
  const always = {
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-store",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
  };

  test("keep it private and its type as it is: pages, CSVs, refusals and what is not there", async () => {
    const paths = [
      "",
      "/cases",
      "/summary",
      "/tables/causes.csv",
      "/cases.csv",
      "/nothing",
      "?period=x",
      ".data",
    ];
    const answers = [
      ...(await Promise.all(paths.map((path) => app.request(base + path)))),
      await app.request("/"),
      await app.request("/nothing/at/all"),
      await app.request("/w/nowhere"),
      await app.request("/%0d%0a"),
      await post("/preferences/theme", {}, {}),
    ];
    for (const { headers } of answers) {
      expect(Object.fromEntries(headers)).toMatchObject(always);
      expect(headers.get("content-security-policy")).toMatch(
        /^default-src 'self'; script-src 'self'(?: 'nonce-[^']+')?;/,
      );
    }
  });

  test("allow a page its own scripts by a nonce that is new each time, and nothing inline beside", async () => {
    const [first, second] = [await app.request(base), await app.request(base)];
    const nonces = [first, second].map(({ headers }) =>
      nonceOf(headers.get("content-security-policy") ?? ""),
    );
    expect(new Set(nonces).size).toBe(2);
    const html = await first.text();
    const scripts = html.match(/<script[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toContain(`nonce="${nonces[0]}"`);
    expect(html).not.toMatch(/<style|<[a-z]+ [^>]*\son\w+=/);
  });

  test("make a download of a CSV, under a plain name that says what, whose and which days", async () => {
    const { headers } = await app.request(`${base}/tables/causes.csv?period=2026-Q2`);
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(headers.get("content-disposition")).toBe(
      'attachment; filename="fixtwice_Lind-Hald_causes_2026-04-01_2026-06-30.csv"',
    );
  });

  test("lie on the page without a script where no chart needs one", async () => {
    for (const page of ["/summary", "/cases", "/causes", "/reviews/2026-Q2"])
      expect(await app.page(base + page)).not.toContain("<script");
  });
});

describe("the choice of light or dark", () => {
  test("goes back to where it was made, and to no other site", async () => {
    const backs: [back: string, location: string][] = [
      [`${base}/cases?period=2026-Q2`, `${base}/cases?period=2026-Q2`],
      ["//evil.example", "/"],
      ["/\\evil.example", "/"],
      ["\\\\evil.example", "/"],
      ["https://evil.example/", "/"],
      ["https:evil.example", "/"],
      ["javascript:alert(1)", "/"],
      ["/\t/evil.example", "/"],
      ["/\n/evil.example", "/"],
      ["/.//evil.example", "/"],
      ["http://", "/"],
      ["", "/preferences/theme"],
    ];
    for (const [back, location] of backs) {
      const response = await app.post("/preferences/theme", { theme: "dark", back });
      expect(response.status).toBe(302);
      const target = new URL(response.headers.get("location") ?? "", own);
      expect([back, target.origin]).toEqual([back, own]);
      if (back !== "") expect([back, target.pathname + target.search]).toEqual([back, location]);
    }
  });

  test("is kept in a cookie that scripts can't read, and shown by the next page", async () => {
    const response = await app.post("/preferences/theme", { theme: "dark", back: "/" });
    expect(response.headers.get("set-cookie")).toMatch(/^theme=dark; .*SameSite=Lax; HttpOnly$/);
    const html = await (await app.request(base, { headers: { cookie: "theme=dark" } })).text();
    expect(html).toContain('data-theme="dark"');
  });

  test("is one of three", async () => {
    expect((await app.post("/preferences/theme", { theme: "pink", back: "/" })).status).toBe(400);
  });
});

test("a case's text is text: no markup of it reaches a page", async () => {
  const name = '<img src=x onerror="alert(1)">';
  await app.post(`${base}/causes/1`, { kind: "rename", name });
  for (const page of ["", "/causes", "/causes/1", "/outcomes", "/reviews/2026-Q2"])
    expect(await app.page(base + page)).not.toContain("<img");
});

function nonceOf(policy: string): string {
  return /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
}
