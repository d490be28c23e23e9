import type { CauseRecommendation } from "#analytics/staff/cause-recommendation.ts";
import { suppressSmallCells } from "#analytics/staff/suppress-small-cells.ts";

/** An agent as the page knows it. */
export interface LabelledAgent {
  /** "Agent A": the one with the most cases over those expected; the same on every page of the question. */
  label: string;
  /** Its place among the agents of its unit, as the recommendation has them. */
  place: number;
  /** Cases of the cause; `null`: too few to be shown, or hidden so that few ones can't be had by subtraction. */
  cases: number | null;
}

export interface LabelledUnit {
  unit: string;
  /** Those of its cases that name one of its agents; `null` as above: then no count of an agent is shown either. */
  cases: number | null;
  agents: LabelledAgent[];
}

/**
 * Letters in place of names, in an order that says no more than the table does, and counts without the small ones. The agents of a
 * unit are a line of counts with its total, and the units, with the cases of nobody in them, are one with the cause's.
 */
export function labelAgents({ units, cases }: CauseRecommendation): LabelledUnit[] {
  const totals = units.map(({ found }) => found.compared);
  const elsewhere = cases - totals.reduce((sum, total) => sum + total, 0);
  const shownTotals = units.length === 0 ? [] : suppressSmallCells([[...totals, elsewhere]]).cells[0]!;
  let next = 0;
  return units.map(({ unit, found }, index) => {
    const counts = found.agents.map((agent) => agent.cases);
    const isShown = shownTotals[index] !== null;
    const line = suppressSmallCells([counts]);
    const shown = isShown ? line.cells[0]! : counts.map(() => null);
    const ranked = found.agents
      .map(({ expected, handled }, place) => ({
        place,
        cases: shown[place] ?? null,
        ratio: shown[place] == null ? -1 : shown[place] / expected,
        handled,
      }))
      .toSorted((a, b) => b.ratio - a.ratio || b.handled - a.handled || a.place - b.place);
    return {
      unit,
      cases: isShown ? line.rowTotals[0]! : null,
      agents: ranked.map(({ place, cases: count }) => ({
        label: `Agent ${letters(next++)}`,
        place,
        cases: count,
      })),
    };
  });
}

/** 0 -> A, 25 -> Z, 26 -> AA. */
function letters(index: number): string {
  const first = Math.floor(index / 26);
  return (first === 0 ? "" : letters(first - 1)) + String.fromCharCode(65 + (index % 26));
}
