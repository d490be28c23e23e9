import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatDay, parseDay } from "#analytics/period.ts";
import type { RecordedJudgement } from "#analytics/second-fix/recorded-judgement.ts";
import { plantedTruth } from "#app/demo/planted-truth.ts";
import { loadCalls } from "#db/queries/cause-calls.ts";
import { createExposureSeries } from "#db/queries/exposure.ts";
import { listVerdicts, saveVerdicts, standingVerdicts } from "#db/queries/fix-verdicts.ts";
import { findSecondFix, listSecondFixes, type SecondFix } from "#db/queries/second-fixes.ts";
import { openDemoApp, type TestApp } from "#test/support/app.ts";
import { mainText } from "./html-tables.ts";

let app: TestApp;
let base: string;
beforeAll(async () => {
  app = await openDemoApp();
  ({ base } = app.workspace);
});
afterAll(() => app.close());

const today = "2026-11-22";
const newFix = {
  kind: "process",
  title: "Ask twice",
  description: "Each call-back is read out before the shift ends.",
  owner: "Ann",
  due: "2026-12-06",
  target: "40",
  washIn: "14",
};

async function textOf(path: string): Promise<string> {
  return mainText(await app.page(path));
}

async function verdictsOf(fixId: number) {
  return standingVerdicts(await listVerdicts(app.services.database.db, app.workspace.id), fixId);
}

async function fixOf(fixId: number): Promise<SecondFix> {
  return (await findSecondFix(app.services.database.db, app.workspace.id, fixId))!;
}

async function fixTitled(title: string): Promise<SecondFix> {
  const fixes = await listSecondFixes(app.services.database.db, app.workspace.id);
  return fixes.find((fix) => fix.title === title)!;
}

/** The number of the planted fix of a cause. */
async function planted(causeKey: string): Promise<number> {
  const { title } = plantedTruth.fixes.find((fix) => fix.causeKey === causeKey)!;
  return (await fixTitled(title)).fix_id;
}

/** A cause that has no call and no fix. */
async function freeCause(): Promise<number> {
  const { facts } = await app.snapshot();
  const { db } = app.services.database;
  const fixes = await listSecondFixes(db, app.workspace.id);
  const taken = new Set([
    ...(await loadCalls(db, app.workspace.id)).keys(),
    ...fixes.map((fix) => fix.root_cause_id),
  ]);
  return facts.causes.find((cause) => cause !== undefined && !taken.has(cause.causeId))!.causeId;
}

/** Opens a draft by the form; its number. */
async function open(fields: Record<string, string>): Promise<number> {
  const response = await app.post(`${base}/fixes/new`, { ...newFix, ...fields });
  expect(response.status, await response.clone().text()).toBe(303);
  return Number(/fixes\/(\d+)$/.exec(response.headers.get("location") ?? "")?.[1]);
}

async function step(
  fixId: number,
  fields: Record<string, string>,
): Promise<{ status: number; text: string }> {
  const response = await app.post(`${base}/fixes/${fixId}`, fields);
  const body = await response.text();
  return { status: response.status, text: body.includes("<main") ? mainText(body) : body };
}

