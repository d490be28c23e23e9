import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { type CaseRecord, findings, outcomes, remedyTypes, severities } from "#analytics/case.ts";
import { makeStaleSegments } from "#app/server/segments/keep-segments.ts";
import { Snapshots } from "#app/server/snapshots.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { undoImport } from "#db/imports/store/undo-import.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { startAnalysis } from "#db/queries/analysis.ts";
import { saveVotes } from "#db/queries/assigners.ts";
import { moveCase, undoMove } from "#db/queries/case-moves.ts";
import { mergeCauses, undoMerge } from "#db/queries/cause-merges.ts";
import { promoteCases, undoPromotion } from "#db/queries/cause-promotions.ts";
import { splitCause, undoSplit } from "#db/queries/cause-splits.ts";
import { highestCauseId } from "#db/queries/highest-cause-id.ts";
import { takeBackRun } from "#db/queries/proposals.ts";
import { saveAnalysis } from "#db/queries/save-analysis.ts";
import { findWorkspaceById, type Workspace } from "#db/workspaces.ts";
import { openTestDatabase } from "#test/support/database.ts";
import { comparable, referenceFacts } from "#test/support/reference-facts.ts";
import { caseOf, load, newWorkspace } from "../imports/store/small-imports.ts";

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const newSnapshots = (megabytes?: number) => new Snapshots(database, { isLoading: () => false, megabytes });

/** As those of large workspaces are made. */
const onThread = (columnsWorker?: URL) =>
  new Snapshots(database, {
    isLoading: () => false,
    casesForThread: 0,
    ...(columnsWorker !== undefined && { columnsWorker }),
  });

/** What is kept gives the very columns that the cases give, row by row. */
async function expectRight(workspace: Workspace, snapshots = newSnapshots()): Promise<Snapshot> {
  const snapshot = await snapshots.get(workspace.name);
  expect(comparable(snapshot!.facts)).toEqual(comparable(await referenceFacts(database.db, workspace.name)));
  return snapshot!;
}

async function caseIds(workspace: Workspace): Promise<string[]> {
  const rows = await database.db
    .selectFrom("cases")
    .select("case_id")
    .where("workspace_id", "=", workspace.id)
    .orderBy("source_case_id")
    .execute();
  return rows.map((row) => row.case_id);
}

async function segmentsOf(workspace: Workspace) {
  return database.db
    .selectFrom("case_segments")
    .select(["month", "column_name", "version", "rows"])
    .where("workspace_id", "=", workspace.id)
    .orderBy("month")
    .orderBy("column_name")
    .execute();
}

/** By month, the names of the columns that a change has left to be made again. */
async function madeAgain(
  workspace: Workspace,
  change: () => Promise<unknown>,
): Promise<Record<string, number>> {
  await makeStaleSegments(database, workspace.id);
  const before = new Map(
    (await segmentsOf(workspace)).map((row) => [row.month + row.column_name, row.version]),
  );
  await change();
  await makeStaleSegments(database, workspace.id);
  const made: Record<string, number> = {};
  for (const { month, column_name: name, version } of await segmentsOf(workspace))
    if (before.get(month + name) !== version) made[month] = (made[month] ?? 0) + 1;
  return made;
}

/** A run that gives every third case no cause, and the others one of three. */
async function publish(workspace: Workspace, seed: number): Promise<void> {
  const { db } = database;
  const current = await findWorkspaceById(db, workspace.id);
  const ids = await caseIds(workspace);
  const runId = await startAnalysis(db, workspace.id, {
    methodId: "test",
    seed,
    baseRunId: current?.current_run_id ?? null,
  });
  const causeOf = (i: number) => (i * 7 + seed) % 4;
  const assigned = ids.flatMap((caseId, i) => (causeOf(i) === 0 ? [] : [{ caseId, causeId: causeOf(i), i }]));
  await saveAnalysis(db, workspace.id, runId, {
    publishes: true,
    caseCount: ids.length,
    highestCauseId: await highestCauseId(db, workspace.id),
    clusters: [1, 2, 3].map((causeId) => ({
      causeId,
      size: 1,
      basis: "text",
      label: `Cause ${causeId}`,
      keyphrases: [],
      exemplarCaseId: ids[0]!,
      stability: null,
      category: null,
      categoryConfidence: 0,
      categoryReason: "",
    })),
    assignments: assigned.map(({ caseId, causeId, i }) => ({
      caseId,
      causeId,
      basis: i % 2 === 0 ? "text" : "contact_reason",
      similarity: null,
      terms: [],
    })),
    unassigned: ids.flatMap((caseId, i) =>
      causeOf(i) === 0 ? [{ caseId, because: i % 8 === 0 ? "nothing_known" : "few_alike" }] : [],
    ),
    lineage: [],
  });
}

