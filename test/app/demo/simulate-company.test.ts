import { describe, expect, test } from "vitest";
import type { CaseRecord } from "#analytics/case.ts";
import * as vocabulary from "#analytics/case.ts";
import { simulateCompany } from "#app/demo/simulate-company.ts";

const { company, cases, secondFixes, truth, causeOf } = simulateCompany({ asOf: "2026-11-22", seed: 1 });
const localDay = new Intl.DateTimeFormat("sv-SE", { timeZone: company.timeZone });
const dayOf = (moment: string) => (moment.length === 10 ? moment : localDay.format(new Date(moment)));
const incidenceDay = (record: CaseRecord) => dayOf(record.occurred_at ?? record.received_at ?? "");

describe("the simulated company", () => {
  test("says in its name that it is simulated", () => {
    expect(company.name).toContain("simulated");
  });

  test("has 6,000 to 10,000 cases with ids of their own, each traceable to its planted cause", () => {
    expect(cases.length).toBeGreaterThanOrEqual(6_000);
    expect(cases.length).toBeLessThanOrEqual(10_000);
    expect(new Set(cases.map((record) => record.source_case_id)).size).toBe(cases.length);
    expect([...causeOf.keys()]).toEqual(cases.map((record) => record.source_case_id));
    const keys = [...truth.causes, ...truth.rareCauses].map((cause) => cause.key);
    expect(new Set(causeOf.values())).toEqual(new Set([...keys, "one-off"]));
  });

  test("covers each of the 24 local months before the month of its clock, and nothing else", () => {
    const months = new Set(cases.map((record) => incidenceDay(record).slice(0, 7)));
    expect(months.size).toBe(24);
    expect([...months].sort().at(0)).toBe("2024-11");
    expect([...months].sort().at(-1)).toBe("2026-10");
    const everyTime = cases.flatMap((record) => vocabulary.timeFields.map((field) => record[field]));
    const days = everyTime.flatMap((moment) => (moment === null ? [] : [dayOf(moment)])).sort();
    expect(days.at(0)).toBe("2024-11-01");
    expect(days.at(-1)).toBe("2026-10-31");
  });

  test("is the same company, case by case, for the same seed and month of its clock", () => {
    const again = simulateCompany({ asOf: "2026-11-01", seed: 1 });
    expect(JSON.stringify(again.cases) === JSON.stringify(cases)).toBe(true);
    expect([...again.causeOf]).toEqual([...causeOf]);
  }, 20_000);

  test("is another company for another seed", () => {
    const other = simulateCompany({ asOf: "2026-11-22", seed: 2 });
    expect(other.cases.length).not.toBe(cases.length);
    expect(other.cases[0]?.narrative).not.toBe(cases[0]?.narrative);
  });

  test("moves its window by a month with its clock", () => {
    const later = simulateCompany({ asOf: "2026-12-03", seed: 1 });
    const days = later.cases.map(incidenceDay).sort();
    expect(days.at(0)).toBe("2024-12-01");
    expect(days.at(-1)).toBe("2026-11-30");
    expect(later.secondFixes[0]?.implementedOn).toBe("2025-12-16");
    expect(secondFixes[0]?.implementedOn).toBe("2025-11-16");
  });

  test("refuses a clock or a seed that it cannot read, with what it got and expected", () => {
    expect(() => simulateCompany({ asOf: "22.11.2026", seed: 1 })).toThrow(
      'asOf: got "22.11.2026", expected a calendar day like 2026-11-22',
    );
    expect(() => simulateCompany({ asOf: "2026-02-30", seed: 1 })).toThrow('got "2026-02-30"');
    expect(() => simulateCompany({ asOf: "2026-11-22", seed: 0.5 })).toThrow(
      "seed: got 0.5, expected a whole number",
    );
  });

  test("has at least a dozen recurring causes over all categories, and rare ones of 2 to 6 cases", () => {
    expect(truth.causes.length).toBeGreaterThanOrEqual(12);
    expect(new Set(truth.causes.map((cause) => cause.category))).toEqual(new Set(vocabulary.categories));
    for (const cause of truth.rareCauses) {
      expect([...causeOf.values()].filter((key) => key === cause.key)).toHaveLength(cause.cases);
    }
  });

  test("implemented its fixes 5 to 13 months before the end, after they were opened", () => {
    expect(secondFixes.map((fix) => fix.causeKey)).toEqual(truth.fixes.map((fix) => fix.causeKey));
    const wanted = Map.groupBy(truth.fixes, (fix) => fix.wantedVerdict);
    expect([...wanted].map(([verdict, fixes]) => [verdict, fixes.length])).toEqual([
      ["effective", 3],
      ["not_effective", 2],
      ["harmful", 1],
    ]);
    for (const fix of secondFixes) {
      expect(fix.openedOn < fix.implementedOn).toBe(true);
      expect(fix.implementedOn >= "2025-10-01" && fix.implementedOn <= "2026-06-01").toBe(true);
      expect(fix.hopedCut).toBeGreaterThan(0);
    }
  });
});