describe("the second fixes of the simulated company", () => {
  test("have their true verdicts by the product's own path, and harm is called at the check", async () => {
    for (const { causeKey, wantedVerdict } of plantedTruth.fixes) {
      const { measured } = await verdictsOf(await planted(causeKey));
      expect([causeKey, measured?.verdict, measured?.look]).toEqual([
        causeKey,
        wantedVerdict,
        wantedVerdict === "harmful" ? "check" : "window_end",
      ]);
    }
  });

  test("say their verdict with the counts of both sides, the interval, and what it is compared with", async () => {
    const page = await textOf(`${base}/fixes/${await planted("flatpack-missing-parts")}`);
    expect(page).toContain("Effective: since the fix the cases fell, by the 50% that was wanted or more");
    expect(page).toMatch(
      /\d+ cases in 24 weeks since the fix, \d+ cases in the \d+ weeks before that count\./,
    );
    expect(page).toMatch(
      /Since the fix \d+% fewer cases a week than before \(95% interval: \d+–\d+% fewer\)\./,
    );
    expect(page).toContain("Volume is taken out by the causes without a second fix");
    expect(page).toMatch(/Of all cases, a cause is known of \S+ before, \S+ since\./);
    expect(page).not.toMatch(/because of the fix/i);
  });

  test("have the weeks of their chart in a table and in a CSV, the same rows", async () => {
    const fixId = await planted("voucher-rejected");
    const csv = await app.request(`${base}/fixes/${fixId}/weeks.csv`);
    const rows: Record<string, string>[] = parse(await csv.text(), { bom: true, columns: true });
    const { judgement } = (await verdictsOf(fixId)).measured!;
    const { before, after } = judgement as RecordedJudgement; // that of a look
    // None after the window: the verdict has not counted them, and the pages count by another rule.
    expect(rows.map((row) => Number(row["cases"]))).toEqual([...before.counts, ...after.counts]);
    expect(rows.some((row) => row["signal"] === "outside the limits (high)")).toBe(true);
    const html = await app.page(`${base}/fixes/${fixId}`);
    expect(html.match(/<tr>/g)!.length).toBe(1 + rows.length);
  });
});

describe("the weeks after a verdict's window", () => {
  test("are told beside the verdict's own weeks as the pages count those, which is another rule", async () => {
    const fixId = await planted("flatpack-missing-parts");
    const { root_cause_id: causeId } = await fixOf(fixId);
    const { judgement } = (await verdictsOf(fixId)).measured!;
    const { windows, check } = judgement as RecordedJudgement; // that of a look
    const published = async ({ start, end }: { start: number; end: number }) => {
      const period = `period=${formatDay(start)}..${formatDay(end - 1)}`;
      const csv = await (await app.request(`${base}/cases.csv?cause=${causeId}&${period}`)).text();
      return (7 * parse(csv, { bom: true, columns: true }).length) / (end - start);
    };
    const weeks = 24; // up to 31 October, the last day of the data
    const later = { start: check.windowEnd, end: check.windowEnd + 7 * weeks };
    const text = await textOf(`${base}/fixes/${fixId}`);
    const said =
      /the weeks of the verdict have (\S+) a week before and (\S+) since, (\S+) in the (\d+) whole weeks after the window/.exec(
        text,
      );
    expect(said?.slice(2)).toEqual([
      (await published(windows.after)).toFixed(1),
      (await published(later)).toFixed(1),
      String(weeks),
    ]);
  });
});

describe("a call on a cause", () => {
  test("needs a reason, and a day to come where a risk is accepted; what was typed is kept", async () => {
    const causeId = await freeCause();
    const call = (fields: Record<string, string>) =>
      app.post(`${base}/causes/${causeId}`, { kind: "call", ...fields });
    const refusals: [fields: Record<string, string>, sentence: string][] = [
      [{ call: "shrug", reason: "x" }, "The call is “shrug”. Expected one of fix, watch, accept."],
      [{ call: "watch", reason: " " }, "The reason is empty."],
      [{ call: "accept", reason: "Too dear", until: "" }, "until “”. Expected a date like 2027-03-31."],
      [{ call: "accept", reason: "Too dear", until: today }, "Expected a day after today, 22 Nov 2026."],
    ];
    for (const [fields, sentence] of refusals) {
      const response = await call(fields);
      expect(response.status).toBe(422);
      const html = await response.text();
      expect(mainText(html)).toContain(sentence);
      if (fields.reason === "Too dear") expect(html).toContain('value="Too dear"');
    }
    expect((await loadCalls(app.services.database.db, app.workspace.id)).has(causeId)).toBe(false);
  });

  test("is shown with who made it and why, and the latest holds", async () => {
    const causeId = await freeCause();
    const path = `${base}/causes/${causeId}`;
    await app.post(path, { kind: "call", call: "accept", reason: "Too dear", until: "2027-03-31" });
    expect(await textOf(path)).toContain("The risk is accepted until 31 Mar 2027. Too dear");
    await app.post(path, { kind: "call", call: "fix", reason: "Now it is worth it" });
    const page = await app.page(path);
    expect(mainText(page)).toContain("The call is to fix it. Now it is worth it");
    expect(mainText(page)).toContain("local user, on 22 Nov 2026");
    expect(page).toContain(`/fixes/new?cause=${causeId}`);
  });
});