const orNull = <T>(known: fc.Arbitrary<T>) => fc.option(known, { nil: null });

/** Any case of a dozen ids, on some day of four months around the change of clocks. */
const anyCase = fc
  .record({
    source_case_id: fc.nat({ max: 12 }).map(String),
    received_at: fc
      .date({ min: new Date("2026-02-20"), max: new Date("2026-05-10"), noInvalidDate: true })
      .map((date) => date.toISOString()),
    days: orNull(fc.nat({ max: 40 })),
    customer_ref: orNull(fc.constantFrom("A", "B", "Ä\u{1F600}", "")),
    product: orNull(fc.constantFrom("Sofa", "Lamp")),
    severity: orNull(fc.constantFrom(...severities)),
    finding: orNull(fc.constantFrom(...findings)),
    outcome: orNull(fc.constantFrom(...outcomes)),
    remedy_types: orNull(fc.array(fc.constantFrom(...remedyTypes))),
    reopen_count: orNull(fc.constantFrom(0, 1, 253, 400)),
    compensation_minor: orNull(fc.constantFrom(0, 250, 2 ** 40)),
    attributes: fc.constantFrom({}, { City: "Rome" }, { City: "Oslo", Kind: "" }, { Long: "x".repeat(300) }),
  })
  .map(({ days, ...known }): CaseRecord => {
    const resolved = new Date(Date.parse(known.received_at) + (days ?? 0) * 86_400_000).toISOString();
    return {
      ...caseOf(known.source_case_id),
      ...known,
      customer_ref: known.customer_ref === "" ? null : known.customer_ref,
      outcome: days === null ? null : known.outcome,
      status: days === null ? "open" : "resolved",
      resolved_at: days === null ? null : days % 7 === 0 ? resolved.slice(0, 10) : resolved,
      compensation_currency: known.compensation_minor === null ? null : "EUR",
    };
  });

/** What people and programs do to a workspace, each from whatever state it is in. */
const anyAct = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant("load"), cases: fc.array(anyCase, { minLength: 1 }) }),
  },
  fc.record({
    act: fc.constantFrom(
      "undo",
      "publish",
      "move",
      "unmove",
      "vote",
      "merge",
      "unmerge",
      "split",
      "unsplit",
      "promote",
    ),
    n: fc.nat({ max: 20 }),
  }),
  fc.record({ act: fc.constantFrom("take back", "unpromote"), n: fc.nat({ max: 20 }) }),
);
type Act = { act: string; n?: number; cases?: CaseRecord[] };

