import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FixStep } from "#db/queries/second-fixes.ts";
import { openTestApp, type TestApp } from "#test/support/app.ts";
import { addSecondFix, inPlace } from "#test/support/second-fix.ts";

let app: TestApp;
let base: string;

beforeAll(async () => {
  app = await openTestApp({ nth: 16 });
  ({ base } = app.workspace);
});
afterAll(() => app.close());

/** A second fix of a cause, moved on by the steps. */
const aFix = (causeId: number, title: string, ...steps: FixStep[]) =>
  addSecondFix(app.services.database.db, app.workspace.id, { causeId, title }, ...steps);

describe("the ledger of second fixes", () => {
  test("says that nothing is on record, and leads to the causes", async () => {
    expect(await app.page(`${base}/fixes`)).toContain("No second fix is on record.");
  });

  test("shows each fix with how far it is, and what of it wants attention", async () => {
    await aFix(1, "A talk", { to: "planned" });
    await aFix(2, "A course", inPlace);
    const page = (await app.page(`${base}/fixes`)).replaceAll(/<[^>]*>/g, "");
    expect(page).toContain("A talk was to be in place by now (due 1 Apr 2026).");
    expect(page).toMatch(/A course has reached its check date[^(]*\(check 1 Sep 2026\)/);
    expect(page).toContain("Under observation");
  });

  test("has the same figures in its files, and the funnel is of the period that the address asks for", async () => {
    const funnel = await csv("funnel");
    expect(funnel.map(({ step }) => step)).toEqual([
      "resolved",
      "cause_assigned",
      "decided",
      "implemented",
      "verified",
    ]);
    const counts = funnel.map(({ cases }) => Number(cases));
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    const { resolved } = await figures("all");
    expect(Number((await csv("funnel", "?period=all"))[0]?.cases)).toBe(resolved);
    expect(await csv("second-fixes")).toMatchObject([
      { title: "A talk", stage: "Planned", verdict: "", in_place_on: "" },
      { title: "A course", stage: "Under observation", in_place_on: "2026-03-20" },
    ]);
    expect(await csv("kinds-of-second-fix")).toMatchObject([
      { kind: "training", implemented: "1", open: "1" },
    ]);
    expect((await app.request(`${base}/fixes/tables/nothing.csv`)).status).toBe(404);
    expect((await app.request(`${base}/fixes/tables/funnel.csv?nonsense=1`)).status).toBe(400);
  });
});

describe("the customers of a fix's cause", () => {
  test("are listed once each, with the parted ones left out, and can be told", async () => {
    const fixId = await aFix(3, "A third", inPlace);
    const path = `${base}/fixes/${fixId}/customers`;
    const before = await csvOf(`${path}.csv`);
    const names = before.map(({ customer }) => customer);
    expect(new Set(names).size).toBe(names.length);
    expect(before.every(({ state, outcome }) => outcome !== "parted" || state === "parted: left out")).toBe(
      true,
    );
    const [first, second, third] = before
      .filter(({ state }) => state === "to tell")
      .map(({ customer }) => customer!);
    expect((await mark(path, "told", [first!, second!])).status).toBe(303);
    expect((await mark(path, "left_out", [third!], "asked us not to write")).status).toBe(303);
    const stateOf = new Map((await csvOf(`${path}.csv`)).map((row) => [row.customer, row]));
    expect(stateOf.get(first)).toMatchObject({ state: "told", by: "local user" });
    expect(stateOf.get(third)).toMatchObject({ state: "left out", reason: "asked us not to write" });
    const told = await csvOf(`${path}.csv?state=told`);
    expect(told.map(({ customer }) => customer)).toEqual([first, second]);
    const wanted = before.filter(({ state }) => state === "to tell").length - 1;
    expect(await app.page(`${base}/fixes`)).toContain(`2 of ${wanted}`);
    await mark(path, "none", [first!]);
    expect(await csvOf(`${path}.csv?state=told`)).toHaveLength(1);
  });

  test("are refused with a sentence where something is wrong, and nothing is changed", async () => {
    const path = `${base}/fixes/3/customers`;
    const before = await csvOf(`${path}.csv`);
    const answers = [
      await mark(path, "left_out", [before[0]!.customer!]),
      await mark(path, "told", ["nobody of them"]),
      await mark(path, "forgiven", [before[0]!.customer!]),
      await app.request(`${path}?state=gone`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(await answers[0]!.text()).toContain("Say why they are left out");
    expect(await csvOf(`${path}.csv`)).toEqual(before);
    expect((await app.request(`${base}/fixes/99/customers`)).status).toBe(404);
  });
});

async function mark(path: string, how: string, customers: string[], reason = ""): Promise<Response> {
  return app.post(path, [
    ["mark", how],
    ["reason", reason],
    ...customers.map((customer): [string, string] => ["customer", customer]),
  ]);
}

async function csv(name: string, query = ""): Promise<Record<string, string>[]> {
  return csvOf(`${base}/fixes/tables/${name}.csv${query}`);
}

async function csvOf(path: string): Promise<Record<string, string>[]> {
  return rowsOf(await app.page(path));
}

function rowsOf(csvText: string): Record<string, string>[] {
  return parse(csvText, { bom: true, columns: true });
}

async function figures(period: string): Promise<{ resolved: number }> {
  const rows = rowsOf(await app.page(`${base}/tables/headline.csv?period=${period}`));
  return { resolved: Number(rows.find(({ measure }) => measure === "resolved")?.cases) };
}
