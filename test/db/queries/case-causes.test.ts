import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { emptyContent } from "#app/retrospectives/content.ts";
import { caseIdOf } from "#db/imports/store/case-id.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { moveCase, undoMove } from "#db/queries/case-moves.ts";
import { mergeCauses, undoMerge } from "#db/queries/cause-merges.ts";
import { splitCause, undoSplit } from "#db/queries/cause-splits.ts";
import { decideCause, findCaseCause, listCaseCauses } from "#db/queries/causes.ts";
import { createRetrospective } from "#db/queries/change-retrospective.ts";
import { deleteRetrospective } from "#db/queries/delete-retrospective.ts";
import { listOfCasesOf, type RetrospectiveOf } from "#db/queries/retrospectives.ts";
import type { Workspace } from "#db/workspaces.ts";
import { openTestDatabase } from "#test/support/database.ts";
import { addCause } from "#test/support/small-causes.ts";
import { caseOf, load, newWorkspace } from "../imports/store/small-imports.ts";

/** Cases a and b are in cause 1, c is in cause 2, d in none; in the run before, all were in cause 3. */
const inCurrentRun = [
  ["a", 1],
  ["b", 1],
  ["c", 2],
] as const;
const names = ["a", "b", "c", "d"] as const;
type Name = (typeof names)[number];

let database: OpenDatabase;
let workspace: Workspace;
const idOf = (name: Name) => caseIdOf(workspace.id, "desk", name);

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  workspace = await newWorkspace(database);
  await load(
    database,
    workspace,
    names.map((name) => caseOf(name)),
  );
  for (const causeId of [1, 2, 3]) await addCause(database.db, workspace.id, causeId);
  const assign = (run: number, name: Name, cause: number) =>
    database.db
      .insertInto("case_causes")
      .values({
        workspace_id: workspace.id,
        run_id: run,
        case_id: idOf(name),
        cause_id: cause,
        basis: "text",
        similarity: null,
        terms: '["lid"]',
      })
      .execute();
  for (const name of names) await assign(1, name, 3);
  for (const [name, cause] of inCurrentRun) await assign(2, name, cause);
  await database.db
    .updateTable("workspaces")
    .set({ current_run_id: 2 })
    .where("id", "=", workspace.id)
    .execute();
});

const said = { actor: "Ada", reason: null };
const move = (name: Name, to: number | null) =>
  moveCase(database.db, workspace.id, { ...said, caseId: idOf(name), to });

/** Of several cases at once, and of each by itself: they must not differ. */
async function causes(): Promise<(number | null)[]> {
  const { db } = database;
  const ids = names.map(idOf);
  const all = await listCaseCauses(db, workspace.id, ids);
  for (const id of ids) expect(await findCaseCause(db, workspace.id, id)).toEqual(all.get(id));
  return ids.map((id) => all.get(id)?.cause_id ?? null);
}

describe("the cause of a case", () => {
  it("is the primary one of the current run, with what joined it, under the name that wins", async () => {
    expect(await causes()).toEqual([1, 1, 2, null]);
    await decideCause(database.db, workspace.id, 1, { ...said, kind: "rename", name: "Lids" });
    expect(await findCaseCause(database.db, workspace.id, idOf("a"))).toEqual({
      cause_id: 1,
      label: "cause 1",
      name: "Lids",
      basis: "text",
      terms: ["lid"],
    });
    expect(await listCaseCauses(database.db, workspace.id, [])).toEqual(new Map());
  });

  it("is where a person has put it, also in none, until that is taken back", async () => {
    await move("a", 2);
    await move("c", null);
    await move("d", 3);
    expect(await causes()).toEqual([2, 1, null, 3]);
    expect(await findCaseCause(database.db, workspace.id, idOf("a"))).toMatchObject({
      basis: "person",
      terms: [],
    });
    for (const name of ["a", "c", "d"] as const)
      await undoMove(database.db, workspace.id, { caseId: idOf(name), actor: "Ada" });
    expect(await causes()).toEqual([1, 1, 2, null]);
  });

  it("is the one that stands for it where causes are merged, and none where it is set aside", async () => {
    const { db } = database;
    await move("d", 2);
    await mergeCauses(db, workspace.id, { ...said, into: 3, from: 2 });
    expect(await causes()).toEqual([1, 1, 3, 3]);
    const setAside = { ...said, kind: "not_a_cause", setAside: true } as const;
    await decideCause(db, workspace.id, 3, setAside);
    expect(await causes()).toEqual([1, 1, null, null]);
    await decideCause(db, workspace.id, 3, { ...setAside, setAside: false });
    await undoMerge(db, workspace.id, { from: 2, actor: "Ada" });
    expect(await causes()).toEqual([1, 1, 2, 2]);
  });

  it("is the new one where its cause was split, and what is said of it later holds", async () => {
    const { db } = database;
    const split = {
      ...said,
      from: 1,
      going: [idOf("a")],
      staying: [idOf("b")],
      label: "hinge",
      keyphrases: [],
      exemplarCaseId: null,
      name: null,
    };
    expect(await splitCause(db, workspace.id, split)).toBe(4);
    expect(await causes()).toEqual([4, 1, 2, null]);
    await move("a", 2);
    expect(await causes()).toEqual([2, 1, 2, null]);
    await undoMove(db, workspace.id, { caseId: idOf("a"), actor: "Ada" });
    await undoSplit(db, workspace.id, { causeId: 4, actor: "Ada" });
    expect(await causes()).toEqual([1, 1, 2, null]);
  });
});

describe("retrospectives of the cases of a cause", () => {
  const write = (of: RetrospectiveOf) =>
    createRetrospective(database.db, workspace.id, {
      of,
      content: { ...emptyContent, title: "t" },
      actor: "Ada",
      imported: null,
    });
  const ofCasesOf = async (causeId: number) =>
    (await listOfCasesOf(database.db, workspace.id, causeId)).map((line) => line.id);

  it("are those of the cases that are shown in it now, the ones that were changed last first", async () => {
    const { db } = database;
    const [a, c] = [await write({ caseId: idOf("a") }), await write({ caseId: idOf("c") })];
    const [a2, d] = [await write({ caseId: idOf("a") }), await write({ caseId: idOf("d") })];
    await write({ causeId: 1 });
    expect(await ofCasesOf(1)).toEqual([a2, a]);
    expect(await ofCasesOf(2)).toEqual([c]);
    expect(await ofCasesOf(3)).toEqual([]);
    await move("d", 3);
    await mergeCauses(db, workspace.id, { ...said, into: 3, from: 1 });
    expect(await ofCasesOf(3)).toEqual([d, a2, a]);
    expect(await ofCasesOf(1)).toEqual([]);
    await deleteRetrospective(db, workspace.id, { id: d, revision: 1, actor: "Ada" });
    expect(await ofCasesOf(3)).toEqual([a2, a]);
    expect(await listOfCasesOf(db, (await newWorkspace(database)).id, 3)).toEqual([]);
  });
});
