import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unassignedCases } from "#analytics/metrics/unassigned.ts";
import { simulateCompany } from "#app/demo/simulate-company.ts";
import { assignNewCases } from "#app/server/assign-new-cases.ts";
import { importRecords } from "#db/imports/import-records.ts";
import { raiseDataVersion } from "#db/imports/store/case-stack.ts";
import { findWorkspace } from "#db/workspaces.ts";
import { asOf, openTestApp, type TestApp } from "#test/support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ nth: 16 });
});
afterAll(() => app.close());

const all = "?period=2020-01-01..2026-12-31";
const causesPage = () => app.page(`${app.workspace.base}/causes${all}`);
const casePage = (caseId: string) => app.page(`${app.workspace.base}/cases/${caseId}`);

/** Of all cases, as the columns that every page reads have it. */
async function counted() {
  const { facts } = await app.snapshot();
  const rows = Uint32Array.from({ length: facts.size }, (_, row) => row);
  return { size: facts.size, ...unassignedCases(facts, rows) };
}

async function someCase(table: "case_causes" | "unassigned_cases"): Promise<string> {
  const { db } = app.services.database;
  const workspace = await findWorkspace(db, app.workspace.name);
  const row = await db
    .selectFrom(table)
    .select("case_id")
    .where("run_id", "=", workspace?.current_run_id ?? 0)
    .$if(table === "case_causes", (query) => query.where("basis" as never, "=", "text" as never))
    .orderBy("case_id")
    .executeTakeFirstOrThrow();
  return row.case_id;
}

describe("cases without a cause", () => {
  test("are told apart on the page of causes: those that fit none, and those that say nothing", async () => {
    const { size, cases, emerging, nothingKnown } = await counted();
    expect(emerging).toBeGreaterThan(10);
    expect(emerging + nothingKnown).toBe(cases);
    const page = await causesPage();
    expect(page).toMatch(new RegExp(`\\(emerging\\).{0,80}${emerging} of ${size} `));
    expect(page).toMatch(new RegExp(`neither words nor a contact reason.{0,80}${nothingKnown} of ${size} `));
  });

  test("that a person has moved, be it to a cause or to none, are no longer emerging", async () => {
    const caseId = await someCase("unassigned_cases");
    const before = (await counted()).emerging;
    for (const cause of ["1", "none"]) {
      await app.post(`${app.workspace.base}/cases/${caseId}`, { kind: "move", cause });
      expect((await counted()).emerging).toBe(before - 1);
    }
    await app.post(`${app.workspace.base}/cases/${caseId}`, { kind: "undo_move" });
    expect((await counted()).emerging).toBe(before);
  });
});

describe("the page of a case", () => {
  test("lists the cases that are most like it, which are there, and not itself", async () => {
    const caseId = await someCase("case_causes");
    const page = await casePage(caseId);
    const list = /Most similar cases<\/h3>(.*?)<\/ol>/s.exec(page)?.[1] ?? "";
    const hrefs = [...list.matchAll(/href="([^"]+)"/g)].map(([, href]) => href ?? "");
    expect(hrefs).toHaveLength(5);
    expect(hrefs.join()).not.toContain(caseId);
    for (const href of hrefs) expect((await app.request(href)).status).toBe(200);
    const similarities = [...list.matchAll(/(\d\.\d\d)(?:<!-- -->)? alike/g)].map(([, number]) =>
      Number(number),
    );
    expect(similarities).toHaveLength(5);
    expect(similarities).toEqual(similarities.toSorted((a, b) => b - a));
  });

  test("says of one that fits nothing how like the most similar case is, and what would be needed", async () => {
    expect(await casePage(await someCase("unassigned_cases"))).toMatch(
      /fits none of the causes \(emerging\): the most similar case that has a cause is 0\.\d\d like it, (and 0\.\d\d would be needed|but too few others are alike enough \(0\.\d\d\))/,
    );
  });
});

test("between a load and its run pages count the new cases among the causes", async () => {
  const { db } = app.services.database;
  const workspace = await findWorkspace(db, app.workspace.name);
  if (workspace === undefined) throw new Error("The workspace went away.");
  const before = await counted();
  const later = simulateCompany({ asOf, seed: 1 }).cases.filter((_, i) => i % 64 === 1);
  await importRecords(app.services.database, workspace, later, { name: "later" });
  const loaded = await counted();
  expect(loaded).toMatchObject({ size: before.size + later.length, cases: before.cases + later.length });
  await assignNewCases(db, workspace, () => {});
  const placed = await counted();
  expect(placed.size).toBe(loaded.size);
  expect(placed.cases - before.cases).toBeLessThan(later.length / 2);
  expect(placed.emerging).toBeGreaterThan(before.emerging);
  expect(placed.emerging + placed.nothingKnown).toBe(placed.cases);
});

test("where the current run left nothing to go by, pages say no more than that no cause is known", async () => {
  const { db } = app.services.database;
  const caseId = await someCase("unassigned_cases");
  await db.deleteFrom("assigners").execute();
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom("unassigned_cases").execute();
    await raiseDataVersion(trx, app.workspace.id, "all causes");
  });
  const page = await casePage(caseId);
  expect(page).toContain("No cause is known.");
  expect(page).not.toContain("Most similar cases");
  expect(page).not.toContain("emerging");
  expect(await causesPage()).not.toContain("emerging");
});
