import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findImport } from "#db/imports/store/queries.ts";
import { CannotUndo, planUndo, undoImport } from "#db/imports/store/undo-import.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { insertCasesOfEdit } from "#db/queries/cases-of-edit.ts";
import { recordEdit } from "#db/queries/human-edits.ts";
import { takeBackMaking } from "#db/queries/made-causes.ts";
import { findWorkspaceById, type Workspace } from "#db/workspaces.ts";
import { openTestDatabase } from "#test/support/database.ts";
import { caseOf, countRows, load, narratives, newWorkspace } from "./small-imports.ts";

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const undo = (workspace: Workspace, importId: number, onProgress?: (share: number) => void) =>
  undoImport(database, workspace.id, importId, onProgress);

/** A person moves a case. */
async function touch(workspace: Workspace, sourceCaseId: string): Promise<void> {
  const { case_id } = await database.db
    .selectFrom("cases")
    .select("case_id")
    .where("workspace_id", "=", workspace.id)
    .where("source_case_id", "=", sourceCaseId)
    .executeTakeFirstOrThrow();
  await database.db
    .insertInto("human_edits")
    .values({
      workspace_id: workspace.id,
      edit_id: 1,
      kind: "move",
      cause_id: 1,
      case_id,
      detail: "{}",
      reason: null,
      actor: "a person",
      undone_at: null,
    })
    .execute();
}

describe("the plan of an undo", () => {
  test("tells what goes, what comes back, what a later import keeps and what a person keeps", async () => {
    const workspace = await newWorkspace(database);
    const old = await load(database, workspace, [caseOf("back", { narrative: "old" })]);
    const undone = await load(database, workspace, [
      caseOf("goes", { title: "A title" }),
      caseOf("back", { narrative: "new" }),
      caseOf("later"),
      caseOf("touched"),
      caseOf("same"),
    ]);
    const later = await load(database, workspace, [caseOf("later", { narrative: "later" }), caseOf("same")]);
    await touch(workspace, "touched");
    const plan = await planUndo(database.db, workspace.id, undone.importId);
    const earlier = await findImport(database.db, workspace.id, old.importId);
    const last = await findImport(database.db, workspace.id, later.importId);
    expect(plan).toMatchObject({
      removed: {
        count: 2,
        cases: [
          { sourceCaseId: "goes", title: "A title" },
          { sourceCaseId: "same", title: null },
        ],
      },
      restored: {
        count: 1,
        cases: [
          {
            sourceCaseId: "back",
            earlier: { importId: old.importId, fileName: earlier?.file_name },
          },
        ],
      },
      spliced: {
        count: 1,
        cases: [{ sourceCaseId: "later", later: { importId: later.importId, fileName: last?.file_name } }],
      },
      kept: { count: 1, cases: [{ sourceCaseId: "touched", why: "human_edit" }] },
      unchangedLater: 1,
    });
    expect(await undo(workspace, undone.importId)).toEqual({ removed: 2, restored: 1, spliced: 1, kept: 1 });
    expect(await narratives(database, workspace)).toEqual({ back: "old", later: "later", touched: null });
  });

  test("keeps the cases that a person has put into a cause that the person made, until that is taken back", async () => {
    const workspace = await newWorkspace(database);
    const { importId } = await load(database, workspace, [caseOf("going"), caseOf("staying")]);
    const { db } = database;
    const cases = await db
      .selectFrom("cases")
      .select("case_id")
      .where("workspace_id", "=", workspace.id)
      .orderBy("source_case_id")
      .execute();
    const split = {
      kind: "split" as const,
      causeId: 2,
      detail: { from: "1" },
      actor: "a person",
      reason: null,
    };
    await db.transaction().execute(async (tx) => {
      const editId = await recordEdit(tx, workspace.id, split);
      const caseIds = cases.map(({ case_id }) => case_id);
      await insertCasesOfEdit(tx, workspace.id, editId, { caseIds, causeIds: [2, 1] });
    });
    const keptNow = async () => (await planUndo(db, workspace.id, importId)).kept;
    expect(await keptNow()).toMatchObject({
      count: 1,
      cases: [{ sourceCaseId: "going", why: "human_edit" }],
    });
    await db.transaction().execute((tx) => takeBackMaking(tx, workspace.id, { causeId: 2, kind: "split" }));
    expect((await keptNow()).count).toBe(0);
  });

  test("of an import that is not there, or is a draft, is refused with a sentence", async () => {
    const workspace = await newWorkspace(database);
    await expect(undo(workspace, 7)).rejects.toThrow(
      new CannotUndo("There is no import 7 in this workspace; nothing was undone."),
    );
  });
});

