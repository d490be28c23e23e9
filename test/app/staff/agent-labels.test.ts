import fc from "fast-check";
import { expect, it } from "vitest";
import { causeRecommendation } from "#analytics/staff/cause-recommendation.ts";
import { labelAgents } from "#app/staff/agent-labels.ts";
import { agentsTable, unitsTable } from "#app/tables/agents-table.ts";

const weeks = 20;

/** What is recommended where the agents of each unit have so many cases, and handled 200 each. */
function found(units: readonly (readonly number[])[]) {
  const agents = units.flatMap((counts, unit) =>
    counts.map((count, i) => ({ unit: `Unit ${unit}`, agent: `AG-${unit}${i}`, count })),
  );
  return causeRecommendation(
    "staff_training",
    agents.flatMap(({ unit, agent, count }) =>
      Array.from({ length: count }, (_, i) => ({
        week: i % weeks,
        unit,
        agent,
        contributing: { product: false, process: false },
      })),
    ),
    agents.flatMap(({ unit, agent }) =>
      Array.from({ length: weeks }, (_, week) => ({ unit, agent, week, cases: 10 })),
    ),
    weeks,
  );
}

it("the letters follow the cases over those expected, and run on over the units", () => {
  const [first, second] = labelAgents(
    found([
      [6, 20, 9],
      [7, 8],
    ]),
  );
  expect(first!.agents.map(({ label, cases }) => [label, cases])).toEqual([
    ["Agent A", 20],
    ["Agent B", 9],
    ["Agent C", 6],
  ]);
  expect(second!.agents.map(({ label }) => label)).toEqual(["Agent D", "Agent E"]);
});

it("a small count is hidden with another one, and with all that would tell it", () => {
  const recommendation = found([[3, 20, 9, 7]]);
  const { rows } = agentsTable(recommendation, { csvHref: "" });
  const hidden = rows.filter(({ cells }) => cells["cases"] === null);
  expect(hidden).toHaveLength(2);
  for (const { cells } of hidden) {
    expect([cells["long_run"], cells["p"], cells["stands_out"]]).toEqual(["hidden", "hidden", "hidden"]);
    expect([cells["ratio"], cells["ratio_low"], cells["ratio_high"]]).toEqual([null, null, null]);
  }
});

it("a unit is hidden whole where it would tell how few cases are elsewhere", () => {
  const recommendation = found([
    [8, 0],
    [20, 9],
    [2, 1],
  ]);
  const [first, second] = labelAgents(recommendation);
  const { rows } = agentsTable(recommendation, { csvHref: "" });
  expect(rows.map(({ cells }) => cells["expected"])).toEqual([null, null, 14.5, 14.5]);
  expect(first).toMatchObject({ cases: null, agents: [{ cases: null }, { cases: null }] });
  expect(second).toMatchObject({ cases: 29, agents: [{ cases: 20 }, { cases: 9 }] });
});

it("no count from 1 to 4 is shown, nor told by the total of its unit or of the cause", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat(12), { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
      (units) => {
        const recommendation = found(units);
        const labelled = labelAgents(recommendation);
        for (const { cases, agents } of labelled) {
          for (const agent of agents) expect([1, 2, 3, 4]).not.toContain(agent.cases);
          const hidden = agents.filter((agent) => agent.cases === null);
          if (cases !== null) expect(hidden.length).not.toBe(1);
          if (cases === null) expect(hidden).toHaveLength(agents.length);
        }
        expect(labelled.filter(({ cases }) => cases === null).length === 1 && isWhole(recommendation)).toBe(
          false,
        );
        expect(
          JSON.stringify([agentsTable(recommendation, { csvHref: "" }), unitsTable(recommendation, "")]),
        ).not.toContain("AG-");
      },
    ),
    { seed: 1, numRuns: 200 },
  );
});

/** Whether the units that were asked have all the cases: then the total of the cause would tell a single hidden one. */
function isWhole({ units, cases }: ReturnType<typeof found>): boolean {
  return units.reduce((sum, unit) => sum + unit.found.compared, 0) === cases;
}
