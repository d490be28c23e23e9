import { describe, expect, it } from "vitest";
import { agentEvidence } from "#analytics/staff/agent-evidence.ts";
import { funnelLimits } from "#analytics/staff/funnel-limits.ts";
import { shrunkRatios } from "#analytics/staff/shrunk-ratios.ts";
import { unitComparison } from "#analytics/staff/unit-comparison.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

interface AgentRow {
  team: number;
  cases: number;
  handled: number;
  expected: number;
  p: number;
  adjusted: number;
  power: number;
  twice_p: number;
}

const agentRows = referenceTable<AgentRow>("staff", "agents");

describe("an agent's share of the cases", () => {
  it("has the p, Holm's p, the power and the p at twice the rate that R's binom.test and dbinom give", () => {
    for (const team of [1, 2, 3]) {
      const rows = agentRows.filter((row) => row.team === team);
      const found = agentEvidence(
        rows.map(({ cases, handled }, i) => ({ agent: `agent ${i}`, weeks: [cases], handled })),
        1,
      );
      found.forEach((evidence, i) => {
        expectNear(evidence.expected, rows[i]!.expected);
        expectNear(evidence.p, rows[i]!.p);
        expectNear(evidence.adjusted, rows[i]!.adjusted);
        expectNear(evidence.power, rows[i]!.power);
        expectNear(evidence.twiceP, rows[i]!.twice_p);
      });
    }
  });

  it("is said to stand out from 5 cases on only, however unlikely fewer are", () => {
    const agents = (cases: number) => [
      { agent: "a", weeks: [cases], handled: 1 },
      { agent: "b", weeks: [3], handled: 2000 },
      { agent: "c", weeks: [3], handled: 2000 },
    ];
    expect(agentEvidence(agents(4), 1)[0]).toMatchObject({ standsOut: false });
    expect(agentEvidence(agents(4), 1)[0]!.adjusted).toBeLessThan(1e-6);
    expect(agentEvidence(agents(5), 1)[0]).toMatchObject({ standsOut: true });
  });

  it("can't be held against a volume of nothing", () => {
    expect(() => agentEvidence([{ agent: "a", weeks: [3], handled: 0 }], 1)).toThrow(
      "handled > 0 of a, got 0",
    );
  });
});

describe("funnel limits", () => {
  it("are R's qbinom, smoothed by pbinom and dbinom", () => {
    const rows = referenceTable<
      { total: number; share: number } & Record<`at_0.${"025" | "975" | "001" | "999"}`, number>
    >("staff", "funnel");
    for (const row of rows) {
      const { p95, p998 } = funnelLimits(row.total, row.share);
      expect(p95.low).toBeCloseTo(row["at_0.025"], 8);
      expect(p95.high).toBeCloseTo(row["at_0.975"], 8);
      expect(p998.low).toBeCloseTo(row["at_0.001"], 8);
      expect(p998.high).toBeCloseTo(row["at_0.999"], 8);
    }
  });
});

describe("shrunk ratios", () => {
  const rows = referenceTable<{
    team: number;
    cases: number;
    expected: number;
    ratio: number;
    low: number;
    high: number;
  }>("staff", "shrunk");

  it("are those that R computes by dnbinom, pgamma and uniroot", () => {
    for (const team of [1, 2, 3]) {
      const own = rows.filter((row) => row.team === team);
      shrunkRatios(own).forEach(({ ratio, interval }, i) => {
        expectNear(ratio, own[i]!.ratio);
        expectNear(interval.low, own[i]!.low, 1e-6);
        expectNear(interval.high, own[i]!.high, 1e-6);
      });
    }
  });

  it("lie between 1 and what was seen, nearer to 1 for who has fewer cases", () => {
    const [few, many, other] = shrunkRatios([
      { cases: 4, expected: 2 },
      { cases: 40, expected: 20 },
      { cases: 18, expected: 40 },
    ]);
    expect(few!.ratio).toBeGreaterThan(1);
    expect(few!.ratio).toBeLessThan(many!.ratio);
    expect(many!.ratio).toBeLessThan(2);
    expect(other!.ratio).toBeGreaterThan(18 / 40);
  });

  it("are narrower when every count is ten times as large, and never certain, even where all are alike", () => {
    const widthOf = (factor: number) => {
      const [first] = shrunkRatios([1, 1, 1, 1].map((c) => ({ cases: c * factor, expected: factor })));
      return first!.interval.high - first!.interval.low;
    };
    expect(widthOf(40)).toBeLessThan(widthOf(4));
    expect(widthOf(40)).toBeGreaterThan(0.1);
  });

  it("refuse an agent of whom nothing is expected", () => {
    expect(() => shrunkRatios([{ cases: 1, expected: 0 }])).toThrow("got 1 and 0");
  });
});

describe("a unit beside the others", () => {
  it("has the ratio and the interval of R's poisson.test", () => {
    const rows = referenceTable<
      Record<"cases" | "handled" | "other_cases" | "other_handled" | "ratio" | "low" | "high", number>
    >("staff", "units");
    for (const row of rows) {
      const found = unitComparison(row, [{ cases: row.other_cases, handled: row.other_handled }]);
      expectNear(found?.ratio.ratio, row.ratio);
      expectNear(found?.ratio.interval.low, row.low);
      expectNear(found?.ratio.interval.high, row.high);
      expect(found?.overdispersion).toBe(1);
    }
  });

  it("is above the others, unless they differ as much among themselves", () => {
    const unit = { cases: 60, handled: 1000 };
    const alike = [30, 31, 29].map((cases) => ({ cases, handled: 1000 }));
    const apart = [2, 62, 26].map((cases) => ({ cases, handled: 1000 }));
    expect(unitComparison(unit, alike)).toMatchObject({ isAbove: true, overdispersion: 1 });
    expect(unitComparison(unit, apart)).toMatchObject({ isAbove: false });
  });

  it("is above the others at a p that the units asked share", () => {
    const others = [30, 31, 29].map((cases) => ({ cases, handled: 1000 }));
    const unit = { cases: 48, handled: 1000 };
    expect(unitComparison(unit, others)?.ratio.p).toBeGreaterThan(0.05 / 4);
    expect([1, 4].map((asked) => unitComparison(unit, others, asked)?.isAbove)).toEqual([true, false]);
  });

  it("is above nobody where there is no other unit with a volume", () => {
    expect(unitComparison({ cases: 60, handled: 1000 }, [])).toBeNull();
    expect(unitComparison({ cases: 60, handled: 1000 }, [{ cases: 3, handled: 0 }])).toBeNull();
  });
});
