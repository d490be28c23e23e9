import type { Category } from "../case.ts";
import type { AgentCounts } from "./agent-evidence.ts";
import type { StaffQuestion } from "./recommendation.ts";

/** A case of a cause, as far as it matters whose work it is about. */
export interface ConcernedCase {
  /** From 0. */
  week: number;
  /** The unit that the case came to; `null`: not known. */
  unit: string | null;
  /** Whose work it is about; `null`: the case names nobody. */
  agent: string | null;
  /** A product or a process cause contributes to it. */
  contributing: { product: boolean; process: boolean };
}

/** Cases of any kind that an agent handled in a unit in a week. */
export interface HandledCases {
  unit: string | null;
  agent: string;
  week: number;
  cases: number;
}

/** What is asked of one unit. */
export interface UnitQuestion {
  unit: string;
  question: StaffQuestion;
}

/**
 * The question of training in every unit: an agent belongs to the unit where most of its cases were handled, and a case to the
 * unit of the agent it is about, else to the one it came to. Units in the order of their names, agents as well; cases without a
 * unit are left out. Cost: one pass over the cases, and over the handled ones.
 * @param weeks of the time looked at
 */
export function unitQuestions(
  category: Category | null,
  cases: readonly ConcernedCase[],
  handled: readonly HandledCases[],
  weeks: number,
): UnitQuestion[] {
  const homes = homesOf(handled);
  const unitOf = ({ agent, unit }: ConcernedCase) => (agent === null ? unit : (homes.get(agent) ?? unit));
  const casesOfUnit = Map.groupBy(cases, unitOf);
  const handledBy = Map.groupBy(handled, ({ agent }) => agent);
  const agentsOfUnit = Map.groupBy([...homes.keys()].toSorted(byName), (agent) => homes.get(agent));
  const units = new Set([...homes.values(), ...casesOfUnit.keys()]);
  const questions = [...units]
    .filter((unit) => unit !== null)
    .toSorted(byName)
    .map((unit) => {
      const own = casesOfUnit.get(unit) ?? [];
      const homely = agentsOfUnit.get(unit) ?? [];
      const byAgent = Map.groupBy(own, ({ agent }) => agent);
      const strangers = [...byAgent.keys()].filter(
        (agent) => agent !== null && !homes.has(agent),
      ) as string[]; // without null
      return {
        unit,
        agents: [...homely, ...strangers.toSorted(byName)].map(
          (agent): AgentCounts => ({
            agent,
            weeks: byWeek(byAgent.get(agent) ?? [], weeks),
            handled: sum(handledBy.get(agent) ?? []),
          }),
        ),
        volume: byWeek(
          homely.flatMap((agent) => handledBy.get(agent) ?? []),
          weeks,
        ),
        withoutAgent: byAgent.get(null)?.length ?? 0,
        contributing: {
          product: own.filter(({ contributing }) => contributing.product).length,
          process: own.filter(({ contributing }) => contributing.process).length,
        },
      };
    });
  const compared = questions.map(({ unit, agents }) => {
    const comparable = agents.filter((agent) => agent.handled > 0);
    return {
      unit,
      cases: comparable.reduce((all, agent) => all + agent.weeks.reduce((a, b) => a + b, 0), 0),
      handled: comparable.reduce((all, agent) => all + agent.handled, 0),
    };
  });
  return questions.map(({ unit, ...question }) => ({
    unit,
    question: {
      ...question,
      category,
      otherUnits: compared.filter((other) => other.unit !== unit && other.handled > 0),
    },
  }));
}

/** Where each agent handled most; of equals the first by name. */
function homesOf(handled: readonly HandledCases[]): Map<string, string> {
  const homes = new Map<string, string>();
  for (const [agent, own] of Map.groupBy(handled, (one) => one.agent)) {
    const units = [...Map.groupBy(own, ({ unit }) => unit)].flatMap(([unit, some]) =>
      unit === null ? [] : [{ unit, cases: sum(some) }],
    );
    const [home] = units.toSorted((a, b) => b.cases - a.cases || byName(a.unit, b.unit));
    if (home !== undefined) homes.set(agent, home.unit);
  }
  return homes;
}

function byWeek(some: readonly { week: number; cases?: number }[], weeks: number): number[] {
  const counts = Array.from({ length: weeks }, () => 0);
  for (const { week, cases = 1 } of some) counts[week]! += cases;
  return counts;
}

function sum(some: readonly HandledCases[]): number {
  return some.reduce((all, { cases }) => all + cases, 0);
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
