import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApp, type TestApp } from "#test/support/app.ts";
import { parseCsv } from "./csv-tables.ts";
import { listedCases, mainText, tablesOf } from "./html-tables.ts";

let app: TestApp;
let page = "";
beforeAll(async () => {
  app = await openTestApp({ nth: 16 });
  page = `${app.workspace.base}/causes/1/playbook`;
});
afterAll(() => app.close());

/** A form, whose fields may come several times. */
const send = (fields: [string, string][]) =>
  app.request(page, {
    method: "POST",
    headers: { origin: "http://127.0.0.1:3000" },
    body: new URLSearchParams(fields),
  });
const form = (
  more: Record<string, string> = {},
  offers: string[] = ["apology", "correction"],
): [string, string][] => {
  const usual = { from: "2025-01-01", level: "1", offers_rule: "only", amount: "20", currency: "EUR" };
  const ticked = offers.map((offer): [string, string] => ["offer", offer]);
  return [...Object.entries({ ...usual, ...more }), ...ticked];
};

/** Resolved cases of cause 1 from a day on, as the columns have them. */
async function resolvedSince(day: string): Promise<number> {
  const html = await app.page(`${app.workspace.base}/cases?cause=1&by=outcome&period=${day}..2026-12-31`);
  return listedCases(html);
}