describe("an undone import", () => {
  test("is marked and audited, raises the data's version, and is left alone the second time", async () => {
    const workspace = await newWorkspace(database);
    const { importId } = await load(database, workspace, [caseOf("1")]);
    const before = (await findWorkspaceById(database.db, workspace.id))?.data_version ?? 0;
    await undo(workspace, importId);
    expect((await findWorkspaceById(database.db, workspace.id))?.data_version).toBeGreaterThan(before);
    const row = await findImport(database.db, workspace.id, importId);
    expect(row).toMatchObject({ state: "undone", failure: null, new_rows: 1 });
    expect(row?.undone_at).not.toBeNull();
    expect(await undo(workspace, importId)).toEqual({ removed: 0, restored: 0, spliced: 0, kept: 0 });
    const events = await database.db
      .selectFrom("audit_events")
      .selectAll()
      .where("workspace_id", "=", workspace.id)
      .execute();
    expect(events).toMatchObject([
      { action: "import.undo", object_id: String(importId), after: { state: "undone", removed: 1 } },
    ]);
  });

  test("gives back every column as it was", async () => {
    const workspace = await newWorkspace(database);
    const full = caseOf("1", {
      title: "a \\ \t “title”",
      narrative: "old",
      is_public: false,
      csat_score: 1,
      reopen_count: 0,
      remedy_types: ["apology", "refund"],
      compensation_minor: 1250,
      compensation_currency: "EUR",
      contact_reason: "Fees",
      resolved_at: "2026-03-30T08:00:00.123Z",
      occurred_at: "2026-03-28",
      attributes: { "Sub-issue": "-5 %", "": "\\" },
    });
    const rowsOf = () =>
      database.db
        .selectFrom("cases as c")
        .innerJoin("case_texts as t", "t.case_id", "c.case_id")
        .selectAll()
        .where("c.workspace_id", "=", workspace.id)
        .execute();
    await load(database, workspace, [full]);
    const before = await rowsOf();
    const { importId } = await load(database, workspace, [caseOf("1")]);
    expect(await rowsOf()).not.toEqual(before);
    await undo(workspace, importId);
    expect(await rowsOf()).toEqual(before);
  });

  test("takes the causes of the cases that go with it, of every run", async () => {
    const workspace = await newWorkspace(database);
    await load(database, workspace, [caseOf("stays")]);
    const { importId } = await load(database, workspace, [caseOf("goes")]);
    const cases = await database.db
      .selectFrom("cases")
      .select(["case_id", "workspace_id"])
      .where("workspace_id", "=", workspace.id)
      .execute();
    for (const run_id of [1, 2]) {
      await database.db
        .insertInto("analysis_runs")
        .values({
          workspace_id: workspace.id,
          run_id,
          method_id: "m",
          seed: 1,
          state: "finished",
          case_count: 2,
          failure: null,
          finished_at: null,
        })
        .execute();
      await database.db
        .insertInto("case_causes")
        .values(
          cases.map((one) => ({
            ...one,
            run_id,
            cause_id: 1,
            basis: "text",
            similarity: null,
            terms: "[]",
          })),
        )
        .execute();
    }
    await undo(workspace, importId);
    expect(await countRows(database, workspace, "case_causes")).toBe(2);
  });

  test("that had paused can't go on", async () => {
    const workspace = await newWorkspace(database);
    const { importId } = await load(database, workspace, [caseOf("1")], { end: "paused" });
    await undo(workspace, importId);
    const next = await load(database, workspace, [caseOf("2")], { goOn: importId });
    expect(next.importId).not.toBe(importId);
  });
});

