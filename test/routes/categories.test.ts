import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultCategoryWords } from "#analytics/causes/category-words.ts";
import { simulateCompany } from "#app/demo/simulate-company.ts";
import { analyse } from "#app/server/analyse.ts";
import { loadAssignment } from "#db/queries/analysis.ts";
import { findCause } from "#db/queries/causes.ts";
import { loadConfirmedCategories } from "#db/queries/confirmed-categories.ts";
import { findWorkspace } from "#db/workspaces.ts";
import { asOf, loadCases, openTestApp, type TestApp } from "#test/support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ nth: 16 });
});
afterAll(() => app.close());

const causePage = (causeId: number) => `${app.workspace.base}/causes/${causeId}`;
const findOne = (causeId: number) => findCause(app.services.database.db, app.workspace.id, causeId);

async function published(): Promise<{ runId: number; assigned: Map<string, number> }> {
  const { db } = app.services.database;
  const runId = (await findWorkspace(db, app.workspace.name))?.current_run_id ?? 0;
  return { runId, assigned: await loadAssignment(db, app.workspace.id, runId) };
}

async function findCausesAgain(): Promise<void> {
  const { db } = app.services.database;
  const workspace = await findWorkspace(db, app.workspace.name);
  if (workspace === undefined) throw new Error("The test's workspace is gone.");
  await analyse(db, workspace);
}

