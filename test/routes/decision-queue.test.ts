import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callCause } from "#db/queries/cause-calls.ts";
import { overrideVerdict } from "#db/queries/fix-verdicts.ts";
import { findSecondFix, moveFix, openFix } from "#db/queries/second-fixes.ts";
import { decideTraining } from "#db/queries/training-decisions.ts";
import { openTestApp, type TestApp } from "#test/support/app.ts";

let app: TestApp;
let base: string;
let largest: number;

beforeAll(async () => {
  app = await openTestApp({ nth: 16 });
  ({ base } = app.workspace);
  largest = Number((await queue()).find(({ sentence }) => sentence.includes(undecided))?.causeId);
});
afterAll(() => app.close());

const actor = "Ann";
const undecided = "and nobody has decided about it";

/** What the page asks, each with its first link. */
async function queue(): Promise<{ sentence: string; href: string; causeId: string | undefined }[]> {
  const html = await app.page(`${base}/decisions`);
  return [...html.matchAll(/<h3><a href="([^"]*)">([^<]*)<\/a>/g)].map(([, href = "", sentence = ""]) => ({
    href,
    sentence,
    causeId: /(?:causes|staff)\/(\d+)/.exec(href)?.[1],
  }));
}

async function made(): Promise<string> {
  const html = await app.page(`${base}/decisions`);
  return html
    .slice(html.indexOf("What became of the decisions"))
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");
}

async function openDraft(causeId: number, title: string, dueOn: string): Promise<number> {
  return openFix(app.services.database.db, app.workspace.id, {
    causeId,
    kind: "process",
    title,
    description: "",
    owner: "Ann",
    dueOn,
    cost: { minor: 100, currency: "EUR" },
    ticketUrl: null,
    openedOn: "2026-03-01",
    check: {
      exposure: null,
      washInDays: 14,
      targetCut: 0.5,
      checkOn: "2026-06-01",
      windowEnd: "2026-12-01",
    },
    actor,
  });
}

