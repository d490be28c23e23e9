import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyContent } from "#app/retrospectives/content.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { listAuditEvents } from "#db/queries/audit.ts";
import {
  createRetrospective,
  publishRetrospective,
  reviewRetrospective,
  saveRetrospective,
  takeBackRetrospective,
} from "#db/queries/change-retrospective.ts";
import { deleteRetrospective, findDeletion } from "#db/queries/delete-retrospective.ts";
import { listAgentsIn } from "#db/queries/named-agents.ts";
import {
  countByState,
  countFactors,
  findRetrospective,
  listFactors,
  listRetrospectives,
  type RetrospectiveContent,
  type RetrospectivesAsked,
} from "#db/queries/retrospectives.ts";
import type { Workspace } from "#db/workspaces.ts";
import { openTestDatabase } from "#test/support/database.ts";
import { caseOf, load, newWorkspace } from "../imports/store/small-imports.ts";

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const actor = "Ada";
const caseId = "0b1d9f0e-8e0f-4b3c-9a53-0123456789ab";
const everything: RetrospectivesAsked = { text: null, state: null, factor: null };

const write = (workspace: Workspace, content: Partial<RetrospectiveContent>) =>
  createRetrospective(database.db, workspace.id, {
    of: { causeId: 1 },
    content: { ...emptyContent, title: "t", ...content },
    actor,
    imported: null,
  });
const find = async ({ id: workspaceId }: Workspace, id: number) =>
  (await findRetrospective(database.db, workspaceId, id))!;
const eventsOf = async (workspace: Workspace, id: number) =>
  (await listAuditEvents(database.db, workspace.id, [{ type: "retrospective", id: String(id) }])).map(
    ({ action, before, after }) => ({ action, before, after }),
  );

/** Brings it to a state by the acts of a person. */
async function bring(workspace: Workspace, id: number, acts: (typeof reviewRetrospective)[]): Promise<void> {
  for (const act of acts) {
    const { revision } = await find(workspace, id);
    expect(await act(database.db, workspace.id, { id, revision, actor })).toBe("done");
  }
}

describe("what a person does to a retrospective", () => {
  it("moves it from draft to reviewed to published and back, each time with who and when", async () => {
    const workspace = await newWorkspace(database);
    const id = await write(workspace, {});
    const change = (revision: number, by: string) => ({ id, revision, actor: by });
    const { db } = database;
    expect(await publishRetrospective(db, workspace.id, change(1, "Bo"))).toBe("state");
    expect(await reviewRetrospective(db, workspace.id, change(1, "Bo"))).toBe("done");
    expect(await reviewRetrospective(db, workspace.id, change(2, "Bo"))).toBe("state");
    expect(await publishRetrospective(db, workspace.id, change(2, "Cy"))).toBe("done");
    const published = await find(workspace, id);
    expect(published).toMatchObject({ state: "published", reviewed: { by: "Bo" }, published: { by: "Cy" } });
    const back = { ...change(3, "Di"), reason: null };
    expect(await takeBackRetrospective(db, workspace.id, back)).toBe("reason");
    expect((await find(workspace, id)).state).toBe("published");
    expect(await takeBackRetrospective(db, workspace.id, { ...back, reason: "wrong day" })).toBe("done");
    expect(await find(workspace, id)).toMatchObject({ state: "draft", reviewed: null, published: null });
    expect(await eventsOf(workspace, id)).toMatchObject([
      {
        action: "retrospective.take_back",
        before: { state: "published", published: `${published.published?.at}, Cy` },
        after: { state: "draft", published: null, reason: "wrong day" },
      },
      { action: "retrospective.publish", before: { state: "reviewed" }, after: { state: "published" } },
      { action: "retrospective.review", before: { state: "draft" }, after: { state: "reviewed" } },
      { action: "retrospective.create", before: null, after: { causeId: 1, title: "t" } },
    ]);
  });

  it("writes in drafts alone, and never over what somebody else has saved meanwhile", async () => {
    const workspace = await newWorkspace(database);
    const id = await write(workspace, { texts: { trigger: "a" } });
    const { db } = database;
    const save = (revision: number, texts: RetrospectiveContent["texts"]) =>
      saveRetrospective(db, workspace.id, {
        id,
        revision,
        actor,
        content: { ...emptyContent, title: "t", texts },
      });
    expect(await save(1, { trigger: "b" })).toBe("done");
    expect(await save(1, { trigger: "c" })).toBe("changed");
    await bring(workspace, id, [reviewRetrospective]);
    expect(await save(3, { trigger: "c" })).toBe("state");
    expect((await find(workspace, id)).content.texts).toEqual({ trigger: "b" });
    const missing = { id: 99, revision: 1, actor };
    expect(await reviewRetrospective(db, workspace.id, missing)).toBe("missing");
  });

  it("keeps all of its lists in their order, and says in the audit only what is otherwise", async () => {
    const workspace = await newWorkspace(database);
    const first = {
      ...emptyContent,
      title: "t",
      factors: ["z", "a"],
      whys: ["w"],
      actions: ["x"],
      fixIds: [7, 3],
    };
    const id = await write(workspace, first);
    expect((await find(workspace, id)).content).toEqual(first);
    const second = { ...first, factors: ["a"], fixIds: [3], texts: { lessons: "l" } };
    const change = { id, revision: 1, actor };
    expect(await saveRetrospective(database.db, workspace.id, { ...change, content: second })).toBe("done");
    expect((await find(workspace, id)).content).toEqual(second);
    expect((await eventsOf(workspace, id))[0]).toEqual({
      action: "retrospective.save",
      before: { factors: ["z", "a"], second_fixes: [7, 3], lessons: null },
      after: { factors: ["a"], second_fixes: [3], lessons: "l" },
    });
  });

  it("is no event where nothing is otherwise", async () => {
    const workspace = await newWorkspace(database);
    const id = await write(workspace, { texts: { lessons: "l" } });
    const { content } = await find(workspace, id);
    await saveRetrospective(database.db, workspace.id, { id, revision: 1, actor, content });
    expect(await eventsOf(workspace, id)).toHaveLength(1);
    expect((await find(workspace, id)).revision).toBe(1);
  });

  it("gives two that are written at once two numbers", async () => {
    const workspace = await newWorkspace(database);
    const ids = await Promise.all([write(workspace, {}), write(workspace, {})]);
    expect(ids.sort()).toEqual([1, 2]);
  });
});

