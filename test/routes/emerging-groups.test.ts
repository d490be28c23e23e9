import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caseIdAt } from "#analytics/facts/facts.ts";
import { emergingRows } from "#analytics/metrics/emerging-rows.ts";
import { groupFigures } from "#analytics/metrics/group-figures.ts";
import { simulateCompany } from "#app/demo/simulate-company.ts";
import { analyse } from "#app/server/analyse.ts";
import { assignNewCases } from "#app/server/assign-new-cases.ts";
import { importRecords } from "#db/imports/import-records.ts";
import { undoImport } from "#db/imports/store/undo-import.ts";
import { findWorkspace } from "#db/workspaces.ts";
import { asOf, openTestApp, type TestApp } from "#test/support/app.ts";
import { parseCsv } from "./csv-tables.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ nth: 16 });
});
afterAll(() => app.close());

const all = "?period=all";
const causesPage = () => app.page(`${app.workspace.base}/causes${all}`);
const groupPath = (caseId: string) => `${app.workspace.base}/causes/emerging/${caseId}`;
const groupsNow = async () => (await app.services.emergingGroups(await app.snapshot())).groups;
const emergingNow = async () => emergingRows((await app.snapshot()).facts).length;
const digestOf = (page: string) => /name="digest" value="([0-9a-f]+)"/.exec(page)?.[1] ?? "";

async function workspace() {
  const found = await findWorkspace(app.services.database.db, app.workspace.name);
  if (found === undefined) throw new Error("The workspace went away.");
  return found;
}

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

async function causesCsv(): Promise<string[][]> {
  const response = await app.request(`${app.workspace.base}/tables/causes.csv${all}`);
  return parseCsv(Buffer.from(await response.arrayBuffer()));
}

/** Cases of the simulated company that were not loaded yet, as one load that no run has looked at. */
async function loadMore(): Promise<void> {
  const { database } = app.services;
  const later = simulateCompany({ asOf, seed: 1 }).cases.filter((_, i) => i % 16 === 3);
  await importRecords(database, await workspace(), later, { name: "later" });
  await assignNewCases(database.db, await workspace(), () => {});
}

describe("emerging cases that are alike", () => {
  test("are gathered after a load, and stand on the page of causes with their figures, each a link to its cases", async () => {
    const before = await groupsNow();
    await loadMore();
    const groups = await groupsNow();
    expect(groups.length).toBeGreaterThan(before.length);
    const page = await causesPage();
    expect(page).toContain("Emerging: not causes yet");
    const { facts } = await app.snapshot();
    const rowOf = new Map(emergingRows(facts).map((row) => [caseIdAt(facts, row), row]));
    for (const { exemplarCaseId, label, caseIds } of groups) {
      const { cases, customers } = groupFigures(
        facts,
        caseIds.map((id) => rowOf.get(id)!),
      );
      expect(cases).toBe(caseIds.length);
      const [, line = ""] =
        new RegExp(`href="${groupPath(exemplarCaseId)}\\?period=all">(.*?)</tr>`, "s").exec(page) ?? [];
      expect(line.replaceAll("&#x27;", "'")).toContain(`${label}</a>`);
      const cells = [...line.matchAll(/<td class="number">(.*?)<\/td>/g)].map(([, cell = ""]) => cell);
      expect(cells[0]).toBe(String(cases));
      expect(cells[1]).toMatch(new RegExp(`^${customers ?? "–"}`));
      const opened = await app.page(`${groupPath(exemplarCaseId)}${all}`);
      for (const id of caseIds) expect(opened).toContain(`/cases/${id}`);
    }
  });

  test("are no causes: neither the CSV nor the table of causes counts them", async () => {
    const [keys = [], ...rows] = await causesCsv();
    const ids = rows.map((row) => row[keys.indexOf("cause_id")]).filter((id) => id !== "");
    expect(ids.map(Number).toSorted((a, b) => a - b)).toEqual(
      [...(await causes()).keys()].toSorted((a, b) => a - b),
    );
    const total = rows.reduce((sum, row) => sum + Number(row[keys.indexOf("cases")]), 0);
    expect(total).toBe((await app.snapshot()).facts.size);
  });

  test("show under a filter only the cases that it leaves, and the page of the group lists as many", async () => {
    const [group] = await groupsNow();
    const { facts } = await app.snapshot();
    const rows = emergingRows(facts).filter((row) => group!.caseIds.includes(caseIdAt(facts, row)));
    const day = new Date((facts.incidenceDay[rows[0]!] ?? 0) * 86_400_000).toISOString().slice(0, 10);
    const inDay = rows.filter((row) => facts.incidenceDay[row] === facts.incidenceDay[rows[0]!]).length;
    const query = `?period=${day}..${day}`;
    const page = await app.page(`${app.workspace.base}/causes${query}`);
    expect(page).toMatch(
      new RegExp(
        `emerging/${group!.exemplarCaseId}\\?period=[^"]+">.*?<td class="number">${inDay}</td>`,
        "s",
      ),
    );
    const opened = await app.page(`${groupPath(group!.exemplarCaseId)}${query}`);
    expect(opened.replaceAll("<!-- -->", "")).toContain(`1–${inDay} of ${inDay} case`);
  });

  test("a case of no group, and what is no case, have no such page", async () => {
    const [[caseId = ""] = []] = (await causes()).values();
    for (const id of [caseId, "nonsense"]) expect((await app.request(groupPath(id))).status).toBe(404);
  });
});

