import type { Category } from "../case.ts";
import { type Dispersion, multinomialDispersion } from "../statistics/multinomial-dispersion.ts";
import {
  type AgentCounts,
  type AgentEvidence,
  agentEvidence,
  casesOf,
  staffAlpha,
} from "./agent-evidence.ts";
import { type UnitComparison, type UnitCounts, unitComparison } from "./unit-comparison.ts";
import { weeklyDispersion } from "./weekly-dispersion.ts";

/** What is known of one cause in one unit, and in the units beside it, in the same time. */
export interface StaffQuestion {
  category: Category | null;
  agents: readonly AgentCounts[];
  /** What the unit handled in the weeks in which the agents' cases are counted. */
  volume: readonly number[];
  /** Cases of the cause in this unit that name no concerned agent. */
  withoutAgent: number;
  otherUnits: readonly UnitCounts[];
  /** Cases of the cause in this unit to which a product or a process cause contributes. */
  contributing: { product: number; process: number };
  /** Of how many units the same is asked together, this one among them: they share the 5 % that may err. 1 where left out. */
  unitsAsked?: number;
}

/** Why there is no answer, or which conditions of "unit" are not met. */
export type Doubt =
  | "agents_unknown"
  /** Too few to tell bursts of one event from a habit. */
  | "too_few_weeks"
  | "too_few_agents"
  | "many_stand_out"
  | "others_differ"
  | "too_few_cases"
  | "twice_not_excluded"
  | "no_other_unit"
  | "not_above_other_units";

export interface Recommendation {
  answer: "individual" | "unit" | "cannot_tell";
  /** Empty for an answer. */
  doubts: Doubt[];
  agents: AgentEvidence[];
  /** By how much an agent's count varies beyond chance, since cases come in bursts; `null`: it can't be told. */
  weeklyDispersion: number | null;
  /** Of the agents who do not stand out, beyond that; `null` where they are fewer than two, or have no case. */
  dispersion: Dispersion | null;
  unit: UnitComparison | null;
  /** Cases of the cause in this unit, and of these, how many name a concerned agent with a handled volume. */
  cases: number;
  compared: number;
  /** Causes of another kind that contribute, and in how many of the cases: a talk or a course does not mend those. */
  warnings: { category: "product" | "process"; cases: number }[];
}

/** Below this share of cases with a concerned agent the ones that name none could turn any answer. */
const fewestKnown = 0.8;
const enoughPower = 0.8;
const mostIndividuals = 2;

/**
 * A quiet talk, a course for the unit, or no telling which:
 *
 * - `individual`: one or two agents (fewer than half) stand out, and the rest differ by no more than chance;
 * - `unit`: nobody stands out, all differ by no more than chance, each agent would have been seen at twice the rate of the others
 *   with a power >= .8, that rate is excluded for each (one-sided, .05), and the unit is above the other units;
 * - else `cannot_tell`, with every condition that fails.
 *
 * Chance is that of the agents' own weeks: where one event brings several cases, more of them are needed (`weeklyDispersion`).
 * Excluding twice the rate for each agent keeps a false `unit` within 5 % where one is at that rate, whatever the power
 * (an intersection-union test). `null` for a cause that is not one of staff training, and where no case names
 * a concerned agent: there is nothing to recommend from.
 * Source: PRODUCT §9; Berger 1982, Technometrics 24:295-300. Cost: some 20 beta tails an agent.
 */
export function recommendation(question: StaffQuestion): Recommendation | null {
  const comparable = question.agents.filter(({ handled }) => handled > 0);
  const compared = sumOfCases(comparable);
  if (question.category !== "staff_training" || compared === 0) return null;
  const bursts = weeklyDispersion(
    comparable.map(({ weeks }) => weeks),
    question.volume,
  );
  const agents = agentEvidence(comparable, bursts ?? 1, question.unitsAsked);
  const rest = agents.filter(({ standsOut }) => !standsOut);
  const dispersion = multinomialDispersion(
    rest.map(({ cases }) => cases),
    rest.map(({ handled }) => handled),
    bursts ?? 1,
  );
  const handled = comparable.reduce((sum, agent) => sum + agent.handled, 0);
  const evidence = {
    agents,
    weeklyDispersion: bursts,
    dispersion,
    unit: unitComparison({ cases: compared, handled }, question.otherUnits, question.unitsAsked),
    cases: sumOfCases(question.agents) + question.withoutAgent,
    compared,
    warnings: (["product", "process"] as const)
      .map((category) => ({ category, cases: question.contributing[category] }))
      .filter(({ cases }) => cases > 0),
  };
  const isIndividual = rest.length < agents.length;
  const doubts = [
    ...commonDoubts(evidence),
    ...(isIndividual ? doubtsOfIndividual(agents) : doubtsOfUnit(evidence)),
  ];
  const answer = doubts.length > 0 ? "cannot_tell" : isIndividual ? "individual" : "unit";
  return { answer, doubts, ...evidence };
}

type Evidence = Omit<Recommendation, "answer" | "doubts">;

function commonDoubts({ cases, compared, dispersion, weeklyDispersion: bursts }: Evidence): Doubt[] {
  return doubtsWhere({
    agents_unknown: compared < fewestKnown * cases,
    too_few_weeks: bursts === null,
    others_differ: dispersion !== null && dispersion.p <= staffAlpha,
  });
}

function doubtsOfIndividual(agents: readonly AgentEvidence[]): Doubt[] {
  const standing = agents.filter(({ standsOut }) => standsOut).length;
  return doubtsWhere({
    too_few_agents: agents.length < 3,
    many_stand_out: standing > mostIndividuals || standing >= agents.length / 2,
  });
}

function doubtsOfUnit({ agents, unit }: Evidence): Doubt[] {
  return doubtsWhere({
    too_few_agents: agents.length < 2,
    too_few_cases: agents.some(({ power }) => power < enoughPower),
    twice_not_excluded: agents.some(({ twiceP }) => twiceP > staffAlpha),
    no_other_unit: unit === null,
    not_above_other_units: unit !== null && !unit.isAbove,
  });
}

function doubtsWhere(conditions: Partial<Record<Doubt, boolean>>): Doubt[] {
  return (Object.keys(conditions) as Doubt[]).filter((doubt) => conditions[doubt]); // the keys are those of the literals above
}

function sumOfCases(agents: readonly AgentCounts[]): number {
  return agents.reduce((sum, agent) => sum + casesOf(agent), 0);
}
