import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyse } from "#app/server/analyse.ts";
import { findCaseCause } from "#db/queries/causes.ts";
import { findWorkspace } from "#db/workspaces.ts";
import { openTestApp, type TestApp } from "#test/support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ nth: 16 });
});
afterAll(() => app.close());

/** Cases by id of their cause, as every page counts them. */
async function counts(): Promise<Map<number, number>> {
  const { facts } = await app.snapshot();
  const found = new Map<number, number>();
  for (const code of facts.codes.cause) {
    const id = facts.causes[code]?.causeId;
    if (id !== undefined) found.set(id, (found.get(id) ?? 0) + 1);
  }
  return found;
}

async function casesOf(causeId: number): Promise<string[]> {
  const { db } = app.services.database;
  const rows = await db
    .selectFrom("case_causes as a")
    .innerJoin("workspaces as w", "w.current_run_id", "a.run_id")
    .where("a.cause_id", "=", causeId)
    .select("a.case_id")
    .execute();
  return rows.map((row) => row.case_id);
}

describe("two causes that a person says are one", () => {
  const reason = "Both are the same lid.";

  test("are shown together before anything is changed", async () => {
    const before = await counts();
    const page = await app.page(`${app.workspace.base}/causes/1?merge=2`);
    const together = (before.get(1) ?? 0) + (before.get(2) ?? 0);
    expect(page).toContain(`${together} cases together`);
    expect(await counts()).toEqual(before);
    expect((await app.request(`${app.workspace.base}/causes/1?merge=999`)).status).toBe(400);
  });

  test("count as one everywhere, at once, and the other's page leads here", async () => {
    const { base } = app.workspace;
    const before = await counts();
    const together = (before.get(1) ?? 0) + (before.get(2) ?? 0);
    expect((await app.post(`${base}/causes/1`, { kind: "merge", other: "2", reason })).status).toBe(303);
    const after = await counts();
    expect(after.get(1)).toBe(together);
    expect(after.has(2)).toBe(false);
    expect(after.size).toBe(before.size - 1);
    const moved = await app.request(`${base}/causes/2`);
    expect(moved.headers.get("location")).toBe(`${base}/causes/1`);
    const [caseId = ""] = await casesOf(2);
    expect(await findCaseCause(app.services.database.db, app.workspace.id, caseId)).toMatchObject({
      cause_id: 1,
    });
    expect(await app.page(`${base}/causes/1`)).toContain(reason);
  });

  test("stay one in later runs, from the causes there are and from nothing", async () => {
    const { db } = app.services.database;
    for (const cold of [false, true]) {
      const workspace = await findWorkspace(db, app.workspace.name);
      if (workspace === undefined) throw new Error("The workspace went away.");
      await analyse(db, workspace, { cold });
      const after = await counts();
      expect(after.has(2)).toBe(false);
      expect(after.get(1)).toBe((await casesOf(1)).length + (await casesOf(2)).length);
      expect((await casesOf(2)).length).toBeGreaterThan(0);
    }
  });

  test("can't be merged twice, into themselves or in a circle", async () => {
    const { base } = app.workspace;
    expect((await app.post(`${base}/causes/1`, { kind: "merge", other: "1" })).status).toBe(400);
    expect((await app.post(`${base}/causes/3`, { kind: "merge", other: "2" })).status).toBe(404);
    expect((await app.post(`${base}/causes/2`, { kind: "merge", other: "1" })).status).toBe(404);
  });

  test("go with the one that they were merged into, and come back as they were when each merge is undone", async () => {
    const { base } = app.workspace;
    const before = await counts();
    await app.post(`${base}/causes/3`, { kind: "merge", other: "1", reason: "All three." });
    const all = await counts();
    expect(all.get(3)).toBe((before.get(3) ?? 0) + (before.get(1) ?? 0));
    expect((await app.request(`${base}/causes/2`)).headers.get("location")).toBe(`${base}/causes/3`);
    expect((await app.post(`${base}/causes/3`, { kind: "undo_merge", other: "1" })).status).toBe(303);
    expect(await counts()).toEqual(before);
    await app.post(`${base}/causes/1`, { kind: "undo_merge", other: "2" });
    const apart = await counts();
    expect(apart.get(2)).toBe((await casesOf(2)).length);
    expect(apart.get(1)).toBe((await casesOf(1)).length);
    expect((await app.post(`${base}/causes/1`, { kind: "undo_merge", other: "2" })).status).toBe(404);
  });

  test("are kept as edits and as events of the audit log", async () => {
    const { db } = app.services.database;
    const events = await db.selectFrom("audit_events").select("action").orderBy("event_id").execute();
    expect(events.map(({ action }) => action)).toEqual([
      "cause.merge",
      "cause.merge",
      "cause.undo_merge",
      "cause.undo_merge",
    ]);
    const edits = await db
      .selectFrom("human_edits")
      .select(["kind", "detail", "undone_at"])
      .orderBy("edit_id")
      .execute();
    expect(edits.map(({ kind, detail }) => [kind, detail])).toEqual([
      ["merge", { into: "1" }],
      ["merge", { into: "3" }],
    ]);
    expect(edits.every(({ undone_at: at }) => at !== null)).toBe(true);
  });
});