describe("a group that a person makes a cause", () => {
  let members: readonly string[];
  let before: Map<number, string[]>;
  let newId: number;
  const make = async (caseId: string, fields: Record<string, string>) =>
    app.post(groupPath(caseId), { digest: digestOf(await app.page(groupPath(caseId))), ...fields });

  test("is not made by a form that shows what no longer is", async () => {
    const [group] = await groupsNow();
    const { exemplarCaseId, caseIds } = group!;
    expect((await make(exemplarCaseId, { digest: "0" })).status).toBe(400);
    const digest = digestOf(await app.page(groupPath(exemplarCaseId)));
    const moved = caseIds.find((id) => id !== exemplarCaseId)!;
    await app.post(`${app.workspace.base}/cases/${moved}`, { kind: "move", cause: "1" });
    expect((await app.post(groupPath(exemplarCaseId), { digest })).status).toBeGreaterThanOrEqual(400);
    await app.post(`${app.workspace.base}/cases/${moved}`, { kind: "undo_move" });
  });

  test("is a cause at once, under a person's name, with all its cases and no other", async () => {
    const [group] = await groupsNow();
    members = group!.caseIds;
    before = await causes();
    const emerging = await emergingNow();
    const answer = await make(group!.exemplarCaseId, {
      name: "Late husband's cards",
      reason: "Read them all",
    });
    expect(answer.status).toBe(303);
    const after = await causes();
    newId = Math.max(...after.keys());
    expect(answer.headers.get("location")).toContain(`/causes/${newId}`);
    expect(before.has(newId)).toBe(false);
    expect(after.get(newId)?.toSorted()).toEqual([...members]);
    for (const [id, cases] of before) expect(after.get(id)).toEqual(cases);
    expect(await emergingNow()).toBe(emerging - members.length);
    const page = await app.page(`${app.workspace.base}/causes/${newId}${all}`);
    expect(page).toContain("Late husband&#x27;s cards");
    expect(page).toContain("Read them all");
    expect(page).toContain("no run has suggested one yet");
    expect(await app.page(`${app.workspace.base}/cases/${members[0]}`)).toContain(
      "its cause was made of emerging cases",
    );
    const [keys = [], ...rows] = await causesCsv();
    const row = rows.find((cells) => cells[keys.indexOf("cause_id")] === String(newId));
    expect(row?.[keys.indexOf("cases")]).toBe(String(members.length));
    expect((await app.request(groupPath(members[0]!))).status).toBe(404);
  });

  test("is undone, and its cases are emerging again, in the same group", async () => {
    const undo = () => app.post(`${app.workspace.base}/causes/${newId}`, { kind: "undo_promote" });
    expect((await undo()).status).toBe(303);
    expect(await causes()).toEqual(before);
    expect((await groupsNow())[0]?.caseIds).toEqual(members);
    expect((await undo()).status).toBe(404);
    expect(await app.page(`${app.workspace.base}/causes/${newId}`)).not.toContain("A person made this cause");
  });

  test("stays together in a later run that begins from the causes there are", async () => {
    expect((await make(members[0]!, {})).status).toBe(303);
    newId = Math.max(...(await causes()).keys());
    await analyse(app.services.database.db, await workspace());
    expect((await causes()).get(newId)).toEqual(expect.arrayContaining([...members]));
  });

  test("and in one from nothing; no stability is claimed for it", async () => {
    await analyse(app.services.database.db, await workspace(), { cold: true });
    expect((await causes()).get(newId)).toEqual(expect.arrayContaining([...members]));
    const page = await app.page(`${app.workspace.base}/causes/${newId}`);
    expect(page).not.toContain("has no such cause");
    expect(page).not.toContain("Stability");
  });

  test("is not undone while another cause is merged into it; then each case is where the run would have put it", async () => {
    const path = `${app.workspace.base}/causes/${newId}`;
    await app.post(path, { kind: "merge", other: "3" });
    expect((await app.post(path, { kind: "undo_promote" })).status).toBe(400);
    await app.post(path, { kind: "undo_merge", other: "3" });
    const { current_run_id: runId } = await workspace();
    const found = await app.services.database.db
      .selectFrom("case_causes")
      .select("case_id")
      .where("run_id", "=", runId)
      .where("cause_id", "=", newId)
      .execute();
    expect(await app.page(path)).toContain(
      found.length === 0 ? "it is no cause any more" : "it goes on as a cause of the machine",
    );
    expect((await app.post(path, { kind: "undo_promote" })).status).toBe(303);
    expect(((await causes()).get(newId) ?? []).toSorted()).toEqual(
      found.map(({ case_id: id }) => id).toSorted(),
    );
    const { facts } = await app.snapshot();
    const emerging = new Set(emergingRows(facts).map((row) => caseIdAt(facts, row)));
    expect(members.every((id) => emerging.has(id))).toBe(found.length === 0);
    const edits = await app.services.database.db
      .selectFrom("human_edits")
      .select(["kind", "undone_at"])
      .where("kind", "=", "promote")
      .execute();
    expect(edits.map(({ undone_at: at }) => at !== null)).toEqual([true, true]);
    const events = await app.services.database.db.selectFrom("audit_events").select("action").execute();
    expect(events.filter(({ action }) => /promote/.test(action))).toHaveLength(4);
  });
});

