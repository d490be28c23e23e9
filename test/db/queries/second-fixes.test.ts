import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { knownUntil } from "#app/demo/known-until.ts";
import { simulateCompany } from "#app/demo/simulate-company.ts";
import { analyse } from "#app/server/analyse.ts";
import { importRecords } from "#db/imports/import-records.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { listAuditEvents } from "#db/queries/audit.ts";
import { callCause, listCalls, listRisksDue, loadCalls, type NewCall } from "#db/queries/cause-calls.ts";
import { mergeCauses, undoMerge } from "#db/queries/cause-merges.ts";
import { decideCause } from "#db/queries/causes.ts";
import {
  listVerdicts,
  type NewVerdict,
  overrideVerdict,
  saveVerdicts,
  standingVerdicts,
  withdrawOverride,
} from "#db/queries/fix-verdicts.ts";
import {
  changeFix,
  type FixFields,
  findSecondFix,
  listFixedCauseIds,
  listSecondFixes,
  moveFix,
  type NewSecondFix,
  openFix,
} from "#db/queries/second-fixes.ts";
import { findOrCreateWorkspace, findWorkspace } from "#db/workspaces.ts";
import { openTestDatabase } from "#test/support/database.ts";

let database: OpenDatabase;
let workspaceId: number;
let runId: number;

beforeAll(async () => {
  database = await openTestDatabase();
  const workspace = await findOrCreateWorkspace(database.db, { name: "fixes", timeZone: "UTC" });
  const { cases } = knownUntil(simulateCompany({ asOf: "2026-11-22", seed: 1 }), "2025-02-01");
  await importRecords(database, workspace, cases, { name: "cases" });
  await analyse(database.db, workspace);
  workspaceId = workspace.id;
  runId = (await findWorkspace(database.db, "fixes"))!.current_run_id!;
});
afterAll(() => database.close());

const actor = "Ann";
const said: FixFields = {
  kind: "product",
  title: "A scale",
  description: "Every bag is weighed.",
  owner: null,
  dueOn: null,
  cost: null,
  ticketUrl: null,
};
const check = {
  exposure: null,
  washInDays: 14,
  targetCut: 0.5,
  checkOn: "2025-09-01",
  windowEnd: "2025-12-01",
};

async function opened(causeId: number, fix: Partial<NewSecondFix> = {}): Promise<number> {
  return openFix(database.db, workspaceId, {
    ...said,
    causeId,
    openedOn: "2025-05-01",
    check,
    actor,
    ...fix,
  });
}

async function inPlace(causeId: number): Promise<number> {
  const fixId = await opened(causeId);
  const baseline = { from: "2024-11-01", to: "2025-05-30" };
  const step = { to: "implemented", from: "2025-06-01", till: "2025-06-02", baseline } as const;
  expect(await moveFix(database.db, { workspaceId, fixId, actor }, step)).toBe("changed");
  return fixId;
}

const fixOf = (fixId: number) => findSecondFix(database.db, workspaceId, fixId);
const standing = async (fixId: number) =>
  standingVerdicts(await listVerdicts(database.db, workspaceId), fixId);
const events = async (fixId: number) =>
  (await listAuditEvents(database.db, workspaceId, [{ type: "second_fix", id: String(fixId) }])).map(
    ({ action, before, after }) => ({ action, before, after }),
  );

function verdict(fixId: number, of: Partial<NewVerdict> = {}): NewVerdict {
  const judgement = { on: 1, since: { start: 0, end: 1 }, cases: 1, expected: 1, falseAlarm: 0.05 };
  const look = { look: "window_end", verdict: "effective", judgedOn: "2025-12-01" } as const;
  return { fixId, ...look, judgement, methodId: "m", runId, ...of };
}

