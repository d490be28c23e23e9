import { describe, expect, it } from "vitest";
import { caseIdAt } from "#analytics/facts/facts.ts";
import {
  adherence,
  brokenCases,
  casesOfPlaybook,
  type PricedPlaybook,
  playbookEvidence,
} from "#app/pages/playbook.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { type CaseSketch, dayOf, factsOf } from "#test/support/facts.ts";

const version: PricedPlaybook = {
  version: 1,
  from: dayOf("2026-02-01"),
  helpers: ["North"],
  highestLevel: 1,
  offers: ["apology", "refund"],
  ceilingMinor: 2000,
  currency: "GBP",
};
const inEuros: PricedPlaybook = { ...version, version: 2, from: dayOf("2026-03-01"), currency: "EUR" };
const handled = { escalationLevel: 1, paid: { minor: 500, currency: "GBP" } };

/** Of cause 7: as the playbook says unless said otherwise. */
const case7 = (resolvedOn: string | null, more: Partial<CaseSketch> = {}): CaseSketch => ({
  on: "2026-01-10",
  resolvedOn,
  causeId: 7,
  teamId: 1,
  remedyTypes: ["refund"],
  outcome: resolvedOn === null ? null : "restored",
  status: resolvedOn === null ? "open" : "resolved",
  ...more,
});

function snapshotOf(sketches: readonly CaseSketch[]): Snapshot {
  return {
    workspace: { id: 1, name: "Løse & Co", timeZone: "UTC", fiscalYearStartMonth: 1, simulated: false },
    facts: factsOf([...sketches, { on: "2026-04-30" }]),
    notes: [],
    volumeIsArtefact: false,
    outcomesArePartial: false,
    exposure: null,
  };
}

const asked = { today: dayOf("2026-11-22"), causeId: 7, versions: [version, inEuros] };
const kept = (table: { rows: { cells: Record<string, unknown> }[] }) =>
  table.rows.map(({ cells }) => [cells["rule"], cells["kept_cases"], cells["known"], cells["unknown"]]);

describe("what was kept of a playbook", () => {
  it("is asked of the resolved cases of the cause, by the version of the day of their resolution", () => {
    const snapshot = snapshotOf([
      case7("2026-01-31"), // before the first version
      case7("2026-02-01"),
      case7("2026-02-28", { teamId: 2 }),
      case7("2026-03-01"),
      case7(null),
      { ...case7("2026-02-10"), causeId: 9 },
    ]);
    const ids = casesOfPlaybook(snapshot, asked);
    expect(ids).toHaveLength(3);
    const [first, second] = adherence(snapshot, { ...asked, handling: ids.map(() => handled) });
    expect(first).toMatchObject({ version: 1, cases: 2, unknown: 0, whole: { hits: 1, n: 2 } });
    expect(second).toMatchObject({ version: 2, cases: 1 });
    expect(() => adherence(snapshot, { ...asked, handling: [] })).toThrow(
      "handling of 3 cases, got that of 0",
    );
  });

  it("holds what was paid against the ceiling in its own currency alone, and nothing is nothing in each", () => {
    const paid = (minor: number, currency: string) => ({ ...handled, paid: { minor, currency } });
    const snapshot = snapshotOf(Array.from({ length: 5 }, () => case7("2026-02-02")));
    const handling = [
      paid(2000, "GBP"),
      paid(2001, "GBP"),
      paid(100, "EUR"),
      paid(0, "EUR"),
      { ...handled, paid: null },
    ];
    const [first] = adherence(snapshot, { ...asked, handling });
    expect(kept(first!.table)).toEqual([
      ["Handled by North", 5, 5, 0],
      ["Escalated to level 1 at most", 5, 5, 0],
      ["Nothing offered but apology or refund", 5, 5, 0],
      ["£20.00 paid at most", 2, 3, 2],
      ["All rules together", 2, 3, 2],
    ]);
  });

  it("opens the cases that broke a rule, the latest resolved first, page by page", () => {
    const days = ["2026-02-05", "2026-02-03", "2026-02-04", "2026-02-06"];
    const snapshot = snapshotOf(days.map((day, i) => case7(day, { teamId: i === 3 ? 1 : 2 })));
    const wanted = {
      ...asked,
      handling: days.map(() => handled),
      version: 1,
      rule: "helper" as const,
      pageSize: 2,
    };
    const resolvedOn = (id: string) =>
      snapshot.facts.outcomeDay[
        Array.from(snapshot.facts.outcomeDay.keys()).find((row) => caseIdAt(snapshot.facts, row) === id)!
      ];
    const [first, second] = [1, 2].map((page) => brokenCases(snapshot, { ...wanted, page }));
    expect(first?.total).toBe(3);
    expect([...first!.ids, ...second!.ids].map(resolvedOn)).toEqual(
      ["2026-02-05", "2026-02-04", "2026-02-03"].map(dayOf),
    );
    expect(brokenCases(snapshot, { ...wanted, version: 9, page: 1 })).toBeNull();
  });

  it("says that a remedy goes with a better end only beyond chance, and of enough cases", () => {
    const many = (count: number, more: Partial<CaseSketch>) =>
      Array.from({ length: count }, () => case7("2026-02-02", { severity: "high", ...more }));
    const snapshot = snapshotOf([
      ...many(30, { remedyTypes: ["refund"], outcome: "restored" }),
      ...many(10, { remedyTypes: ["refund"], outcome: "disputed" }),
      ...many(15, { remedyTypes: ["apology"], outcome: "restored" }),
      ...many(25, { remedyTypes: ["apology"], outcome: "disputed" }),
      ...many(9, { remedyTypes: ["goodwill"], outcome: "restored" }),
      ...many(3, { remedyTypes: ["refund"], outcome: null }), // of unknown end: counted nowhere
    ]);
    const { effects } = playbookEvidence(snapshot, asked);
    const cellsOf = (remedy: string) => effects!.rows.find(({ cells }) => cells["remedy"] === remedy)?.cells;
    expect(cellsOf("refund")).toMatchObject({
      with_cases: 30,
      with_n: 40,
      without_cases: 24,
      without_n: 49,
      said: "more often",
    });
    expect(cellsOf("refund")?.["ratio"]).toBeCloseTo(30 / 40 / (24 / 49), 10); // one stratum: the plain ratio
    expect(cellsOf("apology")?.["said"]).toBe("less often");
    expect(cellsOf("goodwill")).toMatchObject({
      ratio: null,
      q: null,
      said: "too few to compare (under 10 on a side)",
    });
    expect(cellsOf("correction")).toBeUndefined();
    expect(playbookEvidence({ ...snapshot, outcomesArePartial: true }, asked).effects).toBeNull();
  });

  it("names the teams of the cause for the form, and the helpers that no case knows", () => {
    const snapshot = snapshotOf([
      case7("2026-02-02", { teamId: 2 }),
      case7(null, { teamId: 2 }),
      case7("2026-02-02"),
    ]);
    const misspelt = { ...version, helpers: ["North", "north"] };
    expect(playbookEvidence(snapshot, { ...asked, versions: [misspelt] })).toMatchObject({
      resolved: 2,
      teams: ["South", "North"],
      unknownTeams: ["north"],
    });
  });
});
