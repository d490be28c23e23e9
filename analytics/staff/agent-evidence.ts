import { betaBinomialTails } from "../statistics/beta-binomial.ts";
import type { BinomialTails } from "../statistics/binomial-tails.ts";
import { holm } from "../statistics/holm.ts";
import { fewestForRate } from "../statistics/what-may-be-said.ts";

/** One agent of a unit. */
export interface AgentCounts {
  agent: string;
  /** Cases of the cause that are about this agent's work (`concerned_agent_ref`; never who answered them), by week, oldest first. */
  weeks: readonly number[];
  /** Cases of any kind that the agent handled in the same time, > 0. */
  handled: number;
}

/** What the counts say of one agent beside the rest of the unit. */
export interface AgentEvidence extends AgentCounts {
  cases: number;
  /** Cases that the agent's share of the handled volume leads to expect. */
  expected: number;
  /** P of as many cases or more. */
  p: number;
  /** The same, adjusted by Holm over the agents of the unit, and for the units asked. */
  adjusted: number;
  /** `adjusted` <= .05, and not fewer cases than may be called a rate. */
  standsOut: boolean;
  /** The chance that the agent would have stood out at twice the rate of the others; 0..1. */
  power: number;
  /** P of as few cases or fewer at twice the rate of the others: at <= .05 that rate is excluded. */
  twiceP: number;
}

export const staffAlpha = 0.05;
/** How much more often than the others an agent must err to be looked for. */
const lookedFor = 2;

/**
 * Each agent's share of the cases of a cause against the share of the handled volume: given the cases of the unit, an agent's
 * are binomial, or beta-binomial where they come in bursts. One-sided, since a share below the expected one is nobody's fault.
 * In the order of the input. Throws for an agent without handled volume: nothing can be expected of one.
 * Source: exact binomial test (R's `binom.test`, alternative "greater"), `betaBinomialTails`; Holm 1979.
 * Cost: two such distributions an agent, or some 20 beta tails.
 * @param dispersion variance over mean of an agent's count, >= 1 (`weeklyDispersion`); 1: chance alone
 * @param unitsAsked of how many units the same is asked together: they share the 5 % that may err (Bonferroni)
 */
export function agentEvidence(
  agents: readonly AgentCounts[],
  dispersion: number,
  unitsAsked = 1,
): AgentEvidence[] {
  for (const { agent, handled } of agents)
    if (!(handled > 0))
      throw new RangeError(`agentEvidence: expected handled > 0 of ${agent}, got ${handled}`);
  const total = agents.reduce((sum, agent) => sum + casesOf(agent), 0);
  const volume = agents.reduce((sum, { handled }) => sum + handled, 0);
  const fair = agents.map(({ handled }) => betaBinomialTails(total, handled / volume, dispersion));
  const ps = agents.map((agent, i) => fair[i]!(casesOf(agent)).atLeast);
  const adjusted = holm(ps).map((p) => Math.min(1, p * unitsAsked));
  const alpha = staffAlpha / agents.length / unitsAsked;
  return agents.map((agent, i) => {
    const cases = casesOf(agent);
    const shareAtTwice = (lookedFor * agent.handled) / (volume + (lookedFor - 1) * agent.handled);
    const atTwice = betaBinomialTails(total, shareAtTwice, dispersion);
    const needed = Math.max(fewestForRate, fewestToReject(total, fair[i]!, alpha));
    return {
      ...agent,
      cases,
      expected: (total * agent.handled) / volume,
      p: ps[i]!,
      adjusted: adjusted[i]!,
      standsOut: adjusted[i]! <= staffAlpha && cases >= fewestForRate,
      power: needed > total ? 0 : atTwice(needed).atLeast,
      twiceP: atTwice(cases).atMost,
    };
  });
}

/** Cases of all weeks. */
export function casesOf({ weeks }: AgentCounts): number {
  return weeks.reduce((sum, count) => sum + count, 0);
}

/** The fewest of n cases whose upper tail is <= alpha; n + 1 where not even all of them are so unlikely. */
function fewestToReject(n: number, tails: (k: number) => BinomialTails, alpha: number): number {
  let [low, high] = [0, n + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tails(middle).atLeast <= alpha) high = middle;
    else low = middle + 1;
  }
  return low;
}
