import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caseIdAt } from "#analytics/facts/facts.ts";
import { listTrainingDecisions } from "#db/queries/training-decisions.ts";
import { openTestApp, type TestApp } from "#test/support/app.ts";
import { parseCsv } from "./csv-tables.ts";

// Whether anybody stands out needs all of the company's cases.
let app: TestApp;
let base: string;
/** Of the causes that hold the planted ones. */
let warranty: number;
let chat: number;
let handover: number;

beforeAll(async () => {
  app = await openTestApp({ nth: 1 });
  ({ base } = app.workspace);
  const { facts } = await app.snapshot();
  const named = (words: string) => facts.causes.find((cause) => cause?.name.includes(words))!.causeId;
  [warranty, chat, handover] = [named("warranty"), named("chat"), named("promised to ring")];
});
afterAll(() => app.close());

const agentRef = /AG-\d{3}/;
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");

/** The rows of the page Staff by the cause that they lead to. */
async function staffRow(causeId: number): Promise<string> {
  const html = await app.page(`${base}/staff`);
  const row = html.split("<tr").find((part) => part.includes(`/staff/${causeId}"`));
  if (row === undefined) throw new Error(`No row of cause ${causeId}`);
  return textOf(row);
}

async function auditOf(action: string) {
  return app.services.database.db
    .selectFrom("audit_events")
    .select(["object_id", "actor", "after"])
    .where("workspace_id", "=", app.workspace.id)
    .where("action", "=", action)
    .orderBy("event_id")
    .execute();
}

describe("whom to train, in the demo's company", () => {
  test("is one agent for the cause of one agent", async () => {
    expect(await staffRow(warranty)).toMatch(/individual: a quiet talk .*in Phone one agent of 9 stands out/);
  });

  test("is the unit for the cause of a unit, once a person says that it is one of staff training", async () => {
    expect(textOf(await app.page(`${base}/staff`))).toMatch(
      /chat team[^:]*: 8\d of its latest 100 cases name whose work they are about\. Say what kind/,
    );
    await app.post(`${base}/causes/${chat}`, { kind: "set_category", category: "staff_training" });
    expect(await staffRow(chat)).toMatch(/unit: a training .*Live Chat has [\d.]+ times the rate/);
  });

  test("is nobody for the process in disguise, with a warning", async () => {
    expect(await staffRow(handover)).toMatch(/cannot tell .*This may be a process in disguise/);
  });

  test("warns where a person says that a process contributed to a case, until that is taken back", async () => {
    const { facts } = await app.snapshot();
    const process = facts.causes.find((cause) => cause?.category === "process")!.causeId;
    const { period } = await app.services.pages.compute("trainingCauses", await app.snapshot(), {
      today: app.services.today("UTC"),
      months: 24,
    });
    const row = facts.codes.cause.findLastIndex(
      (code, at) => facts.causes[code]?.causeId === warranty && (facts.incidenceDay[at] ?? 0) < period.end,
    );
    const casePath = `${base}/cases/${caseIdAt(facts, row)}`;
    const warning = "A process cause contributes to 1 case: neither a talk nor a training mends that.";
    const page = async () => textOf(await app.page(`${base}/staff/${warranty}`));
    expect(await page()).not.toContain(warning);
    await app.post(casePath, { kind: "contribute", cause: String(process) });
    expect(await page()).toContain(warning);
    expect(await staffRow(warranty)).toContain(warning);
    await app.post(casePath, { kind: "undo_contribute", cause: String(process) });
    expect(await page()).not.toContain(warning);
  });

  test("is not asked of a cause of another kind, and over other months than are offered", async () => {
    expect((await app.request(`${base}/staff/1`)).status).toBe(404);
    expect((await app.request(`${base}/staff?months=7`)).status).toBe(400);
    expect((await app.request(`${base}/staff/x`)).status).toBe(400);
  });
});

