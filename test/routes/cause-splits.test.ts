import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caseIdAt } from "#analytics/facts/facts.ts";
import { analyse } from "#app/server/analyse.ts";
import { findCaseCause } from "#db/queries/causes.ts";
import { findWorkspace } from "#db/workspaces.ts";
import { openTestApp, type TestApp } from "#test/support/app.ts";
import { parseCsv } from "./csv-tables.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ nth: 16 });
});
afterAll(() => app.close());

/** Case ids by id of their cause, as every page counts them. */
async function causes(): Promise<Map<number, string[]>> {
  const { facts } = await app.snapshot();
  const found = new Map<number, string[]>();
  facts.codes.cause.forEach((code, row) => {
    const id = facts.causes[code]?.causeId;
    if (id !== undefined) found.set(id, [...(found.get(id) ?? []), caseIdAt(facts, row)]);
  });
  return found;
}

async function analyseAgain({ cold }: { cold: boolean }): Promise<void> {
  const { db } = app.services.database;
  const workspace = await findWorkspace(db, app.workspace.name);
  if (workspace === undefined) throw new Error("The workspace went away.");
  await analyse(db, workspace, { cold });
}

const pageOf = (causeId: number, query = "") =>
  app.page(`${app.workspace.base}/causes/${causeId}${query === "" ? "" : `?${query}`}`);
const post = (causeId: number, fields: Record<string, string>) =>
  app.post(`${app.workspace.base}/causes/${causeId}`, fields);
const digestOf = (page: string) => /name="digest" value="([0-9a-f]+)"/.exec(page)?.[1] ?? "";
/** The cases of the row of a cause in the CSV of all causes. */
async function inCsv(causeId: number): Promise<number> {
  const response = await app.request(`${app.workspace.base}/tables/causes.csv?period=all`);
  const [keys = [], ...rows] = parseCsv(Buffer.from(await response.arrayBuffer()));
  const row = rows.find((cells) => cells[keys.indexOf("cause_id")] === String(causeId));
  return Number(row?.[keys.indexOf("cases")]);
}