describe("the queue of decisions", () => {
  test("asks about large causes without a call, and no more once there is one, with its reason", async () => {
    expect((await queue()).find(({ causeId }) => causeId === String(largest))?.sentence).toMatch(
      / in Q3 2026 /,
    );
    const call = { decide: "call", cause: String(largest), call: "accept", until: "2027-03-01" };
    expect((await app.post(`${base}/decisions`, call)).status).toBe(400);
    expect((await app.post(`${base}/decisions`, { ...call, reason: "Rare.", until: "" })).status).toBe(400);
    expect((await app.post(`${base}/decisions`, { ...call, reason: "Rare." })).status).toBe(303);
    const still = (await queue()).filter(({ sentence }) => sentence.includes(undecided));
    expect(still.map(({ causeId }) => causeId)).not.toContain(String(largest));
    expect(await made()).toMatch(/Accept until 1 Mar 2027 by local user Rare\. Too early: under 8 weeks/);
  });

  test("asks about an accepted risk that is due, and it may be accepted again", async () => {
    const { db } = app.services.database;
    const risk = {
      call: "accept",
      calledOn: "2026-03-01",
      reviewOn: "2026-11-01",
      reason: "Rare.",
      actor,
    } as const;
    await callCause(db, app.workspace.id, 2, risk);
    expect((await queue()).map(({ sentence }) => sentence).join()).toContain("was accepted until 1 Nov 2026");
    expect(await made()).toMatch(
      /Accept until 1 Nov 2026 by Ann Rare\. (Rate since: [\d.]+ \(|\d+ cases? in)/,
    );
    await app.post(`${base}/decisions`, {
      decide: "call",
      cause: "2",
      call: "accept",
      until: "2027-05-01",
      reason: "Still rare.",
    });
    expect((await queue()).map(({ sentence }) => sentence).join()).not.toContain("was accepted until");
  });

  test("asks about an overdue fix, which may go on until another day or be dropped", async () => {
    const { db } = app.services.database;
    const key = { workspaceId: app.workspace.id };
    const fixId = await openDraft(3, "A new form", "2026-05-01");
    const other = await openDraft(3, "A new letter", "2026-05-01");
    expect((await queue()).filter(({ sentence }) => sentence.includes("was due on 1 May 2026"))).toHaveLength(
      2,
    );
    const due = { decide: "due", fix: String(fixId), due_on: "2026-01-01", reason: "Late." };
    expect((await app.post(`${base}/decisions`, due)).status).toBe(400);
    expect((await app.post(`${base}/decisions`, { ...due, due_on: "2027-01-01" })).status).toBe(303);
    expect(await findSecondFix(db, key.workspaceId, fixId)).toMatchObject({
      due_on: "2027-01-01",
      title: "A new form",
      cost_minor: 100,
    });
    const drop = { decide: "drop", fix: String(other), reason: "No use." };
    expect((await app.post(`${base}/decisions`, drop)).status).toBe(303);
    expect(await findSecondFix(db, key.workspaceId, other)).toMatchObject({
      state: "dropped",
      dropped_because: "No use.",
    });
    expect((await app.post(`${base}/decisions`, drop)).status).toBe(409);
    expect((await queue()).filter(({ sentence }) => sentence.includes("was due"))).toEqual([]);
    const changes = await app.services.database.db
      .selectFrom("audit_events")
      .select("after")
      .where("workspace_id", "=", app.workspace.id)
      .where("action", "=", "second_fix.change")
      .execute();
    expect(changes).toEqual([{ after: { due_on: "2027-01-01", reason: "Late." } }]);
  });

  test("asks about a fix that does not work until somebody calls again, and scores the call to fix by it", async () => {
    const { db } = app.services.database;
    const workspaceId = app.workspace.id;
    await callCause(db, workspaceId, 4, {
      call: "fix",
      calledOn: "2026-03-01",
      reviewOn: null,
      reason: "Often.",
      actor,
    });
    const fixId = await openDraft(4, "A talk with the carrier", "2026-04-01");
    await moveFix(
      db,
      { workspaceId, fixId, actor },
      { to: "implemented", from: "2026-03-20", till: "2026-03-20", baseline: null },
    );
    expect(await made()).toContain("“A talk with the carrier” followed: under observation, no verdict yet.");
    await overrideVerdict(
      db,
      { workspaceId, fixId },
      {
        verdict: "not_effective",
        on: "2026-11-20",
        reason: "As many as before.",
        actor,
      },
    );
    const asked = (await queue()).filter(({ sentence }) => sentence.includes("A talk with the carrier"));
    expect(asked.map(({ sentence }) => sentence)).toEqual([expect.stringContaining("is not working")]);
    expect(await made()).toContain("followed: not effective (a person&#x27;s word)");
    const call = { decide: "call", cause: "4", call: "watch", reason: "Until spring." };
    expect((await app.post(`${base}/decisions`, call)).status).toBe(303);
    expect((await queue()).map(({ sentence }) => sentence).join()).not.toContain("carrier");
  });

  test("asks again about a training once another answer is recommended than when it was decided", async () => {
    const cause = (await queue()).find(({ href }) => href.includes("/staff/"))!.causeId!;
    const isAsked = async () => (await queue()).some(({ href }) => href.endsWith(`/staff/${cause}`));
    await app.post(`${base}/decisions`, {
      decide: "training",
      cause,
      answer: "neither",
      reason: "Too few.",
    });
    expect(await isAsked()).toBe(false);
    const unit = { decide: "training", cause, answer: "unit", reason: "All of them." };
    await app.post(`${base}/decisions`, unit);
    const scored = (title: string) =>
      new RegExp(`neither [^.]*by local user Too few|All of them\\. ${title}`, "g");
    expect((await made()).match(scored("No second fix followed yet"))).toHaveLength(2);
    await openDraft(Number(cause), "An hour for all", "2027-05-01");
    expect((await made()).match(scored("The second fix “An hour for all” followed"))).toHaveLength(2);
    expect(await made()).toMatch(
      /Whom to train: neither \(recommended: [^)]*\) by local user Too few\. Too early/,
    );
    await decideTraining(app.services.database.db, app.workspace.id, {
      causeId: Number(cause),
      answer: "unit",
      evidence: {
        from: "2024-01-01",
        to: "2026-01-01",
        found: { answer: "unit", units: [], everywhereAlike: false, cases: 9, named: 9 },
      },
      reason: "As it was.",
      actor,
      decidedOn: "2026-11-21",
    });
    expect(await isAsked()).toBe(true);
    expect(await app.page(`${base}/decisions`)).toContain("the recommendation has changed since");
  });

  test("is the summary's list too: at most five there, in the same order, and how many there are in all", async () => {
    for (let i = 0; i < 6; i++) await openDraft(6, `Draft ${i}`, "2026-05-01");
    const all = await queue();
    expect(all.length).toBeGreaterThan(5);
    const summary = await app.page(`${base}/summary`);
    const listed = [...summary.matchAll(/<li><a href="([^"]*)">([^<]*)<\/a><\/li>/g)].map(
      ([, href, sentence]) => [href, sentence],
    );
    const wanted = all.slice(0, 5).map(({ href, sentence }) => [href, sentence]);
    expect(listed.filter(([, sentence]) => wanted.some(([, one]) => one === sentence))).toEqual(wanted);
    expect(summary.replaceAll("<!-- -->", "")).toContain(`Decisions wanted</a>: 5 of ${all.length}`);
    expect(await app.page(`${base}/summary?quarter=2025-Q1`)).toContain(wanted[0]![1]!);
  });

  test("refuses what it does not know with a sentence, and keeps nothing", async () => {
    const before = await made();
    const answers = [
      await app.post(`${base}/decisions`, { decide: "sack", reason: "x" }),
      await app.post(`${base}/decisions`, { decide: "call", cause: "999", call: "watch", reason: "x" }),
      await app.post(`${base}/decisions`, { decide: "call", cause: "1", call: "ignore", reason: "x" }),
      await app.post(`${base}/decisions`, { decide: "training", cause: "999", answer: "unit", reason: "x" }),
      await app.post(`${base}/decisions`, { decide: "drop", fix: "999", reason: "x" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 404, 400, 404, 404]);
    expect(await made()).toBe(before);
  });
});
