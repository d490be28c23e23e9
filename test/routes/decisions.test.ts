import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { simulateCompany } from "#app/demo/simulate-company.ts";
import { analyse } from "#app/server/analyse.ts";
import { findCause } from "#db/queries/causes.ts";
import { findWorkspace } from "#db/workspaces.ts";
import { asOf, loadCases, openTestApp, type TestApp } from "#test/support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ nth: 16 });
});
afterAll(() => app.close());

const name = "Promised too early";
const reason = "Read thirty of them.";

describe("what a person says of a cause", () => {
  test("shows at once on every page that names it", async () => {
    const { base } = app.workspace;
    const pages = ["", "/causes", "/causes/1", "/cases?period=all&cause=1"];
    for (const page of pages) expect(await app.page(base + page)).not.toContain(name);
    expect((await app.post(`${base}/causes/1`, { kind: "rename", name })).status).toBe(303);
    const category = { kind: "set_category", category: "process", reason };
    expect((await app.post(`${base}/causes/1`, category)).status).toBe(303);
    for (const page of pages) expect(await app.page(base + page)).toContain(name);
  });

  test("holds after the causes were found again, with cases that came later", async () => {
    const { workspace, services } = app;
    await findCausesAgain();
    expect(await causeFact(1)).toMatchObject({ causeId: 1, name, category: "process" });
    const { company, cases } = simulateCompany({ asOf, seed: 1 });
    const later = cases.filter((_, i) => i % 16 === 0 || i % 16 === 8);
    await loadCases(services, workspace.name, { cases: later, timeZone: company.timeZone });
    expect((await app.snapshot()).facts.size).toBe(later.length);
    expect(await causeFact(1)).toMatchObject({ causeId: 1, name, category: "process" });
  });

  test("on its name alone leaves the category a suggestion of the machine", async () => {
    await app.post(`${app.workspace.base}/causes/3`, { kind: "rename", name: "Something else" });
    const { db } = app.services.database;
    const cause = await findCause(db, app.workspace.id, 3);
    expect(cause).toMatchObject({ name: "Something else", category_source: "machine" });
  });

  test("is kept as an edit and as an event of the audit log, with what stood there before", async () => {
    const { db } = app.services.database;
    const events = await db
      .selectFrom("audit_events")
      .selectAll()
      .where("workspace_id", "=", app.workspace.id)
      .where("object_id", "=", "1")
      .orderBy("event_id")
      .execute();
    expect(events).toMatchObject([
      { action: "cause.rename", actor: "local user", before: { name: null }, after: { name } },
      { action: "cause.set_category", actor: "local user", after: { category: "process", reason } },
    ]);
    const edits = await db
      .selectFrom("human_edits")
      .select(["kind", "detail", "reason"])
      .where("cause_id", "=", 1)
      .orderBy("edit_id")
      .execute();
    expect(edits).toEqual([
      { kind: "rename", detail: { name }, reason: null },
      { kind: "set_category", detail: { category: "process" }, reason },
    ]);
  });

  test("that it is unclassified holds too: the machine's category does not come back", async () => {
    await app.post(`${app.workspace.base}/causes/2`, {
      kind: "set_category",
      category: "",
      reason: "Not sure yet.",
    });
    await findCausesAgain();
    expect(await causeFact(2)).toMatchObject({ category: null });
  });

  test("that it is none counts its cases as without one, in later runs too, until that is taken back", async () => {
    const { base } = app.workspace;
    const casesOf = async (causeId: number | undefined) => {
      const { facts } = await app.snapshot();
      return facts.codes.cause.filter((code) => facts.causes[code]?.causeId === causeId).length;
    };
    const [own, without] = [await casesOf(5), await casesOf(undefined)];
    expect(own).toBeGreaterThan(0);
    await app.post(`${base}/causes/5`, { kind: "not_a_cause", reason: "Thanks only." });
    expect([await casesOf(5), await casesOf(undefined)]).toEqual([0, without + own]);
    expect(await app.page(`${base}/causes`)).toContain("A person said that these are no causes");
    expect(await app.page(`${base}/causes/5`)).toContain("A person said that this is no cause");
    await findCausesAgain();
    expect(await casesOf(5)).toBe(0);
    await app.post(`${base}/causes/5`, { kind: "not_a_cause", undo: "yes" });
    expect(await casesOf(5)).toBeGreaterThan(0);
    expect(await app.page(`${base}/causes`)).not.toContain("these are no causes");
  });

  test("an empty name gives the machine's label back", async () => {
    await app.post(`${app.workspace.base}/causes/1`, { kind: "rename", name: " " });
    expect((await causeFact(1))?.name).not.toBe(name);
  });
});

async function findCausesAgain(): Promise<void> {
  const { db } = app.services.database;
  const workspace = await findWorkspace(db, app.workspace.name);
  if (workspace === undefined) throw new Error("The test's workspace is gone.");
  await analyse(db, workspace);
}

async function causeFact(causeId: number) {
  return (await app.snapshot()).facts.causes.find((cause) => cause?.causeId === causeId);
}