describe("a draft that a person deletes", () => {
  const content = {
    ...emptyContent,
    title: "Late",
    texts: { trigger: "rain" },
    factors: ["Peak load"],
    whys: ["w"],
    actions: ["x"],
    fixIds: [7, 3],
  };

  it("is gone with its rows and out of every count, and its audit event holds all that it was", async () => {
    const { db } = database;
    const workspace = await newWorkspace(database);
    const id = await createRetrospective(db, workspace.id, {
      of: { caseId },
      content,
      actor: "Bo",
      imported: { state: "published" },
    });
    const other = await write(workspace, { factors: ["Night"], fixIds: [3] });
    const { written, changed } = await find(workspace, id);
    expect(await findDeletion(db, workspace.id, id)).toBeUndefined();
    expect(await deleteRetrospective(db, workspace.id, { id, revision: 1, actor })).toBe("done");
    expect(await findRetrospective(db, workspace.id, id)).toBeUndefined();
    expect((await listRetrospectives(db, workspace.id, everything)).map((line) => line.id)).toEqual([other]);
    expect(await countByState(db, workspace.id)).toEqual({ draft: 1, reviewed: 0, published: 0 });
    expect(await listFactors(db, workspace.id)).toEqual(["Night"]);
    for (const table of ["retrospective_factors", "retrospective_fixes"] as const) {
      const rows = await db
        .selectFrom(table)
        .select("retrospective_id")
        .where("workspace_id", "=", workspace.id)
        .execute();
      expect(rows).toEqual([{ retrospective_id: other }]);
    }
    expect((await eventsOf(workspace, id))[0]).toEqual({
      action: "retrospective.delete",
      before: {
        caseId,
        title: "Late",
        trigger: "rain",
        factors: ["Peak load"],
        whys: ["w"],
        actions: ["x"],
        second_fixes: [7, 3],
        state: "draft",
        written: `${written.at}, Bo`,
        changed: `${changed.at}, Bo`,
        imported: { state: "published" },
      },
      after: null,
    });
    expect(await findDeletion(db, workspace.id, id)).toMatchObject({
      of: { caseId },
      title: "Late",
      fixIds: [7, 3],
      by: actor,
    });
  });

  it("stays where it is reviewed, where somebody has changed it meanwhile, and where it is of another workspace", async () => {
    const { db } = database;
    const [workspace, other] = [await newWorkspace(database), await newWorkspace(database)];
    const id = await write(workspace, content);
    await bring(workspace, id, [reviewRetrospective]);
    const remove = (revision: number) => deleteRetrospective(db, workspace.id, { id, revision, actor });
    expect(await remove(2)).toBe("state");
    await takeBackRetrospective(db, workspace.id, { id, revision: 2, actor, reason: null });
    expect(await remove(2)).toBe("changed");
    expect(await deleteRetrospective(db, other.id, { id, revision: 3, actor })).toBe("missing");
    expect((await find(workspace, id)).content).toEqual(content);
    expect(await remove(3)).toBe("done");
    expect(await remove(3)).toBe("missing");
    const deletions = (await eventsOf(workspace, id)).filter(({ action }) => action.endsWith(".delete"));
    expect(deletions).toHaveLength(1);
    expect(await findDeletion(db, other.id, id)).toBeUndefined();
  });

  it("leaves its number to nobody, also where it was the last one", async () => {
    const [workspace, other] = [await newWorkspace(database), await newWorkspace(database)];
    for (const expected of [1, 2]) {
      const id = await write(workspace, {});
      expect(id).toBe(expected);
      await deleteRetrospective(database.db, workspace.id, { id, revision: 1, actor });
    }
    expect(await write(workspace, {})).toBe(3);
    expect(await write(other, {})).toBe(1);
  });
});