describe("opening a second fix", () => {
  test("shows what the check could tell before anything is saved, and keeps all that was typed", async () => {
    const cause = String(await freeCause());
    const before = (await listSecondFixes(app.services.database.db, app.workspace.id)).length;
    const html = await app.page(`${base}/fixes/new?${new URLSearchParams({ cause, ...newFix })}`);
    const text = mainText(html);
    expect(text).toMatch(/Compared with \d+ weeks and \d+ cases before/);
    expect(text).toMatch(/Without a fix about [\d.]+ cases a week are to be expected/);
    expect(text).toMatch(/With these volumes we can know on \d+ \w+ 202\d|cannot be known within 104 weeks/);
    expect(text).toMatch(/Not a single case in 168 days would show that there are at most 0\.018 a day/);
    expect(html).toContain('value="Ask twice"');
    const longer = mainText(
      await app.page(`${base}/fixes/new?${new URLSearchParams({ cause, ...newFix, target: "2" })}`),
    );
    expect(longer).toContain("With these volumes a cut of 2.0% cannot be known within 104 weeks");
    expect(await listSecondFixes(app.services.database.db, app.workspace.id)).toHaveLength(before);
  });

  test("answers bad input with what was got and what was expected, and loses nothing", async () => {
    const cause = String(await freeCause());
    const bad: [fields: Record<string, string>, sentence: string][] = [
      [{ title: "" }, "The title is empty."],
      [{ kind: "magic" }, "The kind “magic” is not known. Expected one of documentation,"],
      [{ due: "6.12.2026" }, "is “6.12.2026”. Expected a date like 2026-12-15."],
      [{ cost: "much", currency: "EUR" }, "The cost is “much”. Expected an amount such as 1500 or 1500.50."],
      [{ cost: "100" }, "The cost has no currency. Expected a code of three letters, such as EUR."],
      [{ ticket: "javascript:alert(1)" }, "Expected an address that begins with https:// or http://."],
      [{ target: "0" }, "The target cut is “0”. Expected a share between 0 and 100 %, such as 50."],
      [{ washIn: "two" }, "The wash-in is “two”. Expected a whole number of days from 0 to 365."],
      [{ expected: "2026-11-01" }, "before the call to fix this cause. Expected 22 Nov 2026 or a later day."],
      [{ checkOn: "2026-12-10" }, "before the wash-in ends. Expected 20 Dec 2026 or a later day"],
      [{ windowEnd: "2027-01-01" }, "before the check date. Expected 7 Mar 2027 or a later day."],
      [{ owner: "x".repeat(101) }, "The owner has 101 characters. Expected at most 100."],
    ];
    for (const [fields, sentence] of bad) {
      const response = await app.post(`${base}/fixes/new?cause=${cause}`, { cause, ...newFix, ...fields });
      const html = await response.text();
      expect([sentence, response.status]).toEqual([sentence, 422]);
      expect(mainText(html)).toContain(sentence);
      expect(html).toContain(newFix.description);
      const [[name, value] = ["", ""]] = Object.entries(fields);
      if (name !== "kind" && value !== "") expect(html).toContain(`name="${name}" value="${value}"`);
    }
    expect((await app.post(`${base}/fixes/new`, { ...newFix, cause: "999999" })).status).toBe(404);
    expect((await app.post(`${base}/fixes/new`, newFix)).status).toBe(400);
  });

  test("saves a draft with its check, and makes the call with it where there is none", async () => {
    const causeId = await freeCause();
    const fixId = await open({ cause: String(causeId), cost: "1,500.50", currency: "eur" });
    expect(await fixOf(fixId)).toMatchObject({
      state: "draft",
      cause_id: causeId,
      opened_on: today,
      due_on: "2026-12-06",
      cost_minor: 150_050,
      cost_currency: "EUR",
      target_cut: 0.4,
      check_on: "2027-03-07",
      window_end: "2027-06-06",
    });
    const call = (await loadCalls(app.services.database.db, app.workspace.id)).get(causeId);
    expect(call).toMatchObject({ call: "fix", called_on: today });
    expect(await textOf(`${base}/causes/${causeId}`)).toContain("Ask twice – process, Ann");
  });
});

