import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { simulateCompany } from "#app/demo/simulate-company.ts";
import { analyse } from "#app/server/analyse.ts";
import { assignNewCases } from "#app/server/assign-new-cases.ts";
import { importRecords } from "#db/imports/import-records.ts";
import { undoImport } from "#db/imports/store/undo-import.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { loadAssignment } from "#db/queries/analysis.ts";
import { findAssigner, saveVotes } from "#db/queries/assigners.ts";
import { findOrCreateWorkspace, findWorkspace, type Workspace } from "#db/workspaces.ts";
import { openTestDatabase } from "#test/support/database.ts";

const name = "assigners";
const simulated = simulateCompany({ asOf: "2026-11-22", seed: 1 });
const cases = simulated.cases.filter((_, i) => i % 12 === 0);
const early = cases.filter((_, i) => i % 5 !== 4);
const late = cases.filter((_, i) => i % 5 === 4);
let database: OpenDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  const workspace = await findOrCreateWorkspace(database.db, { name, timeZone: "UTC" });
  await importRecords(database, workspace, early, { name: "early" });
});
afterAll(() => database.close());

const current = async (): Promise<Workspace> => {
  const workspace = await findWorkspace(database.db, name);
  if (workspace === undefined) throw new Error("The workspace went away.");
  return workspace;
};
const votedOf = (runId: number) =>
  database.db
    .selectFrom("case_causes")
    .selectAll()
    .where("run_id", "=", runId)
    .where("voted", "=", true)
    .execute();
const unassignedOf = (runId: number) =>
  database.db.selectFrom("unassigned_cases").selectAll().where("run_id", "=", runId).execute();
const runOf = async () => (await current()).current_run_id ?? 0;

describe("cases that come after a run", () => {
  it("have no place where no run has left an assigner", async () => {
    await assignNewCases(database.db, await current(), () => {});
    expect(await database.db.selectFrom("case_causes").selectAll().execute()).toEqual([]);
  });

  it("a run keeps an assigner, and says of every case where it belongs or that it fits nowhere", async () => {
    await analyse(database.db, await current());
    const runId = await runOf();
    const stored = await findAssigner(database.db, (await current()).id);
    expect(stored).toMatchObject({ runId });
    expect(stored!.content.length).toBeGreaterThan(100_000);
    const assigned = await loadAssignment(database.db, (await current()).id, runId);
    const unassigned = await unassignedOf(runId);
    expect(assigned.size + unassigned.length).toBe(early.length);
    expect(unassigned.filter(({ case_id: id }) => assigned.has(id))).toEqual([]);
  });

  it("take their place in the current run at once, and no later run takes the vote for its own finding", async () => {
    const runId = await runOf();
    const known = await loadAssignment(database.db, (await current()).id, runId);
    const unassigned = (await unassignedOf(runId)).length;
    await importRecords(database, await current(), late, { name: "late" });
    const before = await current();
    await assignNewCases(database.db, before, () => {});
    expect((await current()).data_version).toBeGreaterThan(before.data_version); // pages must read again
    expect(await runOf()).toBe(runId);
    const voted = await votedOf(runId);
    const emerging = (await unassignedOf(runId)).length - unassigned;
    expect(voted.length + emerging).toBe(late.length);
    expect(voted.length).toBeGreaterThan(late.length / 2);
    expect(emerging).toBeGreaterThan(0);
    const causes = new Set(known.values());
    expect(voted.filter((row) => !causes.has(row.cause_id))).toEqual([]);
    expect(voted.every(({ basis, similarity }) => (basis === "text") === (similarity !== null))).toBe(true);
    expect(await loadAssignment(database.db, before.id, runId)).toEqual(known);
  });

  it("are not voted on twice", async () => {
    const before = [await votedOf(await runOf()), await unassignedOf(await runOf()), await current()];
    await assignNewCases(database.db, await current(), () => {});
    expect([await votedOf(await runOf()), await unassignedOf(await runOf()), await current()]).toEqual(
      before,
    );
  });

  it("are looked at by the next run itself, which leaves its own assigner beside that of the run before", async () => {
    const earlier = await runOf();
    await analyse(database.db, await current());
    expect(await runOf()).toBeGreaterThan(earlier);
    expect(await votedOf(await runOf())).toEqual([]);
    const assigned = await loadAssignment(database.db, (await current()).id, await runOf());
    expect(assigned.size + (await unassignedOf(await runOf())).length).toBe(cases.length);
    const last = await runOf();
    await analyse(database.db, await current());
    const kept = await database.db.selectFrom("assigners").select("run_id").orderBy("run_id").execute();
    expect(kept.map((row) => row.run_id)).toEqual([last, await runOf()]);
  });

  it("a vote that ends after another run was published changes nothing", async () => {
    const [unassigned] = await unassignedOf(await runOf());
    const votes = {
      assigned: [],
      unassigned: [{ caseId: unassigned?.case_id ?? "", because: "few_alike" as const }],
    };
    await saveVotes(database.db, (await current()).id, (await runOf()) - 1, votes);
    expect((await unassignedOf((await runOf()) - 1)).length).toBeGreaterThan(0);
    expect(await unassignedOf((await runOf()) - 1)).not.toContainEqual(unassigned);
  });

  it("leave no trace when their import is undone", async () => {
    await undoImport(database, (await current()).id, 2);
    const left = await database.db.selectFrom("cases").select("case_id").execute();
    const ids = new Set(left.map((row) => row.case_id));
    expect(ids.size).toBe(early.length);
    for (const table of ["case_causes", "unassigned_cases"] as const) {
      const rows = await database.db.selectFrom(table).select("case_id").execute();
      expect(rows.filter((row) => !ids.has(row.case_id))).toEqual([]);
    }
  });
});

it("a load that is larger than what is known waits for the run, whose causes it may change", async () => {
  const small = await findOrCreateWorkspace(database.db, { name: "small", timeZone: "UTC" });
  await importRecords(database, small, early.slice(0, 100), { name: "first" });
  await analyse(database.db, small);
  const analysed = await findWorkspace(database.db, "small");
  await importRecords(database, small, cases, { name: "all" });
  await assignNewCases(database.db, analysed!, () => {});
  expect(
    await database.db
      .selectFrom("case_causes")
      .select("voted")
      .where("workspace_id", "=", small.id)
      .where("voted", "=", true)
      .execute(),
  ).toEqual([]);
});