async function perform(
  workspace: Workspace,
  { act, n = 0, cases = [] }: Act,
  imports: number[],
): Promise<void> {
  const { db } = database;
  const [{ id }, actor, reason] = [workspace, "a person", null];
  const ids = await caseIds(workspace);
  const caseId = ids[n % ids.length];
  const { current_run_id: runId } = (await findWorkspaceById(db, id))!;
  if (act === "load") imports.push((await load(database, workspace, cases)).importId);
  else if (act === "undo" && imports.length > 0)
    await undoImport(database, id, imports.splice(n % imports.length, 1)[0]!);
  else if (caseId === undefined) return;
  else if (act === "publish") await publish(workspace, n);
  else if (act === "take back" && runId !== null) await takeBackRun(db, id, { runId, actor, reason });
  else if (act === "move") await moveCase(db, id, { caseId, to: n % 4 === 0 ? null : n % 4, actor, reason });
  else if (act === "unmove") await undoMove(db, id, { caseId, actor });
  else if (act === "merge")
    await mergeCauses(db, id, { into: 1 + (n % 3), from: 1 + ((n + 1) % 3), actor, reason });
  else if (act === "unmerge") await undoMerge(db, id, { from: 1 + (n % 3), actor });
  else if (act === "unsplit") await undoSplit(db, id, { causeId: await highestCauseId(db, id), actor });
  else if (act === "unpromote") await undoPromotion(db, id, { causeId: await highestCauseId(db, id), actor });
  else if (act === "split" || act === "promote") {
    const made = { label: "Made", keyphrases: [], exemplarCaseId: caseId, name: null, actor, reason };
    const unassigned = await db
      .selectFrom("unassigned_cases")
      .select("case_id")
      .where("workspace_id", "=", id)
      .where("run_id", "=", runId ?? 0)
      .where("because", "=", "few_alike")
      .execute();
    if (act === "promote")
      await promoteCases(db, id, {
        ...made,
        caseIds: unassigned.slice(0, 1 + (n % 3)).map((row) => row.case_id),
      });
    else
      await splitCause(db, id, {
        ...made,
        from: 1 + (n % 3),
        going: [caseId],
        staying: ids.filter((one) => one !== caseId),
      });
  } else if (act === "vote" && runId !== null) await voteOn(workspace, runId, ids);
}

async function voteOn({ id }: Workspace, runId: number, ids: readonly string[]): Promise<void> {
  const { db } = database;
  const seen = new Set<string>();
  for (const table of ["case_causes", "unassigned_cases"] as const)
    for (const { case_id: caseId } of await db
      .selectFrom(table)
      .select("case_id")
      .where("workspace_id", "=", id)
      .where("run_id", "=", runId)
      .execute())
      seen.add(caseId);
  const unseen = ids.filter((one) => !seen.has(one));
  await saveVotes(db, id, runId, {
    assigned: unseen
      .slice(1)
      .map((caseId) => ({ caseId, causeId: 2, basis: "text", similarity: 1, terms: [] })),
    unassigned: unseen.slice(0, 1).map((caseId) => ({ caseId, because: "few_alike" as const })),
  });
}

