import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApp, type TestApp } from "#test/support/app.ts";
import { parseCsv } from "./csv-tables.ts";

let app: TestApp;
let base: string;
let path: string;
let primary: number;
/** Two causes that the case is not in, with their names. */
let beside: [{ causeId: number; name: string }, { causeId: number; name: string }];

beforeAll(async () => {
  app = await openTestApp({ nth: 16 });
  ({ base } = app.workspace);
  const { facts } = await app.snapshot();
  const found = await app.services.database.db
    .selectFrom("case_causes")
    .select(["case_id", "cause_id"])
    .orderBy("case_id")
    .executeTakeFirstOrThrow();
  primary = found.cause_id;
  path = `${base}/cases/${found.case_id}`;
  const [one, two] = facts.causes.flatMap((cause) =>
    cause === undefined || cause.causeId === primary ? [] : [{ causeId: cause.causeId, name: cause.name }],
  );
  beside = [one!, two!];
});
afterAll(() => app.close());

const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
const say = (kind: string, cause: number | string, reason = "") =>
  app.post(path, { kind, cause: String(cause), reason });

/** The causes that the form offers. */
async function offered(): Promise<number[]> {
  const [form = ""] =
    /<form[^>]*>(?:(?!<\/form>).)*value="contribute".*?<\/form>/s.exec(await app.page(path)) ?? [];
  return [...form.matchAll(/<option value="(\d+)"/g)].map(([, value]) => Number(value));
}

/** Cases by cause, as every page counts them. */
async function counts(): Promise<Map<number | undefined, number>> {
  const { facts } = await app.snapshot();
  const byCause = Map.groupBy(facts.codes.cause, (code) => facts.causes[code]?.causeId);
  return new Map([...byCause].map(([causeId, rows]) => [causeId, rows.length]));
}

const csvOf = async () =>
  parseCsv(Buffer.from(await (await app.request(`${base}/cases.csv?period=all`)).arrayBuffer()));

describe("a cause that contributed to a case", () => {
  const reason = "The parcel was late <as well>.";

  test("is chosen from all but the primary one", async () => {
    const { facts } = await app.snapshot();
    const known = facts.causes.flatMap((cause) => (cause === undefined ? [] : [cause.causeId]));
    expect((await offered()).toSorted((a, b) => a - b)).toEqual(known.filter((id) => id !== primary));
  });

  test("is named on the page of the case, which says who did it and lists it no more", async () => {
    const [{ causeId, name }] = beside;
    expect((await say("contribute", causeId, reason)).status).toBe(303);
    const page = await app.page(path);
    expect(page).toContain(`href="${base}/causes/${causeId}">${name}</a>`);
    expect(textOf(page)).toContain("by local user: The parcel was late &lt;as well&gt;.");
    expect(textOf(page)).toMatch(
      new RegExp(`Who changed what Named a contributing cause .*Contributing cause nothing .*${causeId}`),
    );
    expect(await offered()).not.toContain(causeId);
  });

  test("says so on its own page, and no figure and no file changes", async () => {
    const [{ causeId }, other] = beside;
    expect(textOf(await app.page(`${base}/causes/${causeId}`))).toContain(
      "1 other case, of all days, names it as contributing",
    );
    expect(await app.page(`${base}/causes/${causeId}`)).toContain(`href="${path}"`);
    expect(await app.page(`${base}/causes/${other.causeId}`)).not.toContain("names it as contributing");
    const before = [await counts(), await csvOf()];
    expect((await say("undo_contribute", causeId)).status).toBe(303);
    expect(await app.page(`${base}/causes/${causeId}`)).not.toContain("names it as contributing");
    expect([await counts(), await csvOf()]).toEqual(before);
    expect((await csvOf())[0]?.join()).not.toContain("contributing");
    expect((await say("contribute", causeId)).status).toBe(303);
  });

  test("is refused with a sentence where it can't be one, and what was typed stays", async () => {
    const [{ causeId }, other] = beside;
    await app.post(`${base}/causes/${other.causeId}`, { kind: "not_a_cause" });
    const refusals: [number | string, string][] = [
      [primary, `The cause is ${primary}, which is the primary cause of this case. Expected another one.`],
      [causeId, `The cause is ${causeId}, which is named as contributing already. Expected another one.`],
      [
        other.causeId,
        `The cause is ${other.causeId}, which is set aside or not there. Expected one of the list.`,
      ],
      [999, "The cause is 999, which is set aside or not there. Expected one of the list."],
      ["two", "The cause is “two”. Expected one of the list."],
      ["", "The cause is “”. Expected one of the list."],
    ];
    for (const [cause, sentence] of refusals) {
      const refused = await say("contribute", cause, "I typed this.");
      const page = await refused.text();
      expect([cause, refused.status, textOf(page).includes(sentence)]).toEqual([cause, 422, true]);
      expect(page).toContain('value="I typed this."');
    }
    const long = await say("contribute", other.causeId, "x".repeat(501));
    expect([long.status, textOf(await long.text()).includes("The reason has 501 characters")]).toEqual([
      422,
      true,
    ]);
    await app.post(`${base}/causes/${other.causeId}`, { kind: "not_a_cause", undo: "yes" });
  });

  test("keeps the cause that was chosen where something else was wrong", async () => {
    const [, { causeId }] = beside;
    const page = await (await say("contribute", causeId, "x".repeat(501))).text();
    expect(page).toMatch(new RegExp(`<option value="${causeId}" selected`));
  });

  test("is taken back once, and not of what is no case", async () => {
    const [{ causeId }] = beside;
    expect((await say("undo_contribute", causeId)).status).toBe(303);
    expect((await say("undo_contribute", causeId)).status).toBe(404);
    expect((await say("undo_contribute", "x")).status).toBe(400);
    expect(textOf(await app.page(path))).toContain("Took a contributing cause back");
    const stranger = `${base}/cases/00000000-0000-4000-8000-000000000000`;
    expect((await app.post(stranger, { kind: "contribute", cause: String(causeId) })).status).toBe(404);
  });
});

test("the history of a case does not tell how it was coded as one of a sample", async () => {
  const { db } = app.services.database;
  const event = { workspace_id: app.workspace.id, actor: "Bo", object_type: "case", before: null };
  await db
    .insertInto("audit_events")
    .values({ ...event, object_id: path.split("/").at(-1)!, action: "case.code", after: '{"cause_id":1}' })
    .execute();
  expect(textOf(await app.page(path))).not.toContain("Coded a case");
});