describe("the queue of categories to confirm", () => {
  const queue = () => `${app.workspace.base}/causes/confirm`;
  const askedIn = (html: string) =>
    Number(/name="cause" value="(\d+)"\/><div class="button-row"/.exec(html)?.[1]);

  test("asks for one cause after the other, keeps the answer, and takes it back", async () => {
    const first = askedIn(await app.page(queue()));
    const machines = await findOne(first);
    const answer = await app.post(queue(), { cause: String(first), category: "process" });
    expect(answer.status).toBe(303);
    expect(await findOne(first)).toMatchObject({ category: "process", category_source: "person" });
    const next = await app.page(answer.headers.get("location") ?? "");
    expect(next).toContain("is kept as process");
    expect(askedIn(next)).not.toBe(first);
    await app.post(queue(), { cause: String(first), kind: "undo" });
    expect(await findOne(first)).toEqual(machines);
    expect(askedIn(await app.page(queue()))).toBe(first);
    expect((await app.post(queue(), { cause: String(first), kind: "undo" })).status).toBe(404);
  });

  test("shows the exemplar and what made the suggestion, and asks first what the causes page asks first", async () => {
    const html = await app.page(queue());
    const cause = await findOne(askedIn(html));
    expect(html).toContain("The case that says it best");
    expect(html).toMatch(/The machine suggests (no category|\w+.*% sure) \(/);
    const causes = await app.page(`${app.workspace.base}/causes?period=all`);
    const list = causes.slice(causes.indexOf("Say first what kind these are"));
    expect(/causes\/(\d+)\?/.exec(list)?.[1]).toBe(String(cause?.cause_id));
  });

  test("passes over what is left open, and says so when nothing else is left", async () => {
    const first = askedIn(await app.page(queue()));
    const second = askedIn(await app.page(`${queue()}?later=${first}`));
    expect(second).not.toBe(first);
    const { facts } = await app.snapshot();
    const all = facts.causes.flatMap((cause) => (cause === undefined ? [] : [`later=${cause.causeId}`]));
    expect(await app.page(`${queue()}?${all.join("&")}`)).toContain("No other cause is left");
  });

  test("“none of these” keeps the cause unclassified by a person's word; what is no category is refused", async () => {
    const first = askedIn(await app.page(queue()));
    await app.post(queue(), { cause: String(first), category: "none" });
    expect(await findOne(first)).toMatchObject({ category: null, category_source: "person" });
    await app.post(queue(), { cause: String(first), kind: "undo" });
    for (const category of ["", "people"])
      expect((await app.post(queue(), { cause: String(first), category })).status).toBe(400);
    expect((await app.post(queue(), { cause: "999", category: "process" })).status).toBe(404);
    expect((await app.post(queue(), { cause: "x", category: "process" })).status).toBe(400);
  });
});

describe("a confirmed category", () => {
  test("labels the cases of its cause as pages show it: after merges, moves and what is set aside", async () => {
    const { db } = app.services.database;
    const { assigned } = await published();
    const casesOf = (causeId: number) =>
      [...assigned].flatMap(([id, cause]) => (cause === causeId ? [id] : []));
    const confirmed = async () => loadConfirmedCategories(db, app.workspace.id, assigned);
    expect(await confirmed()).toEqual(new Map());
    await app.post(causePage(1), { kind: "set_category", category: "product" });
    expect([...(await confirmed()).keys()].sort()).toEqual(casesOf(1).sort());
    await app.post(causePage(1), { kind: "merge", other: "2" });
    expect((await confirmed()).size).toBe(casesOf(1).length + casesOf(2).length);
    await app.post(causePage(1), { kind: "undo_merge", other: "2" });
    const [moved = ""] = casesOf(1);
    await app.post(`${app.workspace.base}/cases/${moved}`, { kind: "move", cause: "none" });
    expect((await confirmed()).has(moved)).toBe(false);
    await app.post(`${app.workspace.base}/cases/${moved}`, { kind: "undo_move" });
    await app.post(causePage(1), { kind: "not_a_cause" });
    expect(await confirmed()).toEqual(new Map());
    await app.post(causePage(1), { kind: "not_a_cause", undo: "yes" });
    await app.post(causePage(1), { kind: "undo_category" });
    expect(await findOne(1)).toMatchObject({ category_source: "machine" });
    expect((await app.post(causePage(1), { kind: "undo_category" })).status).toBe(404);
  });

  test("is never overwritten by what a later run suggests, and that run goes by the workspace's own words", async () => {
    await app.post(causePage(2), { kind: "set_category", category: "staff_training" });
    const words = `${app.workspace.base}/causes/category-words`;
    await app.post(words, { kind: "save", product: "zyxw", process: "", staff_training: "" });
    await findCausesAgain();
    expect(await findOne(2)).toMatchObject({ category: "staff_training", category_source: "person" });
    const { runId } = await published();
    const said = () =>
      app.services.database.db
        .selectFrom("clusters")
        .select(["cause_id", "category"])
        .where("run_id", "=", runId)
        .where("category", "is not", null)
        .execute();
    expect(await said()).toEqual([]); // nobody writes “zyxw”, and one confirmed cause is too few to learn from
    await app.post(words, { kind: "defaults" });
  });

  test("teaches the next run: it suggests for the others by what the confirmed ones have in common", async () => {
    const { services } = app;
    const { db } = services.database;
    const name = "Eight reasons";
    const [sketch] = simulateCompany({ asOf, seed: 1 }).cases;
    if (sketch === undefined) throw new Error("The simulated company has no case.");
    const reasons = [
      ...["red", "blue", "green", "grey"].map((colour) => `Fabric thins in sunshine, ${colour}`),
      ...["north", "south", "east", "west"].map((place) => `Counter greeting and manner, ${place}`),
    ];
    const cases = reasons.flatMap((contactReason, i) =>
      Array.from({ length: 10 }, (_, j) => ({
        ...sketch,
        source_case_id: `${i}-${j}`,
        title: null,
        narrative: null,
        contact_reason: contactReason,
        product: null,
        channel: null,
      })),
    );
    await loadCases(services, name, { cases });
    const workspace = await findWorkspace(db, name);
    if (workspace === undefined) throw new Error("The test's workspace is gone.");
    const open = /(grey|west)$/;
    const causes = () =>
      db.selectFrom("causes").selectAll().where("workspace_id", "=", workspace.id).orderBy("label").execute();
    for (const { cause_id: id, label } of await causes())
      if (!open.test(label))
        await app.post(`/w/${encodeURIComponent(name)}/causes/${id}`, {
          kind: "set_category",
          category: label.startsWith("Fabric") ? "product" : "staff_training",
        });
    expect((await causes()).filter(({ category }) => category === null)).toHaveLength(2);
    await analyse(db, workspace);
    const taught = (await causes()).filter(({ label }) => open.test(label));
    expect(taught).toMatchObject([
      { label: "Counter greeting and manner, west", category: "staff_training", category_source: "machine" },
      { label: "Fabric thins in sunshine, grey", category: "product", category_source: "machine" },
    ]);
    expect(taught[1]?.category_reason).toMatch(
      /^learned from 6 confirmed causes \(.* right\): .*(fabric|thins|sunshine)/,
    );
    expect(taught[1]?.category_confidence).toBeLessThanOrEqual(7 / 8);
  });
});

describe("the words of the categories", () => {
  const page = () => `${app.workspace.base}/causes/category-words`;
  const lists = { product: "broken leaking", process: "late", staff_training: "rude" };

  test("are the product's until a person changes them, and can be brought back", async () => {
    expect(await app.page(page())).toContain("the lists that the product brings");
    expect((await app.post(page(), { kind: "save", ...lists })).headers.get("location")).toContain("?saved");
    expect(await app.page(`${page()}?saved`)).toContain("The next run that finds causes");
    expect(await app.page(page())).toContain("broken\nleaking</textarea>");
    await app.post(page(), { kind: "defaults" });
    expect(await app.page(page())).toContain(defaultCategoryWords.product.slice(0, 3).join("\n"));
    const events = await app.services.database.db
      .selectFrom("audit_events")
      .select(["after"])
      .where("action", "=", "category_words.change")
      .orderBy("event_id", "desc")
      .limit(2)
      .execute();
    expect(events).toMatchObject([{ after: null }, { after: { product: ["broken", "leaking"] } }]);
  });

  test("are refused in a sentence above what was written, and nothing is kept", async () => {
    const answer = await app.post(page(), { kind: "save", ...lists, product: "broken late" });
    expect(answer.status).toBe(400);
    const html = await answer.text();
    expect(html).toContain("“late” stands under product and process");
    expect(html).toContain("broken late</textarea>");
    expect(await app.page(page())).toContain("the lists that the product brings");
    expect((await app.post(page(), { kind: "burn" })).status).toBe(400);
  });
});