describe("looking for retrospectives", () => {
  it("finds words of the title and of every part, whatever their capitals and signs", async () => {
    const workspace = await newWorkspace(database);
    const id = await write(workspace, {
      title: "Späte Pakete",
      texts: { trigger: 'It said "100%_sure" \\o/', lessons: "two\nlines" },
      factors: ["Peak load"],
      whys: ["Because of rain"],
      actions: ["Tell the driver"],
    });
    await write(workspace, { title: "other" });
    const found = async (text: string) =>
      (await listRetrospectives(database.db, workspace.id, { ...everything, text })).map((line) => line.id);
    for (const text of ["SPÄTE", '"100%_SURE"', "\\o/", "two\nlines", "peak", "rain", "the driver"])
      expect(await found(text), text).toEqual([id]);
    for (const text of ["100%x", "100_", "o%", "trigger", "1001sure"])
      expect(await found(text), text).toEqual([]);
  });

  it("counts states, and factors of reviewed and published ones by retrospective, capitals aside", async () => {
    const workspace = await newWorkspace(database);
    const [one, two] = [
      await write(workspace, { factors: ["Peak load", "Night"] }),
      await write(workspace, { factors: ["peak load"] }),
    ];
    await write(workspace, { factors: ["Peak load", "Draft only"] });
    await bring(workspace, one, [reviewRetrospective, publishRetrospective]);
    await bring(workspace, two, [reviewRetrospective]);
    const { db } = database;
    expect(await countByState(db, workspace.id)).toEqual({ draft: 1, reviewed: 1, published: 1 });
    const counted = await countFactors(db, workspace.id);
    expect(counted.map((row) => [row.factor.toLowerCase(), row.retrospectives])).toEqual([
      ["peak load", 2],
      ["night", 1],
    ]);
    const withFactor = await listRetrospectives(db, workspace.id, { ...everything, factor: "PEAK LOAD" });
    expect(new Set(withFactor.map((line) => line.id))).toEqual(new Set([one, two]));
    expect((await listFactors(db, workspace.id)).map((factor) => factor.toLowerCase())).toEqual([
      "draft only",
      "night",
      "peak load",
    ]);
    const drafts = await listRetrospectives(db, workspace.id, { ...everything, state: "draft" });
    expect(drafts).toHaveLength(1);
  });

  it("sees nothing of another workspace", async () => {
    const [workspace, other] = [await newWorkspace(database), await newWorkspace(database)];
    const id = await write(workspace, { factors: ["f"] });
    expect(await findRetrospective(database.db, other.id, id)).toBeUndefined();
    expect(await listRetrospectives(database.db, other.id, everything)).toEqual([]);
    expect(await eventsOf(other, id)).toEqual([]);
  });
});