describe("every case", () => {
  test("has only legal values, and all fields of the vocabulary", () => {
    expect(cases.flatMap(illegalWords)).toEqual([]);
    expect(cases.flatMap(illegalNumbers)).toEqual([]);
    const fields = Object.keys(vocabulary.emptyCase("demo", "")).sort().join();
    expect(cases.filter((record) => Object.keys(record).sort().join() !== fields)).toEqual([]);
    expect(cases.filter((record) => !/^C-\d{6}$/.test(record.customer_ref ?? "C-000000"))).toEqual([]);
  });

  test("has its times in order", () => {
    expect(cases.flatMap(outOfOrder)).toEqual([]);
  });

  test("knows nothing of a result while it is open", () => {
    const open = cases.filter((record) => record.status === "open");
    for (const record of open) {
      const { resolved_at, closed_at, outcome, remedy_types, finding, csat_score, resolution_note } = record;
      expect([resolved_at, closed_at, outcome, remedy_types, finding, csat_score, resolution_note]).toEqual(
        Array(7).fill(null),
      );
    }
    expect(cases.every((record) => record.status === "open" || record.resolved_at !== null)).toBe(true);
  });

  test("says who parted exactly where the relationship ended", () => {
    for (const record of cases) expect(record.parted_by !== null).toBe(record.outcome === "parted");
  });
});

describe("the handling", () => {
  test("leaves 1 to 4 per cent open, all received in the last four months", () => {
    const open = cases.filter((record) => record.status === "open");
    expect(open.length / cases.length).toBeGreaterThan(0.01);
    expect(open.length / cases.length).toBeLessThan(0.04);
    expect(open.map(incidenceDay).sort().at(0)?.slice(0, 7)).toMatch(/^2026-(07|08|09|10)$/);
  });

  test("resolves half of the cases within about two days, and a tail after weeks", () => {
    const days = cases.flatMap(({ received_at, resolved_at }) =>
      received_at && resolved_at ? [(Date.parse(resolved_at) - Date.parse(received_at)) / 86_400_000] : [],
    );
    days.sort((a, b) => a - b);
    expect(days[Math.floor(days.length / 2)]).toBeGreaterThan(1.5);
    expect(days[Math.floor(days.length / 2)]).toBeLessThan(3);
    expect(days[Math.floor(days.length * 0.95)]).toBeGreaterThan(14);
  });

  test("answers and resolves in business hours of the local zone, summer and winter", () => {
    const clock = new Intl.DateTimeFormat("en-GB", {
      timeZone: company.timeZone,
      weekday: "short",
      hour: "2-digit",
    });
    const resolvedAt = cases.flatMap(({ resolved_at }) =>
      resolved_at ? [clock.format(new Date(resolved_at))] : [],
    );
    const inHours = resolvedAt.filter((at) => !at.startsWith("Sun") && /(08|09|1\d|20)$/.test(at));
    expect(inHours.length / resolvedAt.length).toBeGreaterThan(0.97);
  });

  test("reopens some cases after their resolution", () => {
    const reopened = cases.filter((record) => record.reopen_count === 1);
    expect(reopened.length / cases.length).toBeGreaterThan(0.02);
    expect(reopened.length / cases.length).toBeLessThan(0.09);
    expect(reopened.every((record) => record.reopened_at !== null)).toBe(true);
  });

  test("leaves gaps as real help desks do, a third of the customers answering the survey", () => {
    const known = (field: keyof CaseRecord) =>
      cases.filter((record) => record[field] !== null).length / cases.length;
    expect(known("csat_score")).toBeGreaterThan(0.3);
    expect(known("csat_score")).toBeLessThan(0.4);
    expect(known("narrative")).toBeGreaterThan(0.9);
    expect(known("narrative")).toBeLessThan(0.97);
    expect(known("occurred_at")).toBeLessThan(0.7);
    expect(cases.some((record) => record.occurred_at?.length === 10)).toBe(true);
  });
});

function illegalWords(record: CaseRecord): unknown[] {
  const lists = [
    [record.source_system, ["demo"]],
    [record.compensation_currency, ["EUR"]],
    [record.csat_score, [1, 2, 3, 4, 5]],
    [record.status, vocabulary.statuses],
    [record.outcome, vocabulary.outcomes],
    [record.finding, vocabulary.findings],
    [record.severity, vocabulary.severities],
    [record.apology_visibility, vocabulary.apologyVisibilities],
    [record.parted_by, vocabulary.partedByValues],
    ...(record.remedy_types ?? []).map((type) => [type, vocabulary.remedyTypes] as const),
  ] as const;
  const illegal = lists.filter(([word, legal]) => word !== null && !legal.some((one) => one === word));
  const { remedy_types: types } = record;
  const mixesNone = types !== null && types.includes("none") !== (types.length === 1 && types[0] === "none");
  const empty = [...vocabulary.textFields, ...vocabulary.nameFields].filter((field) => record[field] === "");
  return [...illegal, ...(mixesNone ? [types] : []), ...empty];
}

function illegalNumbers(record: CaseRecord): string[] {
  return [...vocabulary.countFields, "compensation_minor" as const].filter((field) => {
    const value = record[field];
    return value !== null && !(Number.isInteger(value) && value >= 0);
  });
}

/** Pairs of times that stand in the wrong order; a day without a time is compared as a local day. */
function outOfOrder(record: CaseRecord): string[] {
  const chains = [
    ["occurred_at", "received_at", "acknowledged_at", "first_response_at", "escalated_at", "resolved_at"],
    ["first_response_at", "moved_private_at", "resolved_at", "resolution_communicated_at", "closed_at"],
    ["promised_at", "occurred_at"],
    ["promised_at", "received_at"],
    ["resolved_at", "reopened_at", "closed_at"],
  ] as const;
  return chains.flatMap((chain) => {
    const known = chain.filter((field) => record[field] !== null);
    return known.slice(1).flatMap((field, index) => {
      const [before, after] = [record[known[index] ?? field] ?? "", record[field] ?? ""];
      const byDay = before.length === 10 || after.length === 10;
      const ordered = byDay ? dayOf(before) <= dayOf(after) : before <= after;
      return ordered ? [] : [`${known[index]} ${before} > ${field} ${after}`];
    });
  });
}
