import type { CauseRecommendation } from "#analytics/staff/cause-recommendation.ts";
import { shrunkRatios } from "#analytics/staff/shrunk-ratios.ts";
import { chanceText, ratioText } from "#app/format.ts";
import { labelAgents } from "#app/staff/agent-labels.ts";
import type { TableData, TableRow } from "./table.ts";

const hidden = "hidden";

/** The agents of each unit asked, under letters; small counts are hidden, and whatever would tell them. */
export function agentsTable(
  found: CauseRecommendation,
  { csvHref, names = {} }: { csvHref: string; names?: Readonly<Record<string, string>> },
): TableData {
  return {
    name: "agents",
    caption: "Cases about the work of each agent",
    csvHref,
    note:
      "Expected: by the agent's share of all the cases that the unit handled in the same weeks. In the long run: cases over expected, drawn towards 1 the less is known, with its " +
      "95 % interval. p: the chance of so many cases or more where all are alike, adjusted by Holm over the agents of the unit and for the units asked. Seen at twice: the chance that an " +
      "agent at twice the rate of the others would stand out. Counts under 5 are hidden, and as many others as it takes that none can be had by subtraction.",
    columns: [
      { key: "agent", label: "Agent", kind: "word" },
      { key: "unit", label: "Unit", kind: "word" },
      { key: "cases", label: "Cases", kind: "count" },
      { key: "handled", label: "Handled", kind: "count" },
      { key: "expected", label: "Expected", kind: "score" },
      { key: "long_run", label: "In the long run", kind: "word" },
      { key: "ratio", label: "Ratio", kind: "score", csvOnly: true },
      { key: "ratio_low", label: "Ratio, low", kind: "score", csvOnly: true },
      { key: "ratio_high", label: "Ratio, high", kind: "score", csvOnly: true },
      { key: "p", label: "p", kind: "word" },
      { key: "stands_out", label: "Stands out", kind: "word" },
      { key: "power", label: "Seen at twice", kind: "share" },
    ],
    rows: labelAgents(found).flatMap((unit, index) => {
      const { agents } = found.units[index]!.found;
      const ratios = shrunkRatios(agents);
      return unit.agents.map(({ label, place, cases }): TableRow => {
        const agent = agents[place]!;
        const ratio = cases === null ? null : ratios[place]!;
        return {
          cells: {
            agent: names[label] ?? label,
            unit: unit.unit,
            cases,
            handled: agent.handled,
            expected: unit.cases === null ? null : agent.expected,
            long_run: ratio === null ? hidden : ratioText(ratio.ratio, ratio.interval),
            ratio: ratio?.ratio ?? null,
            ratio_low: ratio?.interval.low ?? null,
            ratio_high: ratio?.interval.high ?? null,
            p: ratio === null ? hidden : chanceText(agent.adjusted),
            stands_out: ratio === null ? hidden : agent.standsOut ? "yes" : "no",
            power: unit.cases === null ? null : agent.power,
          },
        };
      });
    }),
  };
}

/** The units beside each other. */
export function unitsTable(found: CauseRecommendation, csvHref: string): TableData {
  return {
    name: "units",
    caption: "Units compared",
    csvHref,
    note:
      "Rate: cases about the work of the unit's agents over what they handled, divided by the same of the other units together, with its exact 95 % interval, widened where the others differ " +
      "among themselves. Spread: how much the agents who do not stand out differ, beyond bursts; 1 is chance alone.",
    columns: [
      { key: "unit", label: "Unit", kind: "word" },
      { key: "cases", label: "Cases", kind: "count" },
      { key: "agents", label: "Agents", kind: "count" },
      { key: "rate", label: "Rate to the others", kind: "word" },
      { key: "ratio", label: "Ratio", kind: "score", csvOnly: true },
      { key: "ratio_low", label: "Ratio, low", kind: "score", csvOnly: true },
      { key: "ratio_high", label: "Ratio, high", kind: "score", csvOnly: true },
      { key: "spread", label: "Spread of agents", kind: "score" },
      { key: "spread_p", label: "p of the spread", kind: "word" },
      { key: "bursts", label: "Bursts", kind: "score" },
    ],
    rows: labelAgents(found).map(({ unit, cases, agents }, index) => {
      const { unit: compared, dispersion, weeklyDispersion } = found.units[index]!.found;
      const ratio = cases === null ? null : (compared?.ratio ?? null);
      return {
        cells: {
          unit,
          cases,
          agents: agents.length,
          rate: ratio === null ? "not compared" : ratioText(ratio.ratio, ratio.interval),
          ratio: ratio?.ratio ?? null,
          ratio_low: ratio?.interval.low ?? null,
          ratio_high: ratio === null || ratio.interval.high === Infinity ? null : ratio.interval.high,
          spread: dispersion?.factor ?? null,
          spread_p: dispersion === null ? "unknown" : chanceText(dispersion.p),
          bursts: weeklyDispersion,
        },
      };
    }),
  };
}
