import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseDay } from "#analytics/period.ts";
import { openTestApp, type TestApp } from "#test/support/app.ts";
import { parseCsv } from "./csv-tables.ts";
import { mainText, tablesOf } from "./html-tables.ts";

let app: TestApp;
let page = "";
beforeAll(async () => {
  app = await openTestApp({ nth: 16 });
  page = `${app.workspace.base}/exposure`;
});
afterAll(() => app.close());

function send(fields: Record<string, string>, text?: string): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  if (text !== undefined) body.set("file", new File([text], "orders.csv", { type: "text/csv" }));
  return app.request(page, { method: "POST", headers: { origin: "http://127.0.0.1:3000" }, body });
}
const create = (name: string, text: string) => send({ kind: "create", name, unit: "orders" }, text);
const days = (from: string, count: number, value: (i: number) => number | string) =>
  Array.from({ length: count }, (_, i) => {
    const day = new Date((parseDay(from)! + i) * 86_400_000).toISOString().slice(0, 10);
    return `${day},${value(i)}`;
  });
const file = (lines: string[], header = "day,value") => `${[header, ...lines].join("\n")}\n`;

describe("the page of exposure", () => {
  test("says that trends are not adjusted for volume, and so does every cause", async () => {
    expect(mainText(await app.page(page))).toContain("not adjusted for volume");
    const cause = await app.page(`${app.workspace.base}/causes/1`);
    expect(mainText(cause)).toContain("Counts, not adjusted for volume.");
    expect(cause).toContain(`href="${page}"`);
    expect(await app.page(`${app.workspace.base}/imports`)).toContain(`href="${page}"`);
  });

  test("loads nothing of a file with one bad line, and lists each with what was expected", async () => {
    const response = await create("Orders", file(["2026-01-01,5", "2026-01-02,five", "2026-01-32,6"]));
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(mainText(html)).toContain("Nothing was loaded");
    expect(
      tablesOf(html)
        .get("Lines that can’t be read")
        ?.rows.map(({ cells }) => cells.slice(0, 2)),
    ).toEqual([
      ["3", "“five”"],
      ["4", "“2026-01-32”"],
    ]);
    expect(html).toContain('value="Orders"');
    expect(tablesOf(await app.page(page)).size).toBe(0);
  });

  test("lists the days that a series has and those that are missing", async () => {
    expect((await send({ kind: "create", name: "", unit: "" }, file(["2026-01-01,5"]))).status).toBe(422);
    const lines = days("2025-01-01", 600, () => 1000).filter((line) => !/^2025-0[34]-03/.test(line));
    expect((await create("Orders", file(lines))).status).toBe(303);
    const [row] = tablesOf(await app.page(page)).get("Days of Orders")!.rows;
    expect(row?.cells).toEqual([
      "all",
      "1 Jan 2025 to 23 Aug 2026",
      "598",
      "598,000",
      "2 days: 3 Mar 2025; 3 Apr 2025",
    ]);
    expect((await create("Orders", file(["2026-01-01,5"]))).status).toBe(422);
  });

  test("replaces the days that come again, says how many, and gives back what can be loaded again", async () => {
    const more = file(
      [...days("2025-03-03", 1, () => 10.25), ...days("2026-08-23", 2, () => 7)],
      "Datum;Orders",
    ).replaceAll(",", ";");
    expect((await send({ kind: "load", series: "1" }, more)).status).toBe(303);
    expect(mainText(await app.page(page))).toContain("2 days new, 1 day replaced");
    const csv = Buffer.from(await (await app.request(`${page}/1.csv`)).arrayBuffer());
    const rows = parseCsv(csv);
    expect(rows[0]).toEqual(["day", "value"]);
    expect(rows).toHaveLength(1 + 600);
    expect(rows).toContainEqual(["2025-03-03", "10.25"]);
    expect((await send({ kind: "load", series: "1" }, csv.toString())).status).toBe(303);
    expect(mainText(await app.page(page))).toContain("0 days new, 600 days replaced");
    expect((await app.request(`${page}/9.csv`)).status).toBe(404);
    const byTeam = await send({ kind: "load", series: "1" }, file(["2026-01-01,Email,4"], "day,team,value"));
    expect(byTeam.status).toBe(422);
    expect(mainText(await byTeam.text())).toContain("“Orders” is of all together, and the file is by team");
  });

  test("gives the trend of a cause its rates, the same in the table and in the CSV", async () => {
    const html = await app.page(`${app.workspace.base}/causes/1?period=2025-07-01..2026-06-30`);
    expect(mainText(html)).toContain("cases per 1,000 orders");
    const table = tablesOf(html).get("Cases by month and category")!;
    const at = table.heads.indexOf("Cases per 1,000 orders");
    const csv = parseCsv(
      Buffer.from(
        await (
          await app.request(`${app.workspace.base}/tables/trend.csv?period=2025-07-01..2026-06-30&cause=1`)
        ).arrayBuffer(),
      ),
    );
    const column = (name: string) => csv.slice(1).map((cells) => Number(cells[csv[0]!.indexOf(name)]));
    const rates = column("rate");
    expect(rates).toHaveLength(12);
    for (const [i, cases] of column("cases").entries()) {
      expect(rates[i]).toBeCloseTo((1000 * cases) / column("exposure")[i]!, 6);
      expect(Number.parseFloat(table.rows[i]!.cells[at]!)).toBeCloseTo(rates[i]!, 2);
    }
    // March 2025 has a day that the file had not when it was loaded; April still has.
    const early = tablesOf(await app.page(`${app.workspace.base}/causes/1?period=2025-04-01..2025-04-30`));
    expect(early.get("Cases by month and category")?.rows[0]?.cells[at]).toBe("–");
  });

  test("says which products no case has", async () => {
    await create("By product", file(["2026-01-01,No such thing,4"], "day,product,orders"));
    expect(mainText(await app.page(page))).toContain(
      "No case that is loaded has the product “No such thing”",
    );
    expect(parseCsv(Buffer.from(await (await app.request(`${page}/2.csv`)).arrayBuffer()))).toEqual([
      ["day", "product", "value"],
      ["2026-01-01", "No such thing", "4"],
    ]);
  });

  test("removes a series, after which trends are counts again", async () => {
    expect((await send({ kind: "remove", series: "1" })).status).toBe(303);
    expect((await send({ kind: "remove", series: "1" })).status).toBe(404);
    expect((await send({ kind: "load", series: "1" }, file(["2026-01-01,4"]))).status).toBe(404);
    expect((await send({ kind: "forget" })).status).toBe(400);
    expect((await send({ kind: "create", name: "x", unit: "y" })).status).toBe(400);
    expect(mainText(await app.page(`${app.workspace.base}/causes/1`))).toContain(
      "Counts, not adjusted for volume.",
    );
    expect((await app.request("/w/nowhere/exposure")).status).toBe(404);
  });
});
