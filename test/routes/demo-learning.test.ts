import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAuditEvents } from "#db/queries/audit.ts";
import { listRetrospectives } from "#db/queries/retrospectives.ts";
import { listSecondFixes } from "#db/queries/second-fixes.ts";
import { openDemoApp, type TestApp } from "#test/support/app.ts";
import { mainText, tablesOf } from "./html-tables.ts";

let app: TestApp;
let base: string;
beforeAll(async () => {
  app = await openDemoApp();
  ({ base } = app.workspace);
});
afterAll(() => app.close());

/** The cause that a planted fix is of. */
async function causeOfFix(of: TestApp, title: RegExp): Promise<number> {
  const fixes = await listSecondFixes(of.services.database.db, of.workspace.id);
  return fixes.find((fix) => title.test(fix.title))!.cause_id;
}
const refundFix = /^Refund at the first scan/;
const kettleFix = /^A leaflet on filling/;

/** Of a share such as "53 of 70 resolved cases were handled as it says". */
function keptIn(text: string): { kept: number; of: number } {
  const [, kept = "", of = ""] =
    /([\d,]+) of ([\d,]+) resolved cases were handled as it says \(\d/.exec(text) ?? [];
  return { kept: Number(kept.replace(",", "")), of: Number(of.replace(",", "")) };
}

describe("the demo's playbooks", () => {
  test.each([
    [refundFix, "Version 2, in force since 8 Mar 2026"],
    [kettleFix, "Version 1, in force since 21 Dec 2025"],
  ])("are kept in some of the cases since, and not in all: %s", async (fix, version) => {
    const text = mainText(await app.page(`${base}/causes/${await causeOfFix(app, fix)}`));
    expect(text).toContain(version);
    const { kept, of } = keptIn(text);
    expect(of).toBeGreaterThan(100);
    expect(kept / of).toBeGreaterThan(0.2);
    expect(kept / of).toBeLessThan(0.9);
  });

  test("say on their page when they were written, and the first version was kept otherwise", async () => {
    const html = await app.page(`${base}/causes/${await causeOfFix(app, refundFix)}/playbook`);
    const text = mainText(html);
    for (const said of ["1 Mar 2026", "14 Sep 2025", "Head of Customer Service", "€100.00", "€60.00"])
      expect(text, said).toContain(said);
    expect(text).not.toContain("No case that is loaded has the team");
    for (const version of [1, 2]) {
      const { rows } = tablesOf(html).get(`Kept by rule, version ${version}`)!;
      expect(rows.at(-1)!.cells.join(" ")).toMatch(/^All rules together .*\d+ of \d+/);
      expect(rows.at(-1)!.cells.join(" ")).not.toMatch(/\b(100|0)% /);
    }
  });
});

describe("the demo's retrospectives", () => {
  test("are listed, one in each state, with the factors that two of them share", async () => {
    const html = await app.page(`${base}/retrospectives`);
    const text = mainText(html);
    for (const title of [
      "Exchanged kettles leak like the first ones",
      "A promised call that the next shift could not see",
      "The new voucher field refuses more codes than the old one",
    ])
      expect(text).toContain(title);
    expect(text).toContain("3 of 3 retrospectives");
    const [factors] = [...tablesOf(html).values()].filter(({ rows }) =>
      rows.some(({ cells }) => cells[0] === "Success was assumed, not measured"),
    );
    expect(factors!.rows.map(({ cells: [factor, count] }) => [factor, count?.[0]]).slice(0, 3)).toEqual([
      ["Nobody owned the whole way", "2"],
      ["Success was assumed, not measured", "2"],
      ["A promise is not a task in the system", "1"],
    ]);
  });

  test("came back a year ago on the page of the kettle's cause, and on no other one", async () => {
    const kettle = await causeOfFix(app, kettleFix);
    const text = mainText(await app.page(`${base}/causes/${kettle}`));
    expect(text).toContain("A year ago this came back");
    expect(text).toContain("published on 16 Nov 2025");
    const other = await causeOfFix(app, /^A new field for vouchers/);
    const draft = mainText(await app.page(`${base}/causes/${other}`));
    expect(draft).toContain("The new voucher field refuses more codes");
    expect(draft).not.toContain("A year ago this came back");
  });

  test.each([1, 2, 3])("number %i is complete, and its action is the second fix of its cause", async (id) => {
    const text = mainText(await app.page(`${base}/retrospectives/${id}`));
    expect(text).not.toContain("Not written yet");
    expect(text).not.toMatch(/\bAG-\d/);
    const fixes = [
      "A leaflet on filling and closing the kettle",
      "Courtesy course for all advisers",
      "A new field for vouchers in the checkout",
    ];
    expect(text).toContain(`${fixes[id - 1]} – second fix, implemented`);
  });

  test("were written, reviewed and published on the days of the simulation, each with its event", async () => {
    const { db } = app.services.database;
    const events = await listAuditEvents(db, app.workspace.id, [{ type: "retrospective", id: "1" }]);
    expect(events.map(({ action, actor, at }) => [action, actor, at.slice(0, 10)])).toEqual([
      ["retrospective.publish", "Quality Engineer", "2025-11-16"],
      ["retrospective.review", "Head of Customer Service", "2025-11-09"],
      ["retrospective.create", "Quality Engineer", "2025-11-02"],
    ]);
    const lines = await listRetrospectives(db, app.workspace.id, { text: null, state: null, factor: null });
    expect(lines.map(({ id, changed }) => [id, changed.at.slice(0, 10)])).toEqual([
      [3, "2026-10-18"],
      [2, "2026-09-27"],
      [1, "2025-11-16"],
    ]);
  });

  test("are files whose names say that they are simulated", async () => {
    const file = await app.request(`${base}/retrospectives/1/retrospective.md`);
    expect(file.headers.get("content-disposition")).toContain('"fixtwice_demo_simulated_retrospective_1.md"');
  });
});

describe("as known on an earlier day", () => {
  let early: TestApp;
  beforeAll(async () => {
    early = await openDemoApp("2025-10-27");
  });
  afterAll(() => early.close());

  test("there is no retrospective, no later version, and no playbook that was written later", async () => {
    expect(mainText(await early.page(`${base}/retrospectives`))).toContain("No retrospective is written yet");
    const kettle = await causeOfFix(early, kettleFix);
    const text = mainText(await early.page(`${base}/causes/${kettle}`));
    expect(text).not.toContain("A year ago this came back");
    expect(text).toContain("Nobody has written down yet how these cases are to be handled.");
    const versions = await early.services.database.db
      .selectFrom("playbooks")
      .select(["version", "in_force_from", "made_at"])
      .execute();
    expect(versions).toEqual([
      { version: 1, in_force_from: "2025-09-21", made_at: "2025-09-14T13:00:00.000Z" },
    ]);
  });
});