describe("second fixes", () => {
  it("begin as drafts with a check, and can be mended, each change with what was and is", async () => {
    const fixId = await opened(1);
    const key = { workspaceId, fixId, actor };
    expect(await fixOf(fixId)).toMatchObject({ state: "draft", root_cause_id: 1, target_cut: 0.5 });
    const change = { fields: { ...said, title: "Two scales" }, check: { ...check, targetCut: 0.4 } };
    expect(await changeFix(database.db, key, change)).toBe("changed");
    expect(await fixOf(fixId)).toMatchObject({ title: "Two scales", target_cut: 0.4 });
    expect((await events(fixId))[0]).toEqual({
      action: "second_fix.change",
      before: { title: "A scale", target_cut: 0.5 },
      after: { title: "Two scales", target_cut: 0.4 },
    });
    expect(await changeFix(database.db, { ...key, fixId: 999 }, change)).toBe("no_such_fix");
  });

  it("keep their check from the day on which they are in place, with the baseline of that day", async () => {
    const fixId = await inPlace(2);
    const key = { workspaceId, fixId, actor };
    expect(await fixOf(fixId)).toMatchObject({
      state: "implemented",
      implemented_on: "2025-06-01",
      implemented_to: "2025-06-02",
      baseline_from: "2024-11-01",
      baseline_to: "2025-05-30",
    });
    const before = await fixOf(fixId);
    expect(await changeFix(database.db, key, { fields: said, check: { ...check, targetCut: 0.1 } })).toBe(
      "too_late",
    );
    expect(await fixOf(fixId)).toEqual(before);
    expect(await changeFix(database.db, key, { fields: { ...said, owner: "Bo" } })).toBe("changed");
    expect(await moveFix(database.db, key, { to: "dropped", reason: "no" })).toBe("too_late");
    expect(await listFixedCauseIds(database.db, workspaceId)).toEqual(new Set([2]));
  });

  it("that are dropped are not changed any more", async () => {
    const fixId = await opened(1);
    const key = { workspaceId, fixId, actor };
    await moveFix(database.db, key, { to: "dropped", reason: "Too dear" });
    expect(await fixOf(fixId)).toMatchObject({ state: "dropped", dropped_because: "Too dear" });
    expect(await changeFix(database.db, key, { fields: said })).toBe("too_late");
    expect(await moveFix(database.db, key, { to: "planned" })).toBe("too_late");
  });

  it("are of the cause that theirs was merged into, and come back with it", async () => {
    const fixId = await opened(4);
    await mergeCauses(database.db, workspaceId, { into: 5, from: 4, actor, reason: null });
    expect((await fixOf(fixId))?.root_cause_id).toBe(5);
    await undoMerge(database.db, workspaceId, { from: 4, actor });
    expect((await fixOf(fixId))?.root_cause_id).toBe(4);
  });
});

describe("verdicts", () => {
  it("are kept once a look, whoever comes second", async () => {
    const fixId = await inPlace(3);
    await saveVerdicts(database.db, workspaceId, [verdict(fixId)]);
    await saveVerdicts(database.db, workspaceId, [verdict(fixId, { verdict: "harmful", look: "check" })]);
    expect(await standing(fixId)).toMatchObject({ verdict: "effective", measured: { look: "window_end" } });
    await saveVerdicts(database.db, workspaceId, [verdict(fixId, { verdict: "regressed", look: "watch" })]);
    expect(await standing(fixId)).toMatchObject({ verdict: "regressed", measured: { verdict: "effective" } });
    expect((await events(fixId)).filter(({ action }) => action === "second_fix.verdict")).toHaveLength(2);
  });

  it("of a person do not hide that the cause came back after them, and may be said again", async () => {
    const fixId = await inPlace(3);
    const fix = { workspaceId, fixId };
    const word = { verdict: "partially_effective", reason: "We saw it", actor, on: "2026-01-05" } as const;
    await saveVerdicts(database.db, workspaceId, [verdict(fixId)]);
    await overrideVerdict(database.db, fix, word);
    await saveVerdicts(database.db, workspaceId, [verdict(fixId, { verdict: "regressed", look: "watch" })]);
    expect(await standing(fixId)).toMatchObject({ verdict: "regressed", holds: { look: "watch" } });
    await overrideVerdict(database.db, fix, word);
    expect(await standing(fixId)).toMatchObject({
      verdict: "partially_effective",
      holds: { look: "person" },
      regressed: { verdict: "regressed" },
    });
  });

  it("of a person hold before all others, one at a time, until they are withdrawn", async () => {
    const fixId = await inPlace(3);
    const fix = { workspaceId, fixId };
    const word = { verdict: "harmful", reason: "We saw it", actor, on: "2026-01-05" } as const;
    await saveVerdicts(database.db, workspaceId, [verdict(fixId)]);
    expect(await overrideVerdict(database.db, fix, word)).toBe(true);
    expect(await overrideVerdict(database.db, fix, { ...word, verdict: "inconclusive" })).toBe(true);
    expect(await standing(fixId)).toMatchObject({
      verdict: "inconclusive",
      override: { reason: "We saw it", actor },
      measured: { verdict: "effective" },
    });
    const all = (await listVerdicts(database.db, workspaceId)).filter((row) => row.fix_id === fixId);
    expect(all.map((row) => [row.verdict, row.revoked_because])).toEqual([
      ["effective", null],
      ["harmful", "Another word of a person took its place."],
      ["inconclusive", null],
    ]);
    expect(await withdrawOverride(database.db, { ...fix, actor })).toBe(true);
    expect((await standing(fixId)).verdict).toBe("effective");
    expect(await withdrawOverride(database.db, { ...fix, actor })).toBe(false);
    const draft = { workspaceId, fixId: await opened(1) };
    expect(await overrideVerdict(database.db, draft, word)).toBe(false);
  });

  it("of the statistics are taken back when their cause is another one, a person's word is not", async () => {
    const fixId = await inPlace(6);
    const word = { verdict: "harmful", reason: "We saw it", actor, on: "2026-01-05" } as const;
    const rename = { kind: "rename", name: "Another", reason: null, actor } as const;
    await saveVerdicts(database.db, workspaceId, [verdict(fixId)]);
    await overrideVerdict(database.db, { workspaceId, fixId }, word);
    await decideCause(database.db, workspaceId, 6, { ...rename, kind: "set_category", category: "product" });
    expect((await standing(fixId)).measured).toBeDefined();
    await decideCause(database.db, workspaceId, 6, rename);
    const { measured, override } = await standing(fixId);
    expect([measured, override?.verdict]).toEqual([undefined, "harmful"]);
    await saveVerdicts(database.db, workspaceId, [verdict(fixId, { verdict: "not_effective" })]);
    expect((await standing(fixId)).measured?.verdict).toBe("not_effective");
  });
});