describe("the history of several objects", () => {
  it("is told together, the latest first, and is empty of none", async () => {
    const workspace = await newWorkspace(database);
    const [one, two] = [await write(workspace, {}), await write(workspace, {})];
    await bring(workspace, one, [reviewRetrospective]);
    const objects = [one, two].map((id) => ({ type: "retrospective", id: String(id) }));
    const events = await listAuditEvents(database.db, workspace.id, objects);
    expect(events.map(({ objectId, action, actor: who }) => [objectId, action, who])).toEqual([
      ["1", "retrospective.review", actor],
      ["2", "retrospective.create", actor],
      ["1", "retrospective.create", actor],
    ]);
    expect(await listAuditEvents(database.db, workspace.id, [])).toEqual([]);
    expect(await listAuditEvents(database.db, workspace.id, [{ type: "cause", id: "1" }])).toEqual([]);
  });
});

describe("what is told of a simulated company", () => {
  it("bears the instants that it is told of, and so does its history, the latest first", async () => {
    const workspace = await newWorkspace(database);
    const { db } = database;
    const later = await write(workspace, { title: "told first, written last" });
    const id = await createRetrospective(db, workspace.id, {
      of: { causeId: 1 },
      content: { ...emptyContent, title: "t" },
      actor,
      imported: null,
      at: "2025-11-02T14:00:00.000Z",
    });
    const change = (revision: number, at: string) => ({ id, revision, actor, at });
    await reviewRetrospective(db, workspace.id, change(1, "2025-11-09T14:00:00.000Z"));
    await publishRetrospective(db, workspace.id, change(2, "2025-11-16T14:00:00.000Z"));
    expect(await find(workspace, id)).toMatchObject({
      written: { at: "2025-11-02T14:00:00.000Z" },
      reviewed: { at: "2025-11-09T14:00:00.000Z" },
      published: { at: "2025-11-16T14:00:00.000Z" },
      changed: { at: "2025-11-16T14:00:00.000Z" },
    });
    const objects = [later, id].map((one) => ({ type: "retrospective", id: String(one) }));
    expect(
      (await listAuditEvents(db, workspace.id, objects)).map(({ objectId, at }) => [objectId, at]),
    ).toEqual([
      [String(later), expect.any(String)],
      [String(id), "2025-11-16T14:00:00.000Z"],
      [String(id), "2025-11-09T14:00:00.000Z"],
      [String(id), "2025-11-02T14:00:00.000Z"],
    ]);
  });
});

describe("agents of cases", () => {
  it("are found where the text has their reference, of the given cases alone", async () => {
    const workspace = await newWorkspace(database);
    await load(database, workspace, [
      { ...caseOf("1"), handled_by_ref: "agent-7" },
      { ...caseOf("2"), concerned_agent_ref: "Ann.B" },
      { ...caseOf("3"), handled_by_ref: "agent-9" },
    ]);
    const rows = await database.db
      .selectFrom("cases")
      .select("case_id")
      .where("workspace_id", "=", workspace.id)
      .orderBy("source_case_id")
      .execute();
    const caseIds = rows.slice(0, 2).map((row) => row.case_id);
    const text = "AGENT-7, ann.b and agent-9";
    expect(await listAgentsIn(database.db, workspace.id, { caseIds, text })).toEqual(["Ann.B", "agent-7"]);
    expect(await listAgentsIn(database.db, workspace.id, { caseIds, text: "nobody" })).toEqual([]);
    expect(await listAgentsIn(database.db, workspace.id, { caseIds: [], text })).toEqual([]);
  });
});

it("a retrospective is of a cause or of a case: never of both, never of none", async () => {
  const workspace = await newWorkspace(database);
  const id = await createRetrospective(database.db, workspace.id, {
    of: { caseId },
    content: { ...emptyContent, title: "t" },
    actor,
    imported: { state: "published" },
  });
  expect(await find(workspace, id)).toMatchObject({ of: { caseId }, imported: { state: "published" } });
  for (const cause of [1, null])
    await expect(
      database.db
        .updateTable("retrospectives")
        .set({ cause_id: cause, case_id: cause === null ? null : caseId })
        .where("workspace_id", "=", workspace.id)
        .execute(),
    ).rejects.toThrow(/check/);
});
