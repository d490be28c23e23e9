import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { simulateCompany } from "#app/demo/simulate-company.ts";
import { settleLoad } from "#app/server/settle-load.ts";
import { importRecords } from "#db/imports/import-records.ts";
import { loadAssignment } from "#db/queries/analysis.ts";
import { findCaseCause } from "#db/queries/causes.ts";
import { findWorkspace, type Workspace } from "#db/workspaces.ts";
import { asOf, openTestApp, type TestApp } from "#test/support/app.ts";
import { listedCases, mainText, tablesOf } from "./html-tables.ts";

let app: TestApp;
let base: string;
/** A person has moved it to cause 4. */
let movedCase: string;
beforeAll(async () => {
  app = await openTestApp({ nth: 16 });
  ({ base } = app.workspace);
});
afterAll(() => app.close());

async function workspace(): Promise<Workspace> {
  const found = await findWorkspace(app.services.database.db, app.workspace.name);
  if (found === undefined) throw new Error("The workspace went away.");
  return found;
}

async function runs() {
  const { db } = app.services.database;
  return db.selectFrom("analysis_runs").selectAll().orderBy("run_id").execute();
}

/** Has the causes found anew, to the end; the address of the proposal. */
async function propose(granularity: "broad" | "causes" | "fine"): Promise<string> {
  const answer = await app.post(`${base}/runs`, { kind: "propose", granularity });
  expect([answer.status, answer.headers.get("location")]).toEqual([303, `${base}/runs`]);
  await app.services.analysis.idle();
  const run = (await runs()).at(-1);
  expect(run?.state).toBe("proposed");
  return `${base}/runs/${run?.run_id}`;
}

