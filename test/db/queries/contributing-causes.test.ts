import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { knownUntil } from "#app/demo/known-until.ts";
import { simulateCompany } from "#app/demo/simulate-company.ts";
import { analyse } from "#app/server/analyse.ts";
import { importRecords } from "#db/imports/import-records.ts";
import { planUndo } from "#db/imports/store/undo-import.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { listAuditEvents } from "#db/queries/audit.ts";
import { moveCase, undoMove } from "#db/queries/case-moves.ts";
import { mergeCauses, undoMerge } from "#db/queries/cause-merges.ts";
import { decideCause, findCaseCause, listCauseFacts } from "#db/queries/causes.ts";
import { listContributing, nameContributing, takeBackContributing } from "#db/queries/contributing-causes.ts";
import { findOrCreateWorkspace, findWorkspace, type Workspace } from "#db/workspaces.ts";
import { openTestDatabase } from "#test/support/database.ts";

let database: OpenDatabase;
let workspace: Workspace;
let caseId: string;
/** The causes that the case is not in. */
let others: number[];

const cases = knownUntil(simulateCompany({ asOf: "2026-11-22", seed: 1 }), "2025-02-01").cases;
const [late, ...early] = cases;
if (late === undefined) throw new Error("The company has no case.");
const actor = "Ann";

beforeAll(async () => {
  database = await openTestDatabase();
  await findOrCreateWorkspace(database.db, { name: "beside", timeZone: "UTC" });
  await load(early);
  const first = await database.db
    .selectFrom("case_causes")
    .select(["case_id", "cause_id"])
    .orderBy("case_id")
    .executeTakeFirstOrThrow();
  caseId = first.case_id;
  others = (await listCauseFacts(database.db, workspace.id))
    .map(({ causeId }) => causeId)
    .filter((id) => id !== first.cause_id);
});
afterAll(() => database.close());

/** Loads cases and finds the causes, as every load does. Returns the number of the import. */
async function load(some: typeof cases): Promise<number> {
  workspace = (await findWorkspace(database.db, "beside"))!;
  const { importId } = await importRecords(database, workspace, some, { name: "cases" });
  await analyse(database.db, workspace);
  workspace = (await findWorkspace(database.db, "beside"))!;
  return importId;
}

const other = (nth: number) => others[nth]!;
const name = (causeId: number, reason: string | null = null) =>
  nameContributing(database.db, workspace.id, { caseId, causeId, actor, reason });
const takeBack = (causeId: number) =>
  takeBackContributing(database.db, workspace.id, { caseId, causeId, actor });
const named = async () =>
  (await listContributing(database.db, workspace.id, caseId)).map(({ causeId }) => causeId);
const primary = async () => (await findCaseCause(database.db, workspace.id, caseId))!.cause_id;
const setAside = (causeId: number, isNone: boolean) =>
  decideCause(database.db, workspace.id, causeId, {
    kind: "not_a_cause",
    setAside: isNone,
    actor,
    reason: null,
  });
const merge = { actor, reason: null };

