import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clusterCases } from "#analytics/causes/cluster-cases.ts";
import { inOrder } from "#analytics/causes/read-cases.ts";
import { analysedFields } from "#app/demo/load-demo.ts";
import { simulateCompany } from "#app/demo/simulate-company.ts";
import { analyse, refuseTooMany } from "#app/server/analyse.ts";
import { importRecords } from "#db/imports/import-records.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import {
  batchesForAnalysis,
  type CaseForAnalysis,
  caseForAnalysis,
  endInterruptedAnalyses,
  listCasesForAnalysis,
  loadAssignment,
  needsAnalysis,
  startAnalysis,
} from "#db/queries/analysis.ts";
import { findOrCreateWorkspace, findWorkspace, type Workspace } from "#db/workspaces.ts";
import { openTestDatabase } from "#test/support/database.ts";
import { wordVectors } from "#test/support/word-vectors.ts";

const cases = simulateCompany({ asOf: "2026-11-22", seed: 1 }).cases.filter((_, i) => i % 12 === 0);
let database: OpenDatabase;
let workspace: Workspace;

beforeAll(async () => {
  database = await openTestDatabase();
  workspace = await findOrCreateWorkspace(database.db, { name: "analysis", timeZone: "Europe/Berlin" });
  await importRecords(database, workspace, cases, { name: "cases" });
});
afterAll(() => database.close());

describe("the cases that the cause engine reads", () => {
  it("are the same from the database as from the records that were loaded", async () => {
    const stored: CaseForAnalysis[] = [];
    for await (const batch of batchesForAnalysis(database.db, workspace.id)) stored.push(...batch);
    const given = inOrder(cases.map((record) => caseForAnalysis(analysedFields(workspace.id, record))));
    expect(stored).toEqual(given);
    const some = given.filter((_, index) => index % 7 === 0);
    const ids = some.map(({ caseId }) => caseId);
    expect(await listCasesForAnalysis(database.db, workspace.id, ids)).toEqual(some);
  });
});

describe("a run", () => {
  it("is needed after a load, and not after it has run", async () => {
    expect(await needsAnalysis(database.db, workspace.id)).toBe(true);
    const report = await analyse(database.db, workspace);
    expect(report.cases).toBe(cases.length);
    expect(await needsAnalysis(database.db, workspace.id)).toBe(false);
  });

  it("is kept whole: every assigned case, each cause with its exemplar, and the method", async () => {
    const current = await findWorkspace(database.db, workspace.name);
    const runId = current?.current_run_id ?? 0;
    const assigned = await loadAssignment(database.db, workspace.id, runId);
    const causes = await database.db.selectFrom("causes").selectAll().execute();
    expect(new Set(assigned.values())).toEqual(new Set(causes.map((cause) => cause.cause_id)));
    for (const cause of causes) expect(assigned.get(cause.exemplar_case_id ?? "")).toBe(cause.cause_id);
    const run = await database.db.selectFrom("analysis_runs").selectAll().executeTakeFirstOrThrow();
    expect(run).toMatchObject({ state: "finished", case_count: cases.length, failure: null });
    expect(run.method_id).toMatch(/^lsa-louvain\/\d+ /);
  });

  it("that fails leaves the run before it in place, and says why", async () => {
    const before = await findWorkspace(database.db, workspace.name);
    const clustering = Promise.reject(new Error("The worker ran out of memory."));
    await expect(analyse(database.db, before ?? workspace, { clustering })).rejects.toThrow("out of memory");
    const after = await findWorkspace(database.db, workspace.name);
    expect(after?.current_run_id).toBe(before?.current_run_id);
    const failed = await database.db
      .selectFrom("analysis_runs")
      .selectAll()
      .where("state", "=", "failed")
      .executeTakeFirstOrThrow();
    expect(failed.failure).toBe("The worker ran out of memory.");
  });

  it("that is cancelled at any stage leaves the run before it in place and no rows; the next one works", async () => {
    const before = await findWorkspace(database.db, workspace.name);
    for (const stageToStop of ["Reading the texts", "Grouping", "Done"]) {
      const stop = new AbortController();
      const onProgress = (stage: string) => {
        if (stage === stageToStop) stop.abort(new Error("A person cancelled it."));
      };
      const run = analyse(database.db, workspace, { cold: true, signal: stop.signal, onProgress });
      await expect(run).rejects.toThrow("A person cancelled it.");
      const { run_id: runId, ...cancelled } = await latestRun();
      expect(cancelled).toMatchObject({
        state: "cancelled",
        failure: "A person cancelled it.",
        case_count: 0,
      });
      for (const table of ["clusters", "case_causes", "cause_lineage"] as const)
        expect(
          await database.db.selectFrom(table).select("run_id").where("run_id", "=", runId).execute(),
        ).toEqual([]);
    }
    expect(await findWorkspace(database.db, workspace.name)).toEqual(before);
    const { runId } = await analyse(database.db, workspace);
    expect((await findWorkspace(database.db, workspace.name))?.current_run_id).toBe(runId);
  });

  it("that its program left under way is noted as cancelled at the next start", async () => {
    const start = { methodId: "m", seed: 1, baseRunId: null };
    await startAnalysis(database.db, workspace.id, start);
    await endInterruptedAnalyses(database.db);
    expect(await latestRun()).toMatchObject({
      state: "cancelled",
      failure: "The program ended before the run did.",
    });
  });

  it("does not publish over another one that was published while it was under way", async () => {
    const other = await findWorkspace(database.db, workspace.name);
    let published = 0;
    const late = analyse(database.db, workspace, {
      clustering: (async () => {
        published = (await analyse(database.db, workspace)).runId;
        return clusterCases([], { seed: 1, wordVectors });
      })(),
    });
    await expect(late).rejects.toThrow("Another run was published while this one was under way.");
    expect((await findWorkspace(database.db, workspace.name))?.current_run_id).toBe(published);
    expect(published).not.toBe(other?.current_run_id);
  });

  it("that would not fit into memory is refused with what it takes and what there is", () => {
    expect(() => refuseTooMany(2_000_000, 5.2e9)).toThrow(
      "To find the causes of 2,000,000 cases takes about 6 GB of memory, and 5.2 GB are free.",
    );
    expect(() => refuseTooMany(10_000, 5e9)).not.toThrow();
  });
});

async function latestRun() {
  return database.db
    .selectFrom("analysis_runs")
    .selectAll()
    .orderBy("run_id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
}