/** Cases by the name of their cause, as the pages count them. */
async function shown(): Promise<Map<string, number>> {
  const { facts } = await app.snapshot();
  const counts = new Map<string, number>();
  for (const code of facts.codes.cause) {
    const name = facts.causes[code]?.name;
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** Rows of every table that a publication touches. */
async function causeRows() {
  const { db } = app.services.database;
  return {
    causes: await db.selectFrom("causes").selectAll().orderBy("cause_id").execute(),
    lineage: await db.selectFrom("cause_lineage").selectAll().where("run_id", "=", 1).execute(),
    current: (await workspace()).current_run_id,
  };
}

describe("a person's word on causes", () => {
  test("is said: a name, a merge, a moved case, a cause set aside", async () => {
    const assigned = [...(await loadAssignment(app.services.database.db, app.workspace.id, 1))];
    [movedCase = ""] = assigned.find(([, cause]) => cause === 1) ?? [];
    const said = [
      [`causes/1`, { kind: "rename", name: "The lid" }],
      [`causes/1`, { kind: "merge", other: "2", reason: "The same." }],
      [`causes/3`, { kind: "not_a_cause", reason: "Greetings." }],
      [`cases/${movedCase}`, { kind: "move", cause: "4", reason: "A chat." }],
    ] as const;
    for (const [path, form] of said) expect((await app.post(`${base}/${path}`, form)).status).toBe(303);
  });
});

describe("causes found anew on the page", () => {
  let href: string;
  let published: Awaited<ReturnType<typeof causeRows>>;

  test("are a proposal, and nothing that is shown changes", async () => {
    const before = [await shown(), await causeRows()];
    href = await propose("broad");
    expect([await shown(), await causeRows()]).toEqual(before);
    expect((await runs()).at(-1)).toMatchObject({
      base_run_id: 1,
      published_at: null,
      method_id: expect.stringMatching(/ gamma=1 .* granularity=broad( |$)/),
    });
    expect(await app.page(`${base}/causes`)).toContain(`href="${href}"`);
    expect(mainText(await app.page(`${base}/runs`))).toContain("proposed, not published");
  });

  test("are compared as people see causes: each row's cases are the ones that its link lists", async () => {
    const page = await app.page(href);
    const moves = tablesOf(page).get("Cases that change their cause");
    expect(moves?.rows.length).toBeGreaterThan(0);
    for (const { cells, href: list } of moves?.rows ?? [])
      expect([cells, listedCases(await app.page(list?.replaceAll("&amp;", "&") ?? ""))]).toEqual([
        cells,
        Number(cells[2]),
      ]);
  });

  test("have CSVs of all rows, whose sums are those of the page's sentence and of the pages", async () => {
    const changes = await csvOf(`${href}/changes.csv`);
    const moves = await csvOf(`${href}/moves.csv`);
    const sum = (rows: Record<string, string>[], key: string) =>
      rows.reduce((total, row) => total + Number(row[key]), 0);
    const now = await shown();
    expect(
      Object.fromEntries(
        changes.filter(({ before }) => before !== "0").map((row) => [row.cause, Number(row.before)]),
      ),
    ).toEqual(Object.fromEntries(now));
    const moved = sum(moves, "cases");
    expect(mainText(await app.page(href))).toContain(
      `${moved} of ${(await runs())[0]?.case_count} cases would move:`,
    );
    expect(sum(changes, "before") - sum(changes, "stayed")).toBe(
      moved -
        sum(
          moves.filter(({ from_id: from }) => from === ""),
          "cases",
        ),
    );
    expect(changes.find(({ cause }) => cause === "The lid")).toMatchObject({ cause_id: "1" });
    expect(changes.map(({ cause_id: id }) => id)).not.toContain("3");
  });

  test("are published when a person accepts them, and what people said stays", async () => {
    const planned = await csvOf(`${href}/changes.csv`);
    published = await causeRows();
    expect((await app.post(href, { kind: "accept", reason: "They read better." })).status).toBe(303);
    const after = await shown();
    const expected = planned.filter(({ after: cases }) => cases !== "0");
    const byNumber = (a: number, b: number) => a - b;
    expect([...after.values()].toSorted(byNumber)).toEqual(
      expected.map((row) => Number(row.after)).toSorted(byNumber),
    );
    expect(after.get("The lid")).toBe(Number(planned.find(({ cause_id: id }) => id === "1")?.after));
    const { facts } = await app.snapshot();
    expect(facts.causes.map((cause) => cause?.causeId)).not.toContain(2);
    expect(facts.causes.map((cause) => cause?.causeId)).not.toContain(3);
    const moved = await findCaseCause(app.services.database.db, app.workspace.id, movedCase);
    expect(moved).toMatchObject({ cause_id: 4, basis: "person" });
    const page = mainText(await app.page(href));
    expect(page).toContain("published");
    expect(page).toContain("by local user: They read better.");
    expect((await runs()).map(({ state }) => state)).toEqual(["finished", "finished"]);
    const old = await loadAssignment(app.services.database.db, app.workspace.id, 1);
    expect(old.size).toBeGreaterThan(0);
  });

  test("can't be accepted or discarded again", async () => {
    for (const kind of ["accept", "discard"]) {
      const answer = await app.post(href, { kind });
      expect([answer.status, await answer.text()]).toEqual([
        409,
        expect.stringContaining("no proposal any more"),
      ]);
    }
    expect((await app.post(href, { kind: "burn" })).status).toBe(400);
    expect((await app.request(`${base}/runs/99`)).status).toBe(404);
  });

  test("are taken back exactly, and can be accepted again", async () => {
    const accepted = await causeRows();
    const counts = await shown();
    expect((await app.post(href, { kind: "take_back", reason: "Too broad." })).status).toBe(303);
    expect((await workspace()).current_run_id).toBe(1);
    const { causes } = await causeRows();
    for (const cause of published.causes) expect(causes).toContainEqual(cause);
    const changes = await csvOf(`${href}/changes.csv`);
    expect(
      Object.fromEntries(
        changes.filter(({ before }) => before !== "0").map((row) => [row.cause, Number(row.before)]),
      ),
    ).toEqual(Object.fromEntries(await shown()));
    expect((await app.post(href, { kind: "accept" })).status).toBe(303);
    expect(await causeRows()).toEqual(accepted);
    expect(await shown()).toEqual(counts);
    const events = await app.services.database.db
      .selectFrom("audit_events")
      .select(["action", "object_id"])
      .where("object_type", "=", "run")
      .orderBy("event_id")
      .execute();
    expect(events.map(({ action }) => action)).toEqual(["run.accept", "run.take_back", "run.accept"]);
  });
});

describe("a proposal", () => {
  test("is out of date once another one is accepted, says so, and can't be accepted", async () => {
    const first = await propose("causes");
    const second = await propose("fine");
    expect((await app.post(second, { kind: "accept" })).status).toBe(303);
    const current = (await workspace()).current_run_id;
    expect(mainText(await app.page(first))).toContain(
      `Run ${current} has been published since it was computed`,
    );
    const answer = await app.post(first, { kind: "accept" });
    expect([answer.status, await answer.text()]).toEqual([
      409,
      expect.stringContaining("Find the causes anew."),
    ]);
    expect((await workspace()).current_run_id).toBe(current);
    expect((await app.post(first, { kind: "discard", reason: "Old." })).status).toBe(303);
  });

  test("that is discarded leaves no rows but its own, and its reason", async () => {
    const href = await propose("causes");
    const runId = Number(href.split("/").at(-1));
    expect((await app.post(href, { kind: "discard", reason: "No better." })).status).toBe(303);
    const { db } = app.services.database;
    for (const table of [
      "clusters",
      "case_causes",
      "unassigned_cases",
      "cause_lineage",
      "assigners",
    ] as const)
      expect(await db.selectFrom(table).select("run_id").where("run_id", "=", runId).execute()).toEqual([]);
    expect(mainText(await app.page(href))).toContain("discarded on");
    expect(mainText(await app.page(href))).toContain("No better.");
  });

  test("is out of date once cases were loaded; the run after the load keeps its granularity", async () => {
    const href = await propose("causes");
    const { cases } = simulateCompany({ asOf, seed: 1 });
    await importRecords(
      app.services.database,
      await workspace(),
      cases.filter((_, i) => i % 160 === 1),
      {
        name: "more",
      },
    );
    expect(mainText(await app.page(href))).toContain(
      "Since it was computed, cases were loaded or taken away",
    );
    expect((await app.post(href, { kind: "accept" })).status).toBe(409);
    const from = (await workspace()).current_run_id;
    await settleLoad(app.services.database, app.workspace.name);
    const run = (await runs()).at(-1);
    expect(run).toMatchObject({ state: "finished", run_id: (await workspace()).current_run_id });
    expect(run?.method_id).toMatch(new RegExp(`granularity=fine from=${from}( |$)`));
  });

  test("is no cold run any more to be taken back after a load", async () => {
    const current = (await workspace()).current_run_id;
    expect((await app.post(`${base}/runs/${current}`, { kind: "take_back" })).status).toBe(409);
  });
});

describe("the history of a cause", () => {
  test("tells what published runs made of it, with the numbers that their rows have", async () => {
    const { db } = app.services.database;
    expect((await app.post(await propose("broad"), { kind: "accept" })).status).toBe(303);
    const rows = await db
      .selectFrom("cause_lineage as l")
      .innerJoin("analysis_runs as r", "r.run_id", "l.run_id")
      .select(["l.event", "l.cause_id", "l.other_cause_id", "l.cases"])
      .where("r.published_at", "is not", null)
      .where("l.event", "in", ["split", "merged"])
      .execute();
    expect(rows.length).toBeGreaterThan(0);
    const roots = await db
      .selectFrom("causes")
      .select("cause_id")
      .where("merged_into", "is not", null)
      .execute();
    const hidden = new Set(roots.map((row) => row.cause_id));
    for (const { event, cause_id: from, other_cause_id: to, cases } of rows) {
      if (hidden.has(from) || hidden.has(to)) continue;
      const words = event === "split" ? ["Gave a part to", "Split from"] : ["Went into", "Absorbed"];
      for (const [index, cause] of [from, to].entries()) {
        const page = mainText(await app.page(`${base}/causes/${cause}`));
        expect(page).toContain(words[index]);
        expect(page).toContain(`(${cases} case`);
      }
    }
    expect(mainText(await app.page(`${base}/causes/1`))).toContain("First found");
  });
});

describe("a run that a person stops", () => {
  test("leaves nothing but that it was cancelled, and the next one works", async () => {
    const before = [await shown(), (await workspace()).current_run_id];
    await app.post(`${base}/runs`, { kind: "propose", granularity: "causes" });
    await untilRunning();
    const progress = await app.page(`${base}/runs`);
    expect(progress).toContain("<progress");
    expect(mainText(await app.page(`${base}/causes`))).toContain("Causes are being found anew (");
    await app.post(`${base}/runs`, { kind: "cancel" });
    await app.services.analysis.idle();
    expect((await runs()).at(-1)).toMatchObject({
      state: "cancelled",
      failure: "A person cancelled it.",
      published_at: null,
    });
    const runId = (await runs()).at(-1)?.run_id ?? 0;
    const { db } = app.services.database;
    for (const table of [
      "clusters",
      "case_causes",
      "unassigned_cases",
      "cause_lineage",
      "assigners",
    ] as const)
      expect(await db.selectFrom(table).select("run_id").where("run_id", "=", runId).execute()).toEqual([]);
    expect([await shown(), (await workspace()).current_run_id]).toEqual(before);
    expect(mainText(await app.page(`${base}/runs/${runId}`))).toContain("A person cancelled it.");
    await propose("causes");
  });

  test("after a load says that the newest cases have no cause, and goes on when it is told to", async () => {
    const { cases } = simulateCompany({ asOf, seed: 1 });
    await importRecords(
      app.services.database,
      await workspace(),
      cases.filter((_, i) => i % 160 === 3),
      {
        name: "even more",
      },
    );
    await app.services.analysis.request(app.workspace.name);
    await untilRunning();
    await app.post(`${base}/runs`, { kind: "cancel" });
    await app.services.analysis.idle();
    expect(mainText(await app.page(`${base}/causes`))).toContain("was cancelled: the newest cases have none");
    const before = (await workspace()).current_run_id;
    await app.post(`${base}/runs`, { kind: "go_on" });
    await app.services.analysis.idle();
    expect((await workspace()).current_run_id).not.toBe(before);
    expect(mainText(await app.page(`${base}/causes`))).not.toContain("was cancelled");
  });

  test("is refused where its wish is not known", async () => {
    expect((await app.post(`${base}/runs`, { kind: "dance" })).status).toBe(400);
    expect((await app.post(`${base}/runs`, { kind: "propose", granularity: "tiny" })).status).toBe(400);
  });
});

async function csvOf(path: string): Promise<Record<string, string>[]> {
  return parse<Record<string, string>>(await (await app.request(path)).text(), { bom: true, columns: true });
}

async function untilRunning(): Promise<void> {
  while ((await app.services.analysis.status(app.workspace.id)).state !== "running")
    await new Promise((resolve) => setTimeout(resolve, 5));
}