describe("a cause that a person says is two", () => {
  const reason = "The lid is another maker's.";
  let before: Map<number, string[]>;
  let going: string[];
  let newId: number;

  test("shows the parts that it falls into, and then what a split would give, and changes nothing yet", async () => {
    before = await causes();
    const parts = await pageOf(1, "split=parts");
    expect(parts.match(/type="checkbox" name="part"/g)?.length).toBeGreaterThanOrEqual(2);
    const preview = await pageOf(1, "split=parts&part=2");
    const [, gone = "0", stay = "0"] =
      /(\d+) cases? would make a new cause, (\d+) cases? would stay/.exec(preview) ?? [];
    expect(Number(gone)).toBeGreaterThan(0);
    expect(Number(gone) + Number(stay)).toBe(before.get(1)?.length);
    expect(await causes()).toEqual(before);
  });

  test("is two everywhere at once: table, page and CSV count the same cases", async () => {
    const preview = await pageOf(1, "split=parts&part=2");
    const fields = { kind: "split", split: "parts", part: "2", digest: digestOf(preview), reason };
    expect((await post(1, { ...fields, name: "The lid's hinge" })).status).toBe(303);
    const after = await causes();
    newId = Math.max(...after.keys());
    going = after.get(newId) ?? [];
    expect(before.has(newId)).toBe(false);
    expect([...going, ...(after.get(1) ?? [])].sort()).toEqual([...(before.get(1) ?? [])].sort());
    for (const [id, cases] of before) if (id !== 1) expect(after.get(id)).toEqual(cases);
    expect(preview).toContain(`${going.length} cases would make a new cause`);
    expect(await inCsv(newId)).toBe(going.length);
    expect(await inCsv(1)).toBe(after.get(1)?.length);
    const page = await pageOf(newId, "period=all");
    expect(page).toContain(reason);
    expect(page).toContain("The lid&#x27;s hinge");
    expect(page).toContain(`${going.length} cases`);
    const [caseId = ""] = going;
    const { db } = app.services.database;
    expect(await findCaseCause(db, app.workspace.id, caseId)).toMatchObject({ cause_id: newId });
    expect(await app.page(`${app.workspace.base}/cases/${caseId}`)).toContain("as its cause was split");
  });

  test("stays two in later runs, from the causes there are and from nothing", async () => {
    const after = await causes();
    for (const cold of [false, true]) {
      await analyseAgain({ cold });
      const now = await causes();
      expect(now.get(newId)).toEqual(expect.arrayContaining(going));
      expect(now.get(1)).toEqual(expect.arrayContaining(after.get(1) ?? []));
      const page = await pageOf(newId);
      expect(page).not.toContain("has no such cause");
      expect(page).not.toContain("Stability");
    }
  });

  test("is not split by a form that shows what no longer is, nor by one that moves nothing or everything", async () => {
    const preview = await pageOf(2, "split=parts&part=1");
    const fields = { kind: "split", split: "parts", part: "1", digest: digestOf(preview) };
    const [caseId = ""] = (await causes()).get(2) ?? [];
    await app.post(`${app.workspace.base}/cases/${caseId}`, { kind: "move", cause: "3" });
    expect((await post(2, fields)).status).toBe(400);
    await app.post(`${app.workspace.base}/cases/${caseId}`, { kind: "undo_move" });
    expect(await pageOf(2, "split=words&words=zyzzyva")).toContain("nothing would move");
    expect((await post(2, { kind: "split", split: "words", words: "zyzzyva", digest: "0" })).status).toBe(
      400,
    );
    expect((await post(2, { kind: "split" })).status).toBe(400);
    expect((await app.request(`${app.workspace.base}/causes/2?split=value&value=moon:full`)).status).toBe(
      400,
    );
  });

  test("is one again when the split is undone, with all that it had, and stays so", async () => {
    expect((await post(1, { kind: "undo_split", other: String(newId) })).status).toBe(303);
    const back = await causes();
    expect(back.has(newId)).toBe(false);
    expect(back.get(1)).toEqual(expect.arrayContaining(before.get(1) ?? []));
    const moved = await app.request(`${app.workspace.base}/causes/${newId}`);
    expect(moved.headers.get("location")).toBe(`${app.workspace.base}/causes/1`);
    expect((await post(1, { kind: "undo_split", other: String(newId) })).status).toBe(404);
    for (const cold of [false, true]) {
      await analyseAgain({ cold });
      expect((await causes()).has(newId)).toBe(false);
    }
  });

  test("can be split by words and by a value; what was built on a split is taken back before it", async () => {
    const { facts } = await app.snapshot();
    const all = (await causes()).get(2) ?? [];
    const words = await pageOf(2, "split=words&words=delivery");
    expect(words).toMatch(/would make a new cause|nothing would/);
    const value = /<option value="((?:product|channel|team|region):[^"]+)"/.exec(await pageOf(2))?.[1] ?? "";
    const [field = "", name = ""] = value.split(":");
    const preview = await pageOf(2, new URLSearchParams({ split: "value", value }).toString());
    await post(2, { kind: "split", split: "value", value, digest: digestOf(preview) });
    const now = await causes();
    const made = Math.max(...now.keys());
    const dimension = field as "product";
    const has = (caseId: string) =>
      Array.from({ length: facts.size }, (_, row) => row).some(
        (row) =>
          caseIdAt(facts, row) === caseId &&
          facts.dictionaries[dimension][facts.codes[dimension][row] ?? 0]?.value === name,
      );
    expect(now.get(made)).toEqual(all.filter(has));
    await post(made, { kind: "merge", other: "3" });
    expect((await post(2, { kind: "undo_split", other: String(made) })).status).toBe(400);
    await post(made, { kind: "undo_merge", other: "3" });
    expect((await post(2, { kind: "undo_split", other: String(made) })).status).toBe(303);
    expect((await causes()).get(2)).toEqual(all);
  });

  test("is kept as edits, as lineage and as events of the audit log", async () => {
    const { db } = app.services.database;
    const edits = await db.selectFrom("human_edits").selectAll().where("kind", "=", "split").execute();
    expect(edits[0]).toMatchObject({ cause_id: newId, detail: { from: "1" }, reason });
    expect(edits.every(({ undone_at: at }) => at !== null)).toBe(true);
    const lineage = await db
      .selectFrom("cause_lineage")
      .select(["event", "cause_id", "other_cause_id"])
      .where((eb) => eb.or([eb("cause_id", "=", newId), eb("other_cause_id", "=", newId)]))
      .execute();
    expect(lineage).toContainEqual({ event: "split", cause_id: 1, other_cause_id: newId });
    expect(lineage).toContainEqual({ event: "merged", cause_id: newId, other_cause_id: 1 });
    const events = await db.selectFrom("audit_events").select("action").orderBy("event_id").execute();
    expect(events.map(({ action }) => action).filter((action) => /split/.test(action))).toEqual([
      "cause.split",
      "cause.undo_split",
      "cause.split",
      "cause.undo_split",
    ]);
  });
});
