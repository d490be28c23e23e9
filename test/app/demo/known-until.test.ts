import { describe, expect, test } from "vitest";
import { knownUntil } from "#app/demo/known-until.ts";
import { simulateCompany } from "#app/demo/simulate-company.ts";

const company = simulateCompany({ asOf: "2026-11-22", seed: 1 });

describe("a company that is known until a day", () => {
  test("is the whole one at the end of its data", () => {
    const whole = knownUntil(company, "2026-11-01");
    expect(whole.cases).toEqual(company.cases);
    expect(whole.secondFixes).toEqual(company.secondFixes);
    expect(whole.causeOf).toEqual(company.causeOf);
  });

  test("has the same cases as later, as far as they were known: the planted effects stay on their days", () => {
    const early = knownUntil(company, "2025-10-27");
    const later = new Map(company.cases.map((record) => [record.source_case_id, record]));
    expect(early.cases.length).toBeGreaterThan(3_000);
    expect(early.cases).toHaveLength(
      company.cases.filter(({ received_at: at }) => at! < "2025-10-26T23:00:00Z").length, // midnight in Berlin
    );
    for (const record of early.cases) {
      const same = later.get(record.source_case_id)!;
      expect([record.narrative, record.received_at, record.product]).toEqual([
        same.narrative,
        same.received_at,
        same.product,
      ]);
    }
  });

  test("knows nothing of what came later: no time, no result of an open case, no decision", () => {
    const until = "2025-10-27";
    const { cases, secondFixes, plannedFixes, calls } = knownUntil(company, until);
    const open = cases.filter(({ status }) => status === "open");
    expect(open.length).toBeGreaterThan(20);
    for (const record of open)
      expect([record.resolved_at, record.outcome, record.remedy_types, record.csat_score]).toEqual([
        null,
        null,
        null,
        null,
      ]);
    const moments = cases.flatMap((record) => [record.received_at, record.resolved_at, record.closed_at]);
    expect(moments.filter((moment) => moment !== null && moment >= "2025-10-26T23:00:00Z")).toEqual([]);
    expect(secondFixes).toEqual([]);
    expect(plannedFixes.map(({ causeKey }) => causeKey)).toEqual([
      "flatpack-missing-parts",
      "kettle-lid-leak",
    ]);
    expect(calls).toEqual([]);
  });

  test("has a fix in place from its day on", () => {
    const on = (day: string) => knownUntil(company, day).secondFixes.map(({ causeKey }) => causeKey);
    expect(on("2025-11-16")).toEqual([]);
    expect(on("2025-11-17")).toEqual(["flatpack-missing-parts"]);
  });
});