test("a check may count cases against an exposure series, of all or of one product, and against no other", async () => {
  const { db } = app.services.database;
  const start = parseDay("2024-11-01")!;
  const days = Array.from({ length: 731 }, (_, i) => ({
    scopeValue: "",
    day: formatDay(start + i),
    value: 900,
  }));
  const series = { name: "Orders", unit: "orders", scope: "all", actor: "Ann", days } as const;
  const { seriesId } = (await createExposureSeries(db, app.workspace.id, series))!;
  const cause = String(await freeCause());
  const wrong = await app.post(`${base}/fixes/new?cause=${cause}`, { ...newFix, cause, exposure: "77" });
  expect(mainText(await wrong.text())).toContain("There is no exposure series “77”.");
  const fixId = await open({ cause, title: "Counted by orders", exposure: String(seriesId) });
  expect(await fixOf(fixId)).toMatchObject({ exposure_id: seriesId, metric: "cases_per_exposure" });
  const page = await textOf(`${base}/fixes/${fixId}`);
  expect(page).toContain("Volume is taken out by the exposure series of the check");
  expect(page).toMatch(/Compared with 104 weeks and \d+ cases before/);
  const sofas = {
    ...series,
    name: "Sales",
    scope: "product",
    days: days.map((day) => ({ ...day, scopeValue: "Sofa" })),
  } as const;
  const sold = (await createExposureSeries(db, app.workspace.id, sofas))!.seriesId;
  const ofProduct = await open({ cause, title: "Counted by sofas", exposure: `${sold}:Sofa` });
  expect(await fixOf(ofProduct)).toMatchObject({ exposure_id: sold, exposure_scope: "Sofa" });
  expect(await textOf(`${base}/fixes/${ofProduct}`)).toContain("Sales, Sofa (orders)");
  const bare = await app.post(`${base}/fixes/new?cause=${cause}`, {
    ...newFix,
    cause,
    exposure: String(sold),
  });
  expect(mainText(await bare.text())).toContain(`There is no exposure series “${sold}”.`);
});