describe("the columns that are kept", () => {
  it("are those of the cases, whatever is done to cases and causes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyAct, { minLength: 3, maxLength: 12 }),
        fc.boolean(),
        async (acts, isEager) => {
          const workspace = await newWorkspace(database, "America/New_York");
          const [imports, snapshots] = [[] as number[], newSnapshots()];
          for (const act of acts) {
            await perform(workspace, act, imports);
            if (isEager) await expectRight(workspace, snapshots);
          }
          await expectRight(workspace, snapshots);
          await expectRight(workspace); // as another process has them
          await expectRight(workspace, onThread());
        },
      ),
      { numRuns: 25 },
    );
  });

  it("are made again for the months and columns alone that a change touches", async () => {
    const workspace = await newWorkspace(database);
    const on = (id: string, day: string, more: Partial<CaseRecord> = {}) =>
      caseOf(id, { received_at: `${day}T10:00:00.000Z`, ...more });
    const { db } = database;
    await load(database, workspace, [on("a", "2026-01-05"), on("b", "2026-02-05"), on("c", "2026-03-05")]);
    const [january, february, march] = ["2026-01-01", "2026-02-01", "2026-03-01"];
    const [all, ofCauses] = [21, 3];
    const changed = (records: CaseRecord[]) => madeAgain(workspace, () => load(database, workspace, records));
    expect(await changed([on("b", "2026-02-05", { title: "new" }), on("c", "2026-03-05")])).toEqual({
      [february]: all,
    });
    const moved = await changed([on("a", "2026-03-07")]);
    expect(moved).toEqual({ [march]: all });
    expect((await segmentsOf(workspace)).map((row) => row.month)).not.toContain(january); // no case is left in it
    const { importId } = await load(database, workspace, [on("a", "2026-01-09")]);
    expect(await madeAgain(workspace, () => undoImport(database, workspace.id, importId))).toEqual({
      [march]: all,
    });
    expect(await madeAgain(workspace, () => publish(workspace, 1))).toEqual({
      [february]: ofCauses,
      [march]: ofCauses,
    });
    const [, inFebruary] = await caseIds(workspace);
    const word = { caseId: inFebruary!, to: 1, actor: "a person", reason: null };
    expect(await madeAgain(workspace, () => moveCase(db, workspace.id, word))).toEqual({
      [february]: ofCauses,
    });
    const merge = { into: 1, from: 2, actor: "a person", reason: null };
    expect(await madeAgain(workspace, () => mergeCauses(db, workspace.id, merge))).toEqual({});
    await expectRight(workspace);
  });

  it.each([
    ["bytes that were changed", { data: Buffer.from("not what was kept") }],
    ["another format", { data: Buffer.from([99]) }],
    ["no bytes", { data: Buffer.alloc(0) }],
  ])("are made again where there are %s, and the log says so", async (_, damage) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    onTestFinished(() => {
      warn.mockRestore();
    });
    const workspace = await newWorkspace(database);
    await load(database, workspace, [caseOf("a"), caseOf("b")]);
    await expectRight(workspace);
    for (const name of ["product", "attributes", "causeId"])
      await database.db
        .updateTable("case_segments")
        .set(damage)
        .where("workspace_id", "=", workspace.id)
        .where("column_name", "=", name)
        .execute();
    expect(warn).not.toHaveBeenCalled();
    await expectRight(workspace);
    expect(warn.mock.calls.join("\n")).toContain(`${workspace.name}, 2026-03: its column “product” is not`);
    warn.mockClear();
    await expectRight(workspace); // what was made was kept
    expect(warn).not.toHaveBeenCalled();
  });

  it("are made again where one bit is wrong, and where some are missing", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    onTestFinished(() => {
      warn.mockRestore();
    });
    const workspace = await newWorkspace(database);
    await load(
      database,
      workspace,
      Array.from({ length: 300 }, (_, i) => caseOf(String(i), { customer_ref: `C${i}` })),
    );
    await expectRight(workspace);
    const ofIds = database.db
      .selectFrom("case_segments")
      .select("data")
      .where("workspace_id", "=", workspace.id)
      .where("column_name", "=", "caseId");
    const { data } = await ofIds.executeTakeFirstOrThrow();
    data[1000]! ^= 4;
    await database.db
      .updateTable("case_segments")
      .set({ data })
      .where("workspace_id", "=", workspace.id)
      .where("column_name", "=", "caseId")
      .execute();
    await expectRight(workspace, onThread());
    expect(warn).toHaveBeenCalledOnce();
    await database.db
      .deleteFrom("case_segments")
      .where("workspace_id", "=", workspace.id)
      .where("column_name", "in", ["team", "unassigned"])
      .execute();
    await expectRight(workspace);
  });

  it("are right after a program was ended between the rows and the columns, and for the next one as well", async () => {
    const workspace = await newWorkspace(database);
    await load(database, workspace, [caseOf("a")]);
    await makeStaleSegments(database, workspace.id);
    await load(database, workspace, [caseOf("b"), caseOf("a", { product: "Sofa" })]); // and nobody made columns
    expect((await expectRight(workspace)).facts.size).toBe(2);
  });

  it("are not overwritten by one that is out of date", async () => {
    const workspace = await newWorkspace(database);
    await load(database, workspace, [caseOf("a")]);
    const work = makeStaleSegments(database, workspace.id);
    await load(database, workspace, [caseOf("b")]);
    await work;
    expect((await expectRight(workspace)).facts.size).toBe(2);
  });

  it("date a case by the local day at a month's end when clocks change", async () => {
    const workspace = await newWorkspace(database, "America/Asuncion"); // its clocks changed at a month's turn
    const times = [
      "2023-09-30T23:59:00-04:00",
      "2023-10-01T01:30:00-03:00",
      "2023-10-01T03:59:59Z",
      "2023-10-01T04:00:00Z",
    ];
    await load(
      database,
      workspace,
      times.map((time, i) =>
        caseOf(String(i), { received_at: new Date(time).toISOString(), resolved_at: "2023-10-02" }),
      ),
    );
    await expectRight(workspace);
    const { facts } = (await newSnapshots().get(workspace.name))!;
    expect((await segmentsOf(workspace)).filter((row) => row.column_name === "team")).toMatchObject([
      { month: "2023-09-01", rows: 2 },
      { month: "2023-10-01", rows: 2 },
    ]);
    expect([...facts.daysToResolve]).toEqual([2, 2, 1, 1]);
  });

  it("hold a month of many cases, and an attribute of 100,000 values", async () => {
    const workspace = await newWorkspace(database);
    const many = Array.from({ length: 100_000 }, (_, i) =>
      caseOf(String(i), { attributes: { Number: `N${i}`, Kind: `K${i % 9}` }, customer_ref: `C${i % 777}` }),
    );
    for (let from = 0; from < many.length; from += 20_000)
      await load(database, workspace, many.slice(from, from + 20_000));
    await expectRight(workspace);
    const { facts } = (await newSnapshots().get(workspace.name))!;
    expect(facts.uncodedAttributes.get("Number")).toBe("many_values");
    expect(facts.attributes.get("Kind")?.dictionary).toHaveLength(10);
  });
});

