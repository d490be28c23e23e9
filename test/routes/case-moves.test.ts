import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyse } from "#app/server/analyse.ts";
import { findCaseCause } from "#db/queries/causes.ts";
import { findWorkspace } from "#db/workspaces.ts";
import { openTestApp, type TestApp } from "#test/support/app.ts";

let app: TestApp;
let caseId = "";
/** Where the machine puts the case after the last run. */
let home = 0;
beforeAll(async () => {
  app = await openTestApp({ nth: 16 });
  const moved = await app.services.database.db
    .selectFrom("case_causes")
    .select("case_id")
    .where("cause_id", "=", 1)
    .orderBy("case_id")
    .executeTakeFirstOrThrow();
  caseId = moved.case_id;
});
afterAll(() => app.close());

/** Cases of a cause, as every page counts them. */
async function casesOf(causeId: number): Promise<number> {
  const { facts } = await app.snapshot();
  return facts.codes.cause.filter((code) => facts.causes[code]?.causeId === causeId).length;
}

async function analyseAgain({ cold }: { cold: boolean }): Promise<void> {
  const { db } = app.services.database;
  const workspace = await findWorkspace(db, app.workspace.name);
  if (workspace === undefined) throw new Error("The workspace went away.");
  await analyse(db, workspace, { cold });
}

const causeOfCase = async () =>
  (await findCaseCause(app.services.database.db, app.workspace.id, caseId))?.cause_id;
const post = (fields: Record<string, string>) => app.post(`${app.workspace.base}/cases/${caseId}`, fields);

describe("a case that a person has moved", () => {
  const reason = "It is about the delivery.";

  test("counts in its new cause at once, and its page says who said so", async () => {
    const before = [await casesOf(1), await casesOf(2)];
    expect((await post({ kind: "move", cause: "2", reason })).status).toBe(303);
    expect([await casesOf(1), await casesOf(2)]).toEqual([(before[0] ?? 0) - 1, (before[1] ?? 0) + 1]);
    expect(await causeOfCase()).toBe(2);
    const page = await app.page(`${app.workspace.base}/cases/${caseId}`);
    expect(page).toContain("a person said so.");
    expect(page).toContain(reason);
  });

  test("stays there in later runs, from the causes there are and from nothing", async () => {
    for (const cold of [false, true]) {
      await analyseAgain({ cold });
      expect(await causeOfCase()).toBe(2);
    }
  });

  test("goes with its cause where that is merged", async () => {
    const { base } = app.workspace;
    await app.post(`${base}/causes/3`, { kind: "merge", other: "2" });
    expect(await causeOfCase()).toBe(3);
    await app.post(`${base}/causes/3`, { kind: "undo_merge", other: "2" });
    expect(await causeOfCase()).toBe(2);
  });

  test("may belong to none", async () => {
    await post({ kind: "move", cause: "none" });
    expect(await causeOfCase()).toBeUndefined();
    expect(await app.page(`${app.workspace.base}/cases/${caseId}`)).toContain(
      "belongs to none of the causes",
    );
  });

  test("goes back to where the machine puts it when the move is undone", async () => {
    expect((await post({ kind: "undo_move" })).status).toBe(303);
    home = (await causeOfCase()) ?? 0;
    expect(home).not.toBe(2);
    await analyseAgain({ cold: false });
    expect(await causeOfCase()).toBe(home);
    expect((await post({ kind: "undo_move" })).status).toBe(404);
  });

  test("is not moved to what is no cause, nor is what is no case", async () => {
    expect((await post({ kind: "move", cause: "999" })).status).toBe(404);
    expect((await post({ kind: "move", cause: "two" })).status).toBe(400);
    expect((await post({ kind: "away" })).status).toBe(400);
    const { base } = app.workspace;
    const stranger = "00000000-0000-4000-8000-000000000000";
    for (const id of [stranger, "x"])
      expect((await app.post(`${base}/cases/${id}`, { kind: "move", cause: "2" })).status).toBe(404);
  });

  test("is kept as edits and as events of the audit log", async () => {
    const { db } = app.services.database;
    const edits = await db
      .selectFrom("human_edits")
      .select(["kind", "detail", "reason", "undone_at"])
      .where("case_id", "=", caseId)
      .orderBy("edit_id")
      .execute();
    expect(edits).toMatchObject([
      { kind: "move", detail: { to: "2" }, reason },
      { kind: "move", detail: { to: null }, reason: null },
    ]);
    expect(edits.every(({ undone_at: at }) => at !== null)).toBe(true);
    const events = await db
      .selectFrom("audit_events")
      .select("action")
      .where("object_id", "=", caseId)
      .orderBy("event_id")
      .execute();
    expect(events.map(({ action }) => action)).toEqual(["case.move", "case.move", "case.undo_move"]);
  });
});

describe("a case that a person has confirmed where it is", () => {
  const reason = "I read it.";
  const base = () => app.workspace.base;

  test("is listed on the page of its cause, and counts as before", async () => {
    const before = await casesOf(home);
    expect((await post({ kind: "pin", cause: "2" })).status).toBe(400);
    expect((await post({ kind: "pin", cause: String(home), reason })).status).toBe(303);
    expect(await casesOf(home)).toBe(before);
    expect(await causeOfCase()).toBe(home);
    const page = await app.page(`${base()}/causes/${home}`);
    expect(page).toContain("1 case that people have put here");
    expect(page).toContain(reason);
    expect(await app.page(`${base()}/cases/${caseId}`)).toContain("a person said so.");
  });

  test("stays there in later runs, from the causes there are and from nothing", async () => {
    const { db } = app.services.database;
    for (const cold of [false, true]) {
      await analyseAgain({ cold });
      expect(await causeOfCase()).toBe(home);
      const run = await db
        .selectFrom("analysis_runs")
        .select("method_id")
        .orderBy("run_id", "desc")
        .execute();
      expect(run[0]?.method_id).toContain("anchors=1");
    }
  });

  test("goes with the very cause that it is in where merged causes come apart again", async () => {
    await post({ kind: "undo_move" });
    await app.post(`${base()}/causes/3`, { kind: "merge", other: String(home) });
    expect((await post({ kind: "pin", cause: "3" })).status).toBe(303);
    await app.post(`${base()}/causes/3`, { kind: "undo_merge", other: String(home) });
    expect(await causeOfCase()).toBe(home);
  });

  test("is the machine's again when that is undone on the page of its cause", async () => {
    const undo = () => app.post(`${base()}/causes/${home}`, { kind: "undo_move", case: caseId });
    expect((await undo()).status).toBe(303);
    expect(await app.page(`${base()}/causes/${home}`)).not.toContain("that people have put here");
    expect((await undo()).status).toBe(404);
    expect((await app.post(`${base()}/causes/${home}`, { kind: "undo_move", case: "x" })).status).toBe(404);
  });
});
