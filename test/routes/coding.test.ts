import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cohensKappa } from "#analytics/metrics/cohens-kappa.ts";
import { kappaText } from "#app/format.ts";
import { findCaseCause } from "#db/queries/causes.ts";
import { openTestApp, type TestApp } from "#test/support/app.ts";

let app: TestApp;
let page = "";
beforeAll(async () => {
  app = await openTestApp({ nth: 16 });
  page = `${app.workspace.base}/causes/coding`;
});
afterAll(() => app.close());

const drawnCases = () =>
  app.services.database.db
    .selectFrom("coding_sample_cases")
    .selectAll()
    .where("sample_id", "=", 1)
    .orderBy("place")
    .execute();
const code = (fields: Record<string, string>) => app.post(`${page}/1`, { kind: "code", ...fields });

describe("a sample that people code blind", () => {
  test("before one is drawn, the causes page says that none is coded", async () => {
    expect(await app.page(`${app.workspace.base}/causes`)).toContain("No sample is coded yet");
    expect((await app.request(`${page}/1?coder=Ada`)).status).toBe(404);
    expect((await app.request(`${page}/1/codes.csv`)).status).toBe(404);
  });

  test("is drawn by chance with what was published of each case, and of a size that makes sense", async () => {
    for (const size of ["9", "501", "", "many"]) expect((await app.post(page, { size })).status).toBe(400);
    expect((await app.post(page, { size: "20" })).status).toBe(303);
    const cases = await drawnCases();
    expect(cases).toHaveLength(20);
    for (const { case_id: id, cause_id: cause } of cases.slice(0, 5))
      expect((await findCaseCause(app.services.database.db, app.workspace.id, id))?.cause_id ?? null).toBe(
        cause,
      );
  });

  test("shows a case without a word on what is published of it", async () => {
    const [first] = await drawnCases();
    if (first === undefined) throw new Error("Nothing was drawn.");
    const html = await app.page(`${page}/1?coder=Ada`);
    expect(html).toContain("Case 1 of 20");
    expect(html).not.toContain(`/cases/${first.case_id}`);
    expect(html).not.toMatch(/<option value="(\d+|none)" selected/);
    expect(html).not.toContain('checked=""');
  });

  test("refuses a coder without a name, a case of no sample and codes that are none", async () => {
    const [first] = await drawnCases();
    const fields = { coder: "Ada", case: first?.case_id ?? "", cause: "none", category: "process" };
    for (const wrong of [{ coder: " " }, { coder: "42" }, { cause: "" }, { cause: "999" }, { category: "" }])
      expect((await code({ ...fields, ...wrong })).status, JSON.stringify(wrong)).toBe(400);
    expect((await code({ ...fields, category: "staff" })).status).toBe(400);
    expect((await code({ ...fields, kind: "guess" })).status).toBe(400);
    expect((await code({ ...fields, case: "00000000-0000-4000-8000-000000000000" })).status).toBe(404);
    expect((await app.request(`${page}/1`)).status).toBe(400);
    expect((await app.request(`${page}/1?coder=Ada&place=21`)).status).toBe(404);
  });

  test("leads from case to case until all are coded; the page then tells the kappa of these very codes", async () => {
    const cases = await drawnCases();
    const pairs: [string, string][] = [];
    for (const [index, { case_id: id, cause_id: cause }] of cases.entries()) {
      const said = index % 4 === 0 ? "none" : String(cause ?? "none");
      pairs.push([String(cause ?? "none"), said]);
      const spelling = index % 2 === 0 ? "Ada" : "ADA ";
      const answer = await code({ coder: spelling, case: id, cause: said, category: "process" });
      expect(answer.status).toBe(303);
      expect(answer.headers.get("location")).toBe(`${new URL(page, "http://x").pathname}/1?coder=Ada`);
    }
    expect(await app.page(`${page}/1?coder=ada`)).toContain("All cases are coded");
    const kappa = cohensKappa(pairs);
    for (const path of [page, `${app.workspace.base}/causes`]) {
      const html = await app.page(path);
      expect(html).toContain("What is published and Ada: cause");
      expect(html).toContain(`kappa ${kappaText(kappa?.kappa ?? 0)} (95% interval`);
      expect(html).toContain(`the same cause in ${kappa?.agreed} of 20 cases`);
    }
  });

  test("compares two people too, and a code may be changed and taken back", async () => {
    const [first] = await drawnCases();
    const fields = { coder: "Bo", case: first?.case_id ?? "", category: "cannot_tell" };
    await code({ ...fields, cause: "none" });
    await code({ ...fields, cause: "1" });
    expect(await app.page(page)).toContain("Ada and Bo: cause");
    expect(await app.page(`${page}/1?coder=Bo&place=1`)).toContain("Take this code back");
    expect((await code({ ...fields, kind: "withdraw" })).status).toBe(303);
    expect((await code({ ...fields, kind: "withdraw" })).status).toBe(404);
    expect(await app.page(page)).not.toContain("Ada and Bo");
    const events = await app.services.database.db
      .selectFrom("audit_events")
      .select(["action", "actor", "before", "after"])
      .where("actor", "=", "Bo")
      .orderBy("event_id")
      .execute();
    expect(events).toMatchObject([
      { action: "case.code", before: null, after: { cause_id: null } },
      { action: "case.code", before: { cause_id: null }, after: { cause_id: 1 } },
      { action: "case.undo_code", before: { cause_id: 1 }, after: null },
    ]);
  });

  test("keeps what was published at the draw, whatever a person says of the causes later", async () => {
    const before = await drawnCases();
    const cause = before.find(({ cause_id: id }) => id !== null)?.cause_id ?? 0;
    await app.post(`${app.workspace.base}/causes/${cause}`, { kind: "not_a_cause" });
    expect(await drawnCases()).toEqual(before);
  });

  test("is downloaded as ids and codes, without a name or a text", async () => {
    const csv = await (await app.request(`${page}/1/codes.csv`)).text();
    const lines = csv.trimEnd().split("\r\n");
    expect(lines[0]).toBe("sample_id,run_id,place,case_id,coder,cause_id,category");
    expect(lines).toHaveLength(1 + 20 + 20);
    expect(lines.filter((line) => line.includes(",coder_1,"))).toHaveLength(20);
    expect(csv).not.toContain("Ada");
    for (const line of lines.slice(1)) expect(line).toMatch(/^1,1,\d+,[0-9a-f-]{36},\w+,\d*,\w*$/);
  });

  test("another one is drawn by another seed", async () => {
    await app.post(page, { size: "20" });
    const db = app.services.database.db;
    const second = await db
      .selectFrom("coding_sample_cases")
      .select("case_id")
      .where("sample_id", "=", 2)
      .execute();
    const ids = new Set((await drawnCases()).map(({ case_id: id }) => id));
    expect(second).toHaveLength(20);
    expect(second.filter(({ case_id: id }) => ids.has(id)).length).toBeLessThan(10);
  });
});