describe("a second fix on its way", () => {
  let fixId: number;
  beforeAll(async () => {
    fixId = await open({ cause: String(await freeCause()), title: "On its way", owner: "" });
  });

  test("is planned with an owner only", async () => {
    const refused = await step(fixId, { step: "planned" });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("this one has not an owner.");
    expect((await step(fixId, { step: "change", ...newFix, title: "On its way" })).status).toBe(303);
    expect((await step(fixId, { step: "planned" })).status).toBe(303);
    expect(await textOf(`${base}/fixes/${fixId}`)).toMatch(/Stage\s*Planned/);
  });

  test("is put in place on days that are in order, else a sentence says which to mend", async () => {
    const wrong: [from: string, till: string, sentence: string][] = [
      ["", "", "The day of the fix is “”."],
      ["2026-11-21", "", "the call to fix this cause is of 22 Nov 2026. Mend the day of the fix."],
      ["2026-11-22", "2026-11-21", "is before the first, 22 Nov 2026. Mend one of them."],
      ["2026-11-22", "2026-11-23", "23 Nov 2026 is still to come."],
    ];
    for (const [from, till, sentence] of wrong) {
      const refused = await step(fixId, { step: "implemented", from, till });
      expect(refused.status).toBe(422);
      expect(refused.text).toContain(sentence);
    }
    await step(fixId, {
      step: "change",
      ...newFix,
      title: "On its way",
      washIn: "100",
      checkOn: "2027-03-20",
    });
    expect((await fixOf(fixId)).state).toBe("planned");
  });

  test("has a check that is immutable once it is in place, and gives no verdict before its date", async () => {
    expect((await step(fixId, { step: "implemented", from: today, till: "" })).status).toBe(303);
    await app.services.analysis.idle();
    const before = await fixOf(fixId);
    expect(before).toMatchObject({ state: "implemented", implemented_on: today, implemented_to: today });
    expect(parseDay(before.baseline_to!)).toBeLessThanOrEqual(parseDay(today)!);
    const refused = await step(fixId, { step: "change", ...newFix, target: "10" });
    expect([refused.status, refused.text.includes("immutable")]).toEqual([409, true]);
    const { target: _, washIn: __, ...said } = newFix;
    expect((await step(fixId, { step: "change", ...said, title: "In place" })).status).toBe(303);
    expect(await fixOf(fixId)).toEqual({ ...before, title: "In place" });
    const page = await app.page(`${base}/fixes/${fixId}`);
    expect(mainText(page)).toContain("No verdict is due");
    expect(page).not.toContain('name="target"');
    expect((await verdictsOf(fixId)).verdict).toBeNull();
    expect((await step(fixId, { step: "dropped", reason: "late" })).status).toBe(409);
  });

  test("is dropped with a reason, and stays as it is then", async () => {
    const other = await open({ cause: String(await freeCause()), title: "To be dropped" });
    expect((await step(other, { step: "dropped", reason: "" })).text).toContain("The reason is empty.");
    expect((await step(other, { step: "dropped", reason: "Too dear" })).status).toBe(303);
    expect(await textOf(`${base}/fixes/${other}`)).toMatch(/Dropped because\s*Too dear/);
    expect((await step(other, { step: "planned" })).status).toBe(409);
    expect((await step(other, { step: "dance" })).status).toBe(400);
    expect((await step(99_999, { step: "planned" })).status).toBe(404);
  });
});

