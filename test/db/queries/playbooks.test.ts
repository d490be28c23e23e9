import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { emptyCase } from "#analytics/case.ts";
import { importRecords } from "#db/imports/import-records.ts";
import { caseIdOf } from "#db/imports/store/case-id.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { listAuditEvents } from "#db/queries/audit.ts";
import { mergeCauses } from "#db/queries/cause-merges.ts";
import {
  addPlaybookVersion,
  listCaseHandling,
  listCausesWithPlaybook,
  listPlaybookVersions,
  type NewPlaybook,
} from "#db/queries/playbooks.ts";
import { findOrCreateWorkspace, type Workspace } from "#db/workspaces.ts";
import { openTestDatabase } from "#test/support/database.ts";
import { addCause } from "#test/support/small-causes.ts";

let database: OpenDatabase;
let workspace: Workspace;
let made = 0;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  workspace = await findOrCreateWorkspace(database.db, { name: `playbooks ${++made}`, timeZone: "UTC" });
  for (const causeId of [1, 2]) await addCause(database.db, workspace.id, causeId);
});

const today = "2026-11-22";
const first: Omit<NewPlaybook, "causeId"> = {
  inForceFrom: "2026-03-01",
  helpers: ["Returns", 'Ø, "B" {1}'],
  highestLevel: 2,
  offers: [],
  ceiling: { minor: 2000, currency: "GBP" },
  notes: "Send a code first.",
  reason: null,
  actor: "Ada",
};
const add = (more: Partial<NewPlaybook> = {}) =>
  addPlaybookVersion(database.db, workspace.id, { ...first, causeId: 1, today, ...more });
const versions = () => listPlaybookVersions(database.db, workspace.id, 1);
const audit = () =>
  database.db
    .selectFrom("audit_events")
    .select(["action", "object_type", "object_id", "before", "after"])
    .where("workspace_id", "=", workspace.id)
    .where("action", "like", "playbook.%")
    .orderBy("event_id")
    .execute();

describe("the playbook of a cause", () => {
  test("grows by versions that keep what they say, each an event with what was said before", async () => {
    expect(await add()).toEqual({ version: 1 });
    expect(await add({ inForceFrom: "2026-06-01", offers: null, reason: "Too strict" })).toEqual({
      version: 2,
    });
    expect(await versions()).toMatchObject([
      {
        version: 1,
        in_force_from: "2026-03-01",
        helpers: first.helpers,
        highest_level: 2,
        offers: [],
        ceiling_minor: 2000,
        ceiling_currency: "GBP",
      },
      { version: 2, in_force_from: "2026-06-01", offers: null, reason: "Too strict", actor: "Ada" },
    ]);
    expect(await audit()).toMatchObject([
      { action: "playbook.add_version", object_type: "cause", object_id: "1", before: null },
      { before: { version: 1, offers: [] }, after: { version: 2, offers: null, reason: "Too strict" } },
    ]);
  });

  test("has one version a day, and none that would change what earlier cases are held against", async () => {
    await add();
    await add({ inForceFrom: "2026-06-01" });
    const kept = await versions();
    expect(await add({ inForceFrom: "2026-06-01" })).toEqual({ refused: "day_taken", version: 2 });
    expect(await add({ inForceFrom: "2026-05-31" })).toEqual({
      refused: "rewrites_past",
      version: 2,
      from: "2026-06-01",
    });
    expect(await versions()).toEqual(kept);
    expect(await audit()).toHaveLength(2);
  });

  test("bears the instant that it is told of where the company is a simulated one", async () => {
    await add({ at: "2026-02-20T14:00:00.000Z" });
    expect(await versions()).toMatchObject([{ made_at: "2026-02-20T14:00:00.000Z" }]);
    const { id } = workspace;
    const events = await listAuditEvents(database.db, id, [{ type: "cause", id: "1" }]);
    expect(events).toMatchObject([{ at: "2026-02-20T14:00:00.000Z" }]);
  });

  test("may be planned, and another version may come before the planned one", async () => {
    await add();
    expect(await add({ inForceFrom: "2027-01-01" })).toEqual({ version: 2 });
    expect(await add({ inForceFrom: "2026-12-01" })).toEqual({ version: 3 });
    expect((await versions()).map(({ version }) => version)).toEqual([1, 3, 2]);
    expect((await audit()).at(-1)).toMatchObject({ before: { version: 1 }, after: { version: 3 } });
  });

  test("is written by one person at a time", async () => {
    const days = ["2026-03-01", "2026-03-01", "2026-04-01", "2026-05-01"];
    const answers = await Promise.all(days.map((inForceFrom) => add({ inForceFrom })));
    const added = answers.flatMap((answer) =>
      "version" in answer && !("refused" in answer) ? [answer.version] : [],
    );
    const kept = await versions();
    expect(kept.map(({ version }) => version)).toEqual([...added].sort((a, b) => a - b));
    expect(new Set(kept.map((one) => one.in_force_from)).size).toBe(kept.length);
  });

  test("is not there for a cause that is not, or that was merged into another one", async () => {
    expect(await add({ causeId: 9 })).toEqual({ refused: "no_cause" });
    await add();
    await mergeCauses(database.db, workspace.id, { into: 2, from: 1, actor: "Ada", reason: null });
    expect(await add({ inForceFrom: "2026-06-01" })).toEqual({ refused: "no_cause" });
    expect(await listCausesWithPlaybook(database.db, workspace.id, [1, 2])).toEqual([1]);
    expect(await listCausesWithPlaybook(database.db, workspace.id, [])).toEqual([]);
  });
});

test("the handling of cases comes in the order that they are asked for, and unknown where it is", async () => {
  const record = (id: string, more: object) => ({
    ...emptyCase("crm", id),
    status: "resolved" as const,
    occurred_at: "2026-01-01T00:00:00.000Z",
    narrative: id,
    title: id,
    ...more,
  });
  await importRecords(
    database,
    workspace,
    [
      record("a", { escalation_level: 0, compensation_minor: 0, compensation_currency: "GBP" }),
      record("b", { escalation_level: 3 }),
    ],
    { name: "cases" },
  );
  const idOf = (id: string) => caseIdOf(workspace.id, "crm", id);
  const unknown = { escalationLevel: null, paid: null };
  expect(await listCaseHandling(database.db, workspace.id, ["b", "gone", "a"].map(idOf))).toEqual([
    { escalationLevel: 3, paid: null },
    unknown,
    { escalationLevel: 0, paid: { minor: 0, currency: "GBP" } },
  ]);
  expect(await listCaseHandling(database.db, workspace.id + 1, [idOf("a")])).toEqual([unknown]);
});