describe("a contributing cause", () => {
  it("is named once, with its reason and an event", async () => {
    expect(await name(other(0), "Both were late.")).toBeNull();
    expect(await name(other(0))).toBe("is_named");
    const [fact] = (await listCauseFacts(database.db, workspace.id)).filter(
      ({ causeId }) => causeId === other(0),
    );
    expect(await listContributing(database.db, workspace.id)).toMatchObject([
      {
        caseId,
        causeId: other(0),
        name: fact?.name,
        category: fact?.category,
        reason: "Both were late.",
        actor,
      },
    ]);
    const events = await listAuditEvents(database.db, workspace.id, [{ type: "case", id: caseId }]);
    expect(events).toMatchObject([
      {
        action: "case.contribute",
        actor,
        before: { contributing_cause: null },
        after: { contributing_cause: other(0), reason: "Both were late." },
      },
    ]);
  });

  it("is one that is shown, and not the primary one", async () => {
    expect(await name(await primary())).toBe("is_primary");
    expect(await name(9_999)).toBe("no_shown_cause");
    await setAside(other(1), true);
    expect(await name(other(1))).toBe("no_shown_cause");
    await setAside(other(1), false);
    expect(await named()).toEqual([other(0)]);
  });

  it("holds through later runs, from the causes there are and from nothing, and the case stays in its own", async () => {
    const before = await primary();
    for (const cold of [false, true]) {
      await analyse(database.db, workspace, { cold });
      expect(await named()).toEqual([other(0)]);
    }
    expect(await primary()).toBe(before);
  });

  it("rests while its cause is set aside", async () => {
    await setAside(other(0), true);
    expect(await named()).toEqual([]);
    await setAside(other(0), false);
    expect(await named()).toEqual([other(0)]);
  });

  it("rests while its cause is the primary one, of itself or by a merge", async () => {
    const { db } = database;
    await moveCase(db, workspace.id, { caseId, to: other(0), actor, reason: null });
    expect(await named()).toEqual([]);
    await undoMove(db, workspace.id, { caseId, actor });
    expect(await named()).toEqual([other(0)]);
    await mergeCauses(db, workspace.id, { into: other(0), from: await primary(), ...merge });
    expect(await named()).toEqual([]);
    expect(await name(other(0))).toBe("is_primary");
    const merged = await db
      .selectFrom("causes")
      .select("cause_id")
      .where("merged_into", "is not", null)
      .executeTakeFirstOrThrow();
    await undoMerge(db, workspace.id, { from: merged.cause_id, actor });
    expect(await named()).toEqual([other(0)]);
  });

  it("is the one that a merged one stands behind, until they come apart", async () => {
    const { db } = database;
    await name(other(1));
    await mergeCauses(db, workspace.id, { into: other(1), from: other(0), ...merge });
    expect(await named()).toEqual([other(1)]);
    expect(await name(other(0))).toBe("is_named");
    await undoMerge(db, workspace.id, { from: other(0), actor });
    expect(await named()).toEqual([other(0), other(1)]);
    await mergeCauses(db, workspace.id, { into: other(3), from: other(2), ...merge });
    expect(await name(other(2))).toBeNull();
    await undoMerge(db, workspace.id, { from: other(2), actor });
    expect(await named()).toEqual([other(0), other(1), other(3)]);
  });

  it("is taken back, with what was merged into it, and an event", async () => {
    const { db } = database;
    expect(await takeBack(other(3))).toBe(true);
    expect(await takeBack(other(3))).toBe(false);
    await mergeCauses(db, workspace.id, { into: other(1), from: other(0), ...merge });
    expect(await takeBack(other(1))).toBe(true);
    await undoMerge(db, workspace.id, { from: other(0), actor });
    expect(await named()).toEqual([]);
    const [event] = await listAuditEvents(db, workspace.id, [{ type: "case", id: caseId }]);
    expect(event).toMatchObject({
      action: "case.undo_contribute",
      before: { contributing_cause: other(1) },
      after: null,
    });
  });

  it("keeps its case where the import is to be undone, until it is taken back; then it goes with the case", async () => {
    const { db } = database;
    const importId = await load([late]);
    const added = await db
      .selectFrom("cases")
      .select("case_id")
      .where("import_id", "=", importId)
      .executeTakeFirstOrThrow();
    caseId = added.case_id;
    const assigned = await findCaseCause(db, workspace.id, caseId);
    const causeId = others.find((id) => id !== assigned?.cause_id)!;
    expect(await name(causeId)).toBeNull();
    const plan = async () => {
      const { kept, removed } = await planUndo(db, workspace.id, importId);
      return [kept.count, removed.count];
    };
    expect(await plan()).toEqual([1, 0]);
    expect(await takeBack(causeId)).toBe(true);
    expect(await plan()).toEqual([0, 1]);
    expect(await name(causeId)).toBeNull();
    await db.deleteFrom("cases").where("case_id", "=", caseId).execute();
    expect(await listContributing(db, workspace.id)).toEqual([]);
  });
});