describe("the playbook of a cause", () => {
  test("is not there before a person writes it, and the page of the cause leads to it", async () => {
    expect(mainText(await app.page(page))).toContain("Nobody has written one yet.");
    const cause = await app.page(`${app.workspace.base}/causes/1`);
    expect(mainText(cause)).toContain("Nobody has written down yet how these cases are to be handled.");
    expect(cause).toContain(`href="${page}"`);
    expect((await app.request(`${app.workspace.base}/causes/999/playbook`)).status).toBe(404);
  });

  test("is refused in a sentence where a field is wrong, and the form keeps what was written", async () => {
    const wrong: [Record<string, string>, string[] | undefined, string][] = [
      [{ from: "soon" }, undefined, "“soon”"],
      [{ level: "-1" }, undefined, "“-1”"],
      [{ amount: "20.005" }, undefined, "“20.005”"],
      [{ amount: "1,000" }, undefined, "“1,000”"],
      [{ currency: "€" }, undefined, "“€”"],
      [{ offers_rule: "" }, undefined, "“No rule” is chosen"],
      [{}, ["gold"], "not known"],
      [{ level: "", offers_rule: "", amount: "", notes: " ", reason: "Keep & me" }, [], "says nothing"],
    ];
    for (const [fields, offers, sentence] of wrong) {
      const response = await send(form({ notes: "Keep & me", ...fields }, offers));
      expect(response.status, sentence).toBe(422);
      const html = await response.text();
      expect(mainText(html)).toContain(sentence);
      expect(html).toMatch(/Keep &amp; me(<\/textarea>|"\/>)/);
    }
    expect(mainText(await app.page(page))).toContain("Nobody has written one yet.");
  });

  test("tells what was kept of it, the same on its page, in its CSV and on the page of the cause", async () => {
    expect((await send(form({ other_teams: "Nobody & Co\r\n" }))).status).toBe(303);
    const html = await app.page(page);
    expect(mainText(html)).toContain("In force: version 1, since 1 Jan 2025");
    expect(mainText(html)).toContain("No case that is loaded has the team “Nobody & Co”");
    const { rows } = tablesOf(html).get("Kept by rule, version 1")!;
    const cases = await resolvedSince("2025-01-01");
    expect(rows.map(({ cells }) => cells[0])).toEqual([
      "Handled by Nobody & Co",
      "Escalated to level 1 at most",
      "Nothing offered but apology or correction",
      "€20.00 paid at most",
      "All rules together",
    ]);
    expect(new Set(rows.map(({ cells }) => cells[1]))).toEqual(new Set([String(cases)]));
    const csv = parseCsv(Buffer.from(await (await app.request(`${page}/version-1.csv`)).arrayBuffer()));
    expect(csv).toHaveLength(6);
    const columns = csv[0]!;
    const together = Object.fromEntries(csv[5]!.map((cell, i) => [columns[i]!, cell]));
    const line = mainText(await app.page(`${app.workspace.base}/causes/1`));
    expect(line).toContain(
      `Version 1, in force since 1 Jan 2025: ${together["kept_cases"]} of ${together["known"]} resolved cases were`,
    );
    expect(rows[4]?.cells[2]).toContain(`${together["kept_cases"]} of ${together["known"]}`);
    expect((await app.request(`${page}/version-2.csv`)).status).toBe(404);
  });

  test("opens the cases that broke a rule, as many as it counts, and they are so", async () => {
    const { rows } = tablesOf(await app.page(page)).get("Kept by rule, version 1")!;
    for (const { cells, href } of rows.slice(0, 4)) {
      if (cells[3] === "0") expect(href).toBeNull();
      else expect(listedCases(await app.page(href!))).toBe(Number(cells[3]));
    }
    const offers = await app.page(`${page}/broken?version=1&rule=offers`);
    const remedies = tablesOf(offers)
      .get("Cases, the latest first")!
      .rows.map(({ cells }) => cells[3]!);
    expect(remedies.length).toBeGreaterThan(0);
    for (const remedy of remedies)
      expect(remedy).toMatch(/explanation|replacement|refund|goodwill|policy change/);
    for (const query of ["?version=9&rule=offers", "?rule=offers", "?version=1&rule=luck"])
      expect([400, 404], query).toContain((await app.request(`${page}/broken${query}`)).status);
  });

  test("grows by a version a day, with a reason; what was counted before stays with its version", async () => {
    const before = tablesOf(await app.page(page)).get("Kept by rule, version 1")!.rows[4]!.cells;
    const again = await send(form({ reason: "Again" }));
    expect(again.status).toBe(422);
    expect(mainText(await again.text())).toContain(
      "Version 1 is in force from 1 Jan 2025, and a day has one version",
    );
    expect(mainText(await (await send(form({ from: "2026-06-01" }))).text())).toContain("Give the reason");
    expect((await send(form({ from: "2026-06-01", level: "", reason: "The level is no use" }))).status).toBe(
      303,
    );
    const earlier = await send(form({ from: "2026-03-01", reason: "Backwards" }));
    expect(mainText(await earlier.text())).toContain("would change what earlier cases are held against");
    const html = await app.page(page);
    expect(mainText(html)).toContain("Version 1, 1 Jan 2025 to 31 May 2026");
    const [first, second] = [1, 2].map((n) => tablesOf(html).get(`Kept by rule, version ${n}`)!.rows);
    expect(Number(first![4]!.cells[1]) + Number(second![2]!.cells[1])).toBe(Number(before[1]));
    expect(second!.map(({ cells }) => cells[0])).not.toContain("Escalated to level 1 at most");
    expect(Number(second![0]!.cells[1])).toBe(await resolvedSince("2026-06-01"));
    expect((await app.request(`${page}/broken?version=2&rule=ladder`)).status).toBe(404);
  });

  test("shows the outcomes of the cause by remedy beside it, as the page of the cause does with all days", async () => {
    const evidence = tablesOf(await app.page(page)).get("Outcome by remedy")!;
    const cause = await app.page(`${app.workspace.base}/causes/1?period=all`);
    expect(evidence.rows.map(({ cells }) => cells)).toEqual(
      tablesOf(cause)
        .get("Outcome by remedy")!
        .rows.map(({ cells }) => cells),
    );
  });

  test("has the evidence in a file too, the same as on the page", async () => {
    const shown = tablesOf(await app.page(page)).get("Restored with a remedy and without it")!.rows;
    const response = await app.request(`${page}/evidence.csv`);
    const [columns = [], ...rows] = parseCsv(Buffer.from(await response.arrayBuffer()));
    expect(rows.map((cells) => cells[columns.indexOf("remedy")])).toEqual(shown.map(({ cells }) => cells[0]));
    expect(rows.map((cells) => cells[columns.indexOf("said")])).toEqual(
      shown.map(({ cells }) => cells.at(-1)),
    );
    for (const [i, cells] of rows.entries())
      expect(shown[i]?.cells[1]).toContain(
        `${cells[columns.indexOf("with_cases")]} of ${cells[columns.indexOf("with_n")]}`,
      );
  });

  test("may be planned, and rests while its cause is merged into another one", async () => {
    await send(form({ from: "2026-12-24", reason: "Christmas" }));
    expect(mainText(await app.page(page))).toContain("Planned: version 3, from 24 Dec 2026");
    const { base } = app.workspace;
    await app.post(`${base}/causes/2`, { kind: "merge", other: "1", reason: "Same" });
    const moved = await app.request(page);
    expect(moved.status).toBe(303);
    expect(moved.headers.get("location")).toBe(`${base}/causes/2/playbook`);
    expect((await send(form({ from: "2027-01-01", reason: "x" }))).status).toBe(303);
    expect(mainText(await app.page(`${base}/causes/2/playbook`))).toContain(
      "It rests until the merge is undone",
    );
    await app.post(`${base}/causes/2`, { kind: "undo_merge", other: "1" });
    expect(mainText(await app.page(page))).toContain("In force: version 2, since 1 Jun 2026");
    expect(mainText(await app.page(page))).not.toContain("version 4");
  });
});