describe("groups are found anew", () => {
  test("when an import is undone: none holds a case of it", async () => {
    const { database } = app.services;
    const later = simulateCompany({ asOf, seed: 1 }).cases.filter((_, i) => i % 16 === 5);
    await importRecords(database, await workspace(), later, { name: "to be undone" });
    await assignNewCases(database.db, await workspace(), () => {});
    const loaded = await groupsNow();
    const { import_id: last } = await database.db
      .selectFrom("imports")
      .select("import_id")
      .orderBy("import_id", "desc")
      .executeTakeFirstOrThrow();
    await undoImport(database, app.workspace.id, last);
    const left = await groupsNow();
    expect(left).not.toEqual(loaded);
    const { facts } = await app.snapshot();
    const known = new Set(Array.from({ length: facts.size }, (_, row) => caseIdAt(facts, row)));
    for (const { caseIds } of left) for (const id of caseIds) expect(known.has(id)).toBe(true);
  });

  test("and vanish with the run that they are of, where that leaves nothing to compare by", async () => {
    await app.services.database.db.deleteFrom("assigners").execute();
    app.services.forgetSnapshot(app.workspace.name);
    expect(await groupsNow()).toEqual([]);
    expect(await causesPage()).toContain("Emerging: not causes yet");
  });
});