describe("an undo that is cut short", () => {
  test("can't be loaded over, and ends when it is undone again", async () => {
    const workspace = await newWorkspace(database);
    const ids = Array.from({ length: 2_300 }, (_, i) => `case ${i}`);
    const first = await load(
      database,
      workspace,
      ids.slice(0, 700).map((id) => caseOf(id, { narrative: "1" })),
    );
    const second = await load(
      database,
      workspace,
      ids.map((id) => caseOf(id, { narrative: "2" })),
      { end: "paused" },
    );
    await load(
      database,
      workspace,
      ids.slice(600, 800).map((id) => caseOf(id, { narrative: "3" })),
    );
    for (const cutAt of [1, 2, 1]) {
      let steps = 0;
      const cut = undo(workspace, second.importId, () => {
        if (++steps === cutAt) throw new Error("killed");
      });
      await expect(cut).rejects.toThrow("killed");
      const row = await findImport(database.db, workspace.id, second.importId);
      expect(row).toMatchObject({ state: "finished", undone_at: null });
      expect(row?.failure).toMatch(/undo it again/);
    }
    await undo(workspace, second.importId);
    const expected = ids.slice(0, 800).map((id, i) => [id, i < 600 ? "1" : "3"]);
    expect(await narratives(database, workspace)).toEqual(Object.fromEntries(expected));
    expect(await findImport(database.db, workspace.id, first.importId)).toMatchObject({ state: "finished" });
  });
});

describe("undoing in any order", () => {
  const oneFile = fc.uniqueArray(fc.tuple(fc.nat(3), fc.nat(2)), {
    minLength: 1,
    maxLength: 5,
    selector: ([id]) => id,
  });
  const commands = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: oneFile.map((rows) => ({ load: rows })) },
      { weight: 2, arbitrary: fc.nat(9).map((which) => ({ undo: which })) },
    ),
    { minLength: 3, maxLength: 9 },
  );

  test("leaves what loading the others alone leaves, but for rows that were found unchanged", async () => {
    await fc.assert(
      fc.asyncProperty(commands, fc.infiniteStream(fc.nat(9)), async (steps, order) => {
        const workspace = await newWorkspace(database);
        const model = new Model();
        for (const step of steps) {
          if ("load" in step) {
            const records = step.load.map(([id, value]) => caseOf(`${id}`, { narrative: `${value}` }));
            const { importId } = await load(database, workspace, records);
            model.load(importId, step.load);
          } else {
            const importId = model.imports[step.undo % Math.max(1, model.imports.length)]?.importId;
            if (importId === undefined) continue;
            await undo(workspace, importId);
            model.undo(importId);
          }
          expect(await narratives(database, workspace)).toEqual(model.state());
        }
        while (model.imports.length > 0) {
          const which = (order.next().value ?? 0) % model.imports.length;
          const { importId = 0 } = model.imports[which] ?? {};
          await undo(workspace, importId);
          model.undo(importId);
          expect(await narratives(database, workspace)).toEqual(model.state());
        }
        for (const table of ["cases", "case_texts", "case_versions", "case_words"] as const)
          expect(await countRows(database, workspace, table)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  /** Imports as lists of the rows that changed something; the state is their replay. */
  class Model {
    imports: { importId: number; rows: [number, number][] }[] = [];

    load(importId: number, rows: [number, number][]): void {
      const before = this.state();
      this.imports.push({ importId, rows: rows.filter(([id, value]) => before[id] !== `${value}`) });
    }

    undo(importId: number): void {
      this.imports = this.imports.filter((one) => one.importId !== importId);
    }

    state(): Record<string, string> {
      const rows = this.imports.flatMap((one) => one.rows);
      return Object.fromEntries(rows.map(([id, value]) => [String(id), `${value}`]));
    }
  }
});
