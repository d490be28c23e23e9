import { describe, expect, test } from "vitest";
import { emptyCase } from "#analytics/case.ts";
import { formatDay, parseDay } from "#analytics/period.ts";
import { datedLearning } from "#app/demo/dated-learning.ts";
import { knownUntil } from "#app/demo/known-until.ts";
import { simulateCompany } from "#app/demo/simulate-company.ts";
import { contentProblem, tidyContent } from "#app/retrospectives/content.ts";
import { isYearAgo } from "#app/retrospectives/year-ago.ts";

const company = simulateCompany({ asOf: "2026-11-22", seed: 1 });
const { cases, causeOf, playbooks, retrospectives, secondFixes, truth } = company;

describe("the playbooks of the simulated company", () => {
  test("are of two causes: one version a day, each written before it was in force", () => {
    const versions = Map.groupBy(playbooks, ({ causeKey }) => causeKey);
    expect([...versions].map(([key, { length }]) => [key, length])).toEqual([
      ["refund-waits", 2],
      ["kettle-lid-leak", 1],
    ]);
    for (const { writtenOn, inForceFrom } of playbooks) expect(writtenOn < inForceFrom).toBe(true);
  });

  test("have a second version that was written when the second fix was in place, and says why", () => {
    const fix = secondFixes.find(({ causeKey }) => causeKey === "refund-waits")!;
    const [first, second] = playbooks.filter(({ causeKey }) => causeKey === "refund-waits");
    expect(first!.inForceFrom < fix.implementedOn).toBe(true);
    expect(second!.writtenOn > fix.implementedOn).toBe(true);
    expect([first!.reason, second!.reason]).toEqual([null, expect.stringContaining("at the first scan")]);
  });

  test("name teams of the cases, and leave something that may not be offered", () => {
    const teams = new Set(cases.map(({ team }) => team));
    for (const { helpers, offers } of playbooks) {
      expect(helpers.filter((helper) => !teams.has(helper))).toEqual([]);
      expect(offers).not.toContain("none");
      expect(offers).not.toContain("policy_change");
    }
  });
});

describe("the retrospectives of the simulated company", () => {
  test("are one in each state, written, reviewed and published on days of that order", () => {
    const days = retrospectives.map(({ written, reviewed, published }) =>
      [written, reviewed, published].flatMap((done) => (done === null ? [] : [done.on])),
    );
    expect(days.map(({ length }) => length)).toEqual([3, 2, 1]);
    for (const some of days) expect(some).toEqual(some.toSorted());
  });

  test("are complete and as the form keeps them, and share factors in one spelling", () => {
    for (const { title, texts, factors, whys, actions } of retrospectives) {
      const content = { title, texts, factors, whys, actions, fixIds: [] };
      expect(tidyContent(content)).toEqual(content);
      expect(contentProblem(content)).toBeNull();
      expect([whys.length, Object.keys(texts).length, actions.length > 1]).toEqual([5, 6, true]);
    }
    const factors = retrospectives.flatMap((one) => one.factors);
    expect(new Set(factors.map((factor) => factor.toLowerCase())).size).toBe(new Set(factors).size);
    const [published, reviewed] = retrospectives;
    expect(published!.factors.filter((factor) => reviewed!.factors.includes(factor))).toHaveLength(2);
  });

  test("name nobody", () => {
    const agents = new Set(cases.map(({ handled_by_ref: agent }) => agent).filter((agent) => agent !== null));
    const words = JSON.stringify(truth.retrospectives);
    expect(agents.size).toBeGreaterThan(20);
    expect([...agents].filter((agent) => words.includes(agent))).toEqual([]);
  });

  test("are of causes with a second fix that was decided before they were written", () => {
    for (const { causeKey, written } of retrospectives) {
      const fix = truth.fixes.findIndex((one) => one.causeKey === causeKey);
      expect(secondFixes[fix]!.openedOn < written.on, causeKey).toBe(true);
    }
  });

  test("tell of a cause that had come back a year ago and does so still: its fix changes nothing", () => {
    const [{ causeKey, published } = undefined!] = retrospectives;
    expect(truth.fixes.find((fix) => fix.causeKey === causeKey)!.trueRateRatio).toBe(1);
    expect(isYearAgo(`${published!.on}T14:00:00Z`, parseDay("2026-11-22")!, "Europe/Berlin")).toBe(true);
  });

  test.each(["2026-11-01", "2026-11-30", "2027-03-01", "2027-03-31", "2028-02-29", "2027-08-31"])(
    "were published a year ago also by the clock of %s",
    (asOf) => {
      const { on } = simulateCompany({ asOf, seed: 1 }).retrospectives[0]!.published!;
      expect(isYearAgo(`${on}T14:00:00Z`, parseDay(asOf)!, "Europe/Berlin")).toBe(true);
    },
    20_000,
  );

  test("are of a case of the cause that was closed by then, and passed on as it says", () => {
    const { sourceCaseId, causeKey, written } = retrospectives.find((one) => one.sourceCaseId !== null)!;
    const record = cases.find((one) => one.source_case_id === sourceCaseId)!;
    expect(causeOf.get(record.source_case_id)).toBe(causeKey);
    expect(record.closed_at! < written.on).toBe(true);
    expect(record.transfer_count).toBeGreaterThan(2);
  });
});