describe("snapshots", () => {
  it("of two processes agree at once when one of them loads", async () => {
    const workspace = await newWorkspace(database);
    const [one, other] = [newSnapshots(), newSnapshots()];
    await load(database, workspace, [caseOf("a")]);
    await expectRight(workspace, one);
    await expectRight(workspace, other);
    await load(database, workspace, [caseOf("b", { received_at: "2026-05-01" })]);
    const [mine, yours] = await Promise.all([one.get(workspace.name), other.get(workspace.name)]);
    expect(comparable(mine!.facts)).toEqual(comparable(yours!.facts));
    expect(mine!.facts.size).toBe(2);
    expect(await one.get(workspace.name)).toBe(mine);
  });

  it.each([
    ["fails", "throw new RangeError('Out of memory.')"],
    ["ends", "process.exit(3)"],
  ])(
    "whose thread %s are refused with a sentence to all who wait, and made for the next one",
    async (_, act) => {
      const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
      onTestFinished(() => {
        log.mockRestore();
      });
      const workspace = await newWorkspace(database);
      await load(database, workspace, [caseOf("a")]);
      const code = `import { parentPort } from "node:worker_threads"; parentPort.on("message", () => { ${act}; });`;
      const worker = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
      const snapshots = onThread(worker);
      const refusals = await Promise.all(
        [1, 2].map(() => snapshots.get(workspace.name).catch((error: unknown) => error)),
      );
      for (const refusal of refusals) {
        expect(refusal).toMatchObject({ status: 503 });
        expect(await (refusal as Response).text()).toMatch(
          /^The cases of this workspace could not be read: /,
        );
      }
      expect(log).toHaveBeenCalledOnce();
      worker.href = new URL("../../../app/server/segments/columns-worker.ts", import.meta.url).href;
      await expectRight(workspace, snapshots);
    },
  );

  it("that are larger than memory allows are right, and say so; those used longest ago go first", async () => {
    const workspaces = [
      await newWorkspace(database),
      await newWorkspace(database),
      await newWorkspace(database),
    ];
    const cases = Array.from({ length: 2_000 }, (_, i) => caseOf(String(i), { customer_ref: `C${i % 7}` }));
    for (const workspace of workspaces) await load(database, workspace, cases);
    const [a, b, c] = workspaces.map(({ name }) => name) as [string, string, string];
    const tiny = newSnapshots(0.01);
    const [small, large] = [await tiny.get(a), await newSnapshots().get(a)];
    expect(comparable(small!.facts)).toEqual(comparable(large!.facts));
    expect(small!.notes.join()).toContain("FIXTWICE_COLUMNS_MB allows 1");
    expect(large!.notes.join()).not.toContain("FIXTWICE_COLUMNS_MB");
    expect(await tiny.get(a)).not.toBe(small);

    const forTwo = newSnapshots(0.16); // one takes 74 kB
    const [first, second] = [await forTwo.get(a), await forTwo.get(b)];
    expect(await forTwo.get(a)).toBe(first); // b was used longest ago
    await forTwo.get(c);
    expect(await forTwo.get(a)).toBe(first);
    expect(await forTwo.get(b)).not.toBe(second);
  });
});
