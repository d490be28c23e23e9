import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "#app/settings.ts";
import { openDatabase } from "#db/open-database.ts";
import { temporaryDirectory } from "#test/support/database.ts";
import { plantedCases } from "#test/support/planted-cases.ts";
import { fixtwice } from "./command-line.ts";

const slow = { timeout: 180_000 };
const cases = 400;

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let settings: { FIXTWICE_DATA: string };
beforeAll(async () => {
  directory = await temporaryDirectory();
  settings = { FIXTWICE_DATA: join(directory.path, "data") };
  const rows = plantedCases(cases / 4).map(
    ({ caseId, text }) => `test,${caseId},resolved,2026-01-01,"${text?.replaceAll('"', "") ?? ""}"`,
  );
  const file = join(directory.path, "cases.csv");
  await writeFile(file, ["source_system,source_case_id,status,occurred_at,narrative", ...rows].join("\n"));
  await fixtwice(["import", file, "--workspace", "real"], settings);
}, 180_000);
afterAll(() => directory.remove());

/** Each run's state, and the run that the pages show. */
async function stored() {
  const database = await openDatabase({ dataDirectory: join(settings.FIXTWICE_DATA, "database") });
  try {
    const runs = await database.db.selectFrom("analysis_runs").selectAll().orderBy("run_id").execute();
    const { current_run_id: current } = await database.db
      .selectFrom("workspaces")
      .select("current_run_id")
      .executeTakeFirstOrThrow();
    return { states: runs.map(({ state }) => state), methods: runs.map((run) => run.method_id), current };
  } finally {
    await database.close();
  }
}

test("analyze --propose keeps a proposal, and says what it would change", slow, async () => {
  const { code, stdout } = await fixtwice(["analyze", "--workspace", "real", "--propose"], settings);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Run 2 is proposed: \d+ causes in \d+ cases, \d+ without one/);
  expect(stdout).toContain("Nothing has changed yet. Accept or discard it on its page: /w/real/runs/2");
  expect(await stored()).toMatchObject({ states: ["finished", "proposed"], current: 1 });
});

test(
  "analyze publishes at once, in JSON with what it changed; a stop that is not known is 64",
  slow,
  async () => {
    const args = ["analyze", "--workspace", "real", "--granularity"];
    const json = JSON.parse((await fixtwice([...args, "broad", "--json"], settings)).stdout);
    expect(json).toMatchObject({ runId: 3, baseRunId: 1, state: "published", granularity: "broad" });
    const { diff } = json;
    expect(diff.withCauseAfter).toBe(json.cases - json.unassigned);
    const ofKinds = Object.values<number>(diff.causes).reduce((total, count) => total + count, 0);
    expect(ofKinds).toBe(diff.causesBefore + diff.causes.new);
    expect(diff.changes).toHaveLength(ofKinds - diff.causes.unchanged);
    const { states, methods, current } = await stored();
    expect([states.at(-1), current]).toEqual(["finished", 3]);
    expect(methods.at(-1)).toMatch(/ granularity=broad$/);
    const refused = await fixtwice([...args, "tiny"], settings);
    expect(refused).toMatchObject({ code: 64, stderr: expect.stringContaining("broad, causes, fine") });
  },
);

test("Ctrl-C ends it with 130 and leaves no half run; the next one works", slow, async () => {
  const { PATH, HOME, TMPDIR } = process.env;
  const command = [join(projectRoot, "bin/fixtwice.js"), "analyze", "--workspace", "real"];
  const child = spawn(process.execPath, command, { env: { PATH, HOME, TMPDIR, ...settings } });
  let told = "";
  child.stderr.on("data", (text) => {
    told += String(text);
    if (told.includes("Reading the")) child.kill("SIGINT"); // once, or more often, as a terminal may
  });
  const [code] = (await once(child, "close")) as [number | null]; // by the event's contract
  expect([code, told]).toEqual([130, expect.stringContaining("Stopped. Nothing of the run was kept")]);
  const { states, current } = await stored();
  expect([states.at(-1), current]).toEqual(["cancelled", 3]);
  expect((await fixtwice(["analyze", "--workspace", "real"], settings)).code).toBe(0);
  expect(await stored()).toMatchObject({ current: 5 });
});