test("a retrospective is of the first case that was passed on most often, of those that came in lately and were closed by then", () => {
  const of = (id: string, received: string, closed: string | null, transfers: number) => ({
    ...emptyCase("demo", id),
    received_at: `${received}T09:00:00Z`,
    closed_at: closed && `${closed}T09:00:00Z`,
    transfer_count: transfers,
  });
  const some = [
    of("long ago", "2026-03-01", "2026-03-09", 9),
    of("passed on less", "2026-08-01", "2026-08-09", 2),
    of("the one", "2026-08-02", "2026-08-09", 3),
    of("as often, but later", "2026-08-03", "2026-08-09", 3),
    of("closed later", "2026-08-04", "2026-10-09", 9),
    of("open", "2026-08-05", null, 9),
  ];
  const ofCause = new Map(some.map((record) => [record.source_case_id, "handover-loses-callback"]));
  const day = (weeks: number) => formatDay(parseDay("2026-11-01")! - weeks * 7);
  const { retrospectives: dated } = datedLearning(truth, { cases: some, causeOf: ofCause }, day);
  expect(dated.map(({ sourceCaseId }) => sourceCaseId)).toEqual([null, "the one", null]);
});

describe("as known on an earlier day", () => {
  const statesOn = (day: string) =>
    knownUntil(company, day).retrospectives.map(({ reviewed, published }) =>
      published !== null ? "published" : reviewed !== null ? "reviewed" : "draft",
    );

  test("a playbook is there from the day after it was written, in force or not", () => {
    const versionsOn = (day: string) =>
      knownUntil(company, day).playbooks.map(({ inForceFrom }) => inForceFrom);
    expect(versionsOn("2025-09-14")).toEqual([]);
    expect(versionsOn("2025-09-15")).toEqual(["2025-09-21"]);
    expect(versionsOn("2026-03-01")).toEqual(["2025-09-21", "2025-12-21"]);
    expect(versionsOn("2026-03-02")).toEqual(["2025-09-21", "2026-03-08", "2025-12-21"]);
  });

  test("a retrospective is what had been made of it by then", () => {
    expect(statesOn("2025-11-02")).toEqual([]);
    expect(statesOn("2025-11-03")).toEqual(["draft"]);
    expect(statesOn("2025-11-10")).toEqual(["reviewed"]);
    expect(statesOn("2025-11-17")).toEqual(["published"]);
    expect(statesOn("2026-09-21")).toEqual(["published", "draft"]);
    expect(statesOn("2026-11-01")).toEqual(["published", "reviewed", "draft"]);
  });
});