describe("a verdict", () => {
  test("that is past its check date and before its window's end is too early, harm aside", async () => {
    const { db } = app.services.database;
    const id = await open({ cause: String(await freeCause()), title: "Too early" });
    await db
      .updateTable("second_fixes")
      .set({
        state: "implemented",
        opened_on: "2026-05-01",
        implemented_on: "2026-06-01",
        implemented_to: "2026-06-01",
      })
      .where("workspace_id", "=", app.workspace.id)
      .where("fix_id", "=", id)
      .execute();
    await db
      .updateTable("effectiveness_checks")
      .set({ check_on: "2026-09-01", window_end: "2026-12-01" })
      .where("workspace_id", "=", app.workspace.id)
      .where("fix_id", "=", id)
      .execute();
    await app.services.analysis.request(app.workspace.name);
    await app.services.analysis.idle();
    expect((await verdictsOf(id)).verdict).toBeNull();
    const page = await textOf(`${base}/fixes/${id}`);
    expect(page).toContain("It is too early for a verdict.");
    expect(page).toContain("The check date, 1 Sep 2026, is past, and harm was not seen.");
    expect(page).toMatch(/So far: \d+ cases? in \d+ weeks since the wash-in/);
  });

  test("of a person stands beside the statistics' one, with who, when and why, and can be withdrawn", async () => {
    const fixId = await planted("kettle-lid-leak");
    expect((await step(fixId, { step: "override", verdict: "harmful", reason: "" })).status).toBe(422);
    expect((await step(fixId, { step: "override", verdict: "regressed", reason: "x" })).status).toBe(422);
    await step(fixId, { step: "override", verdict: "effective", reason: "We counted it ourselves" });
    const both = await textOf(`${base}/fixes/${fixId}`);
    expect(both).toContain("A person says: effective");
    expect(both).toContain("We counted it ourselves");
    expect(both).toContain("local user, on 22 Nov 2026");
    expect(both).toContain("Not effective: since the fix the cases did not fall by the 50% that was wanted");
    expect(both).toContain("Kept, and not the verdict that holds now.");
    expect((await verdictsOf(fixId)).verdict).toBe("effective");
    expect((await step(fixId, { step: "withdraw" })).status).toBe(303);
    await app.services.analysis.idle();
    expect((await verdictsOf(fixId)).verdict).toBe("not_effective");
    expect(await textOf(`${base}/fixes/${fixId}`)).toContain(
      "The word of a person, “effective” of 22 Nov 2026 (We counted it ourselves), was taken back",
    );
    expect((await step(fixId, { step: "withdraw" })).status).toBe(409);
  });

  test("of a cause that came back reopens the fix, and says so where it is listed", async () => {
    const fixId = await planted("app-hides-cancel");
    const on = parseDay("2026-09-20")!;
    const judgement = { on, since: { start: on - 70, end: on }, cases: 60, expected: 21.5, falseAlarm: 0.04 };
    const { measured } = await verdictsOf(fixId);
    await saveVerdicts(app.services.database.db, app.workspace.id, [
      {
        fixId,
        verdict: "regressed",
        look: "watch",
        judgedOn: "2026-09-20",
        judgement,
        methodId: measured!.method_id!,
        runId: measured!.run_id!,
      },
    ]);
    const page = await textOf(`${base}/fixes/${fixId}`);
    expect(page).toMatch(/Stage\s*Reopened/);
    expect(page).toContain("The cause came back after the fix had been verified: it is open again.");
    expect(page).toContain(
      "60 cases from 12 Jul 2026 to 19 Sep 2026, where the verified rate would have brought 21.5",
    );
    expect(page).toContain("Effective: since the fix the cases fell");
    const { root_cause_id: causeId } = await fixOf(fixId);
    expect(await textOf(`${base}/causes/${causeId}`)).toContain("Reopened: came back");
  });

  test("is taken back and reached anew when its cause is another one after the fix, and the page says why", async () => {
    const fixId = await planted("refund-waits");
    const { root_cause_id: causeId } = await fixOf(fixId);
    await app.post(`${base}/causes/${causeId}`, { kind: "rename", name: "Refunds wait" });
    await app.services.analysis.idle();
    const { measured } = await verdictsOf(fixId);
    expect(measured?.verdict).toBe("effective");
    const renamed = await textOf(`${base}/fixes/${fixId}`);
    expect(renamed).toMatch(
      /The verdict “effective” of 23 Aug 2026 was taken back on .*: The cause was renamed after the fix\. It was judged anew\./,
    );
    const other = await freeCause();
    await app.post(`${base}/causes/${causeId}`, { kind: "merge", other: String(other) });
    await app.services.analysis.idle();
    expect(await textOf(`${base}/fixes/${fixId}`)).toContain(
      "Its cause was merged with another one after the fix.",
    );
    expect((await verdictsOf(fixId)).measured).toBeDefined();
  });

  test("of fixes of one cause that overlap is one, and each page names the others", async () => {
    const first = await planted("handover-loses-callback");
    const { root_cause_id: causeId } = await fixOf(first);
    const second = await open({ cause: String(causeId), title: "A list on the wall" });
    const { db } = app.services.database;
    const { window_end: windowEnd } = await fixOf(first);
    expect(windowEnd).toBe("2026-07-26");
    expect(await textOf(`${base}/fixes/${second}`)).not.toContain("judged together with");
    await db
      .updateTable("second_fixes")
      .set({
        state: "implemented",
        implemented_on: "2026-03-01",
        implemented_to: "2026-03-01",
        opened_on: "2026-02-01",
      })
      .where("workspace_id", "=", app.workspace.id)
      .where("fix_id", "=", second)
      .execute();
    expect(await textOf(`${base}/fixes/${second}`)).toContain(
      "It is judged together with 1 other second fix of this cause, as if they were one, because their windows overlap: “Courtesy course for all advisers”.",
    );
    expect(await textOf(`${base}/fixes/${first}`)).toContain("“A list on the wall”");
  });
});
