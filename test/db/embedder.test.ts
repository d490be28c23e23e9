import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identifyModel } from "#analytics/causes/embedder/read-model-folder.ts";
import { embedderOf } from "#analytics/causes/method.ts";
import { simulateCompany } from "#app/demo/simulate-company.ts";
import { analyse } from "#app/server/analyse.ts";
import { assignNewCases } from "#app/server/assign-new-cases.ts";
import { Assigners } from "#app/server/assigners.ts";
import { importRecords } from "#db/imports/import-records.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { findCaseForAnalysis } from "#db/queries/assigners.ts";
import { findCurrentRun } from "#db/queries/runs.ts";
import { findOrCreateWorkspace, findWorkspace, type Workspace } from "#db/workspaces.ts";
import { openTestDatabase } from "#test/support/database.ts";
import { hasOnnxRuntime, runnableModelFolder } from "#test/support/onnx-runtime.ts";
import { tinyModelFolder } from "#test/support/tiny-sentence-model.ts";

const name = "embedder";
const { cases } = simulateCompany({ asOf: "2026-11-22", seed: 1 });
const early = cases.filter((_, i) => i % 40 === 0);
const late = cases.filter((_, i) => i % 160 === 1);
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
const usedModel = async () => {
  const run = await findCurrentRun(database.db, (await current()).id);
  return run && embedderOf(run.method_id);
};
const votes = async () => {
  const rows = await database.db.selectFrom("case_causes").selectAll().where("voted", "=", true).execute();
  return rows.length;
};

describe("without a runtime", () => {
  it("a run with a model that cannot be used fails by its sentence and publishes nothing", async () => {
    const run = async (embedder: string) => analyse(database.db, await current(), { embedder });
    await expect(run("/nowhere/model")).rejects.toThrow(
      "/nowhere/model cannot be used: there is no such folder.",
    );
    expect((await current()).current_run_id).toBeNull();
  });

  it("the run after a load takes up no model that was set since", async () => {
    await analyse(database.db, await current());
    await analyse(database.db, await current(), { embedder: tinyModelFolder() });
    expect(await usedModel()).toBeNull();
  });
});

describe.skipIf(!hasOnnxRuntime)("with a runtime (needs TEST_ONNX_RUNTIME, a node_modules with one)", () => {
  const folder = hasOnnxRuntime ? runnableModelFolder() : "";
  const changed = hasOnnxRuntime
    ? runnableModelFolder({ "sentence_bert_config.json": '{"max_seq_length": 9}' })
    : "";

  it("a run from nothing uses the model and says so, and the run after a load keeps it", async () => {
    await analyse(database.db, await current(), { cold: true, embedder: folder });
    const id = await identifyModel(folder);
    expect(await usedModel()).toBe(id);
    await analyse(database.db, await current(), { embedder: folder });
    expect(await usedModel()).toBe(id);
  });

  it("the run after a load refuses to go on without the model, or with another", async () => {
    const before = (await current()).current_run_id;
    await expect(analyse(database.db, await current())).rejects.toThrow("FIXTWICE_EMBEDDER is not set");
    await expect(analyse(database.db, await current(), { embedder: changed })).rejects.toThrow(
      `FIXTWICE_EMBEDDER (${changed}) is the model ${await identifyModel(changed)}`,
    );
    expect((await current()).current_run_id).toBe(before);
  });

  it("later cases are assigned with the model, and wait where it is not there", async () => {
    await importRecords(database, await current(), late, { name: "late" });
    await assignNewCases(database.db, await current(), () => {});
    await assignNewCases(database.db, await current(), () => {}, changed);
    expect(await votes()).toBe(0);
    await assignNewCases(database.db, await current(), () => {}, folder);
    expect(await votes()).toBeGreaterThan(late.length / 4);
  });

  it("the likeness of one case is told with the model; without it there is a sentence", async () => {
    const workspace = await current();
    const { case_id: caseId } = await database.db
      .selectFrom("case_causes")
      .select("case_id")
      .where("voted", "=", true)
      .executeTakeFirstOrThrow();
    const item = await findCaseForAnalysis(database.db, workspace.id, caseId);
    const able = await new Assigners(database.db, folder).get(workspace.id);
    expect(able?.hindrance).toBeNull();
    expect((await able?.assign(item!))?.nearest).toHaveLength(10);
    const unable = await new Assigners(database.db).get(workspace.id);
    expect(unable?.hindrance).toContain("FIXTWICE_EMBEDDER is not set");
    expect(await unable?.assign(item!)).toBeUndefined();
  });

  it("a run from nothing without a model leaves it behind", async () => {
    await analyse(database.db, await current(), { cold: true });
    expect(await usedModel()).toBeNull();
  });
});