describe("calls", () => {
  const call = (of: Partial<NewCall>): NewCall => ({
    call: "watch",
    calledOn: "2025-05-01",
    reviewOn: null,
    reason: "It is rare",
    actor,
    ...of,
  });
  const make = (causeId: number, of: Partial<NewCall>) =>
    callCause(database.db, workspaceId, causeId, call(of));

  it("hold until the next one, by their day", async () => {
    await make(7, { calledOn: "2025-05-03", call: "fix" });
    await make(7, { calledOn: "2025-05-02" });
    expect((await loadCalls(database.db, workspaceId)).get(7)).toMatchObject({ call: "fix" });
    expect((await listCalls(database.db, workspaceId)).filter((one) => one.cause_id === 7)).toHaveLength(2);
    expect(await make(999, {})).toBe(false);
  });

  it("follow their cause into the one that stands for it, where none is made any more of the other", async () => {
    await make(8, { calledOn: "2025-05-04" });
    await mergeCauses(database.db, workspaceId, { into: 9, from: 8, actor, reason: null });
    expect((await loadCalls(database.db, workspaceId)).get(9)).toMatchObject({ call: "watch", cause_id: 8 });
    expect(await make(8, {})).toBe(false);
    await undoMerge(database.db, workspaceId, { from: 8, actor });
  });

  it("to fix a cause are made with its draft where none holds, or neither is kept", async () => {
    const callsOf = async (causeId: number) =>
      (await listCalls(database.db, workspaceId)).filter((one) => one.cause_id === causeId);
    await opened(13, { title: "A sieve" });
    expect(await callsOf(13)).toMatchObject([
      { call: "fix", called_on: "2025-05-01", reason: "The second fix “A sieve” was opened." },
    ]);
    await opened(13);
    expect(await callsOf(13)).toHaveLength(1);
    await make(13, { calledOn: "2025-05-06", call: "watch" });
    await opened(13, { openedOn: "2025-05-07" });
    expect((await loadCalls(database.db, workspaceId)).get(13)).toMatchObject({ call: "fix" });
    const fixes = (await listSecondFixes(database.db, workspaceId)).length;
    await expect(opened(998)).rejects.toThrow("Got the cause 998");
    expect(await listSecondFixes(database.db, workspaceId)).toHaveLength(fixes);
    expect(await callsOf(998)).toEqual([]);
  });

  it("that accept a risk are due on their day, the longest due first", async () => {
    await make(10, { call: "accept", reviewOn: "2025-08-01" });
    await make(11, { call: "accept", reviewOn: "2025-07-01" });
    await make(12, { call: "accept", reviewOn: "2025-06-01" });
    await make(12, { call: "fix", calledOn: "2025-05-02" });
    const due = async (day: string) =>
      (await listRisksDue(database.db, workspaceId, day)).map(({ causeId }) => causeId);
    expect(await due("2025-07-31")).toEqual([11]);
    expect(await due("2025-08-01")).toEqual([11, 10]);
  });
});

describe("people who do the same at once", () => {
  it("get a number each, for calls, fixes and events, and nobody's is lost", async () => {
    const watched = async () =>
      (await listCalls(database.db, workspaceId)).filter(({ call: of }) => of === "watch").length;
    const before = await watched();
    const call: NewCall = { call: "watch", calledOn: "2025-05-02", reviewOn: null, reason: "r", actor };
    const causeIds = [1, 2, 3, 4, 5, 6];
    const done = await Promise.all([
      ...causeIds.map((causeId) => callCause(database.db, workspaceId, causeId, call)),
      ...causeIds.map((causeId) => opened(causeId)),
    ]);
    expect(done.filter((value) => value === true)).toHaveLength(6);
    expect(new Set(done.filter((value) => typeof value === "number")).size).toBe(6);
    expect(await watched()).toBe(before + 6);
    const numbers = (await listCalls(database.db, workspaceId)).map((one) => one.call_id);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