describe("the names of agents", () => {
  test("stand on no page and in no file of the evidence", async () => {
    const { facts } = await app.snapshot();
    const caseId = facts.caseIds.at(facts.size - 1);
    const pages = ["", "/causes", `/causes/${warranty}`, "/cases?period=all", `/cases/${caseId}`, "/summary"];
    const staff = ["/staff", `/staff/${warranty}`, `/staff/${warranty}/agents.csv`, "/decisions"];
    for (const path of [...pages, ...staff, `/cases/${caseId}.data`])
      expect([path, agentRef.test(await (await app.request(base + path)).text())]).toEqual([path, false]);
  });

  test("are no filter", async () => {
    const { facts } = await app.snapshot();
    expect([...Object.keys(facts.codes), ...facts.attributes.keys()].join()).not.toMatch(/agent|handled/);
  });

  test("are shown once, for a reason that is kept", async () => {
    const path = `${base}/staff/${warranty}`;
    expect((await app.post(path, { decide: "reveal", reason: " " })).status).toBe(400);
    expect(await auditOf("agents.reveal")).toEqual([]);
    const revealed = await app.post(path, { decide: "reveal", reason: "To talk to them." });
    expect(revealed.status).toBe(200);
    const page = await revealed.text();
    expect(page).toContain("AG-103");
    expect(page).toContain("Names are shown on this page once");
    expect(await auditOf("agents.reveal")).toEqual([
      { object_id: String(warranty), actor: "local user", after: { agents: 29, reason: "To talk to them." } },
    ]);
    expect(await app.page(path)).not.toMatch(agentRef);
  });
});

describe("the evidence", () => {
  test("has the same counts in its file as on its page, and none from 1 to 4", async () => {
    const [heads = [], ...rows] = parseCsv(
      Buffer.from(await (await app.request(`${base}/staff/${warranty}/agents.csv`)).arrayBuffer()),
    );
    const at = (name: string) => heads.indexOf(name);
    const html = await app.page(`${base}/staff/${warranty}`);
    const row = (label: string) =>
      textOf(html.split("<tr").find((part) => part.includes(`>${label}<`)) ?? "");
    expect(rows).toHaveLength(29);
    for (const cells of rows) {
      const cases = cells[at("cases")]!;
      expect(["1", "2", "3", "4"]).not.toContain(cases);
      expect(row(cells[at("agent")]!)).toContain(cases === "" ? "hidden" : ` ${cases} `);
    }
    expect(rows.filter((cells) => cells[at("stands_out")] === "yes")).toHaveLength(1);
    expect((await app.request(`${base}/staff/${warranty}/units.csv`)).status).toBe(200);
    expect((await app.request(`${base}/staff/${warranty}/nothing.csv`)).status).toBe(404);
  });

  test("is kept with a decision, which leads to the second fix that is to follow", async () => {
    const path = `${base}/staff/${warranty}`;
    expect((await app.post(path, { decide: "training", answer: "nobody", reason: "x" })).status).toBe(400);
    expect((await app.post(path, { decide: "training", answer: "individual" })).status).toBe(400);
    expect(
      (await app.post(path, { decide: "training", answer: "individual", reason: "Plain enough." })).status,
    ).toBe(303);
    const [decision] = await listTrainingDecisions(app.services.database.db, app.workspace.id);
    expect(decision).toMatchObject({
      cause_id: warranty,
      answer: "individual",
      recommended: "individual",
      decided_on: "2026-11-22",
      evidence: { to: "2026-11-01", found: { answer: "individual" } },
    });
    expect(await auditOf("training.decide")).toMatchObject([
      { after: { answer: "individual", recommended: "individual", reason: "Plain enough." } },
    ]);
    const page = await app.page(path);
    expect(page).toContain("Reason: Plain enough.");
    expect(page).toContain(`/fixes/new?cause=${warranty}&amp;kind=coaching`);
    expect(page).not.toMatch(agentRef);
    const form = await app.page(`${base}/fixes/new?cause=${warranty}&kind=coaching`);
    expect(form).toMatch(/<option value="coaching" selected/);
  });
});
