import { binomialTails } from "../statistics/binomial-tails.ts";
import { holm } from "../statistics/holm.ts";
import { fewestForRate } from "../statistics/what-may-be-said.ts";

/** One agent of a unit. */
export interface AgentCounts {
  agent: string;
  /** Cases of the cause that are about this agent's work (`concerned_agent_ref`; never who answered them). */
  cases: number;
  /** Cases of any kind that the agent handled in the same time, > 0. */
  handled: number;
}

/** What the counts say of one agent beside the rest of the unit. */
export interface AgentEvidence extends AgentCounts {
  /** Cases that the agent's share of the handled volume leads to expect. */
  expected: number;
  /** P of as many cases or more, exact. */
  p: number;
  /** The same, adjusted by Holm over the agents of the unit. */
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
 * are binomial. One-sided, since a share below the expected one is nobody's fault. In the order of the input.
 * Throws for an agent without handled volume: nothing can be expected of one.
 * Source: exact binomial test (R's `binom.test`, alternative "greater"); Holm 1979. Cost: some 20 beta tails an agent.
 */
export function agentEvidence(agents: readonly AgentCounts[]): AgentEvidence[] {
  for (const { agent, handled } of agents)
    if (!(handled > 0))
      throw new RangeError(`agentEvidence: expected handled > 0 of ${agent}, got ${handled}`);
  const total = agents.reduce((sum, { cases }) => sum + cases, 0);
  const volume = agents.reduce((sum, { handled }) => sum + handled, 0);
  const ps = agents.map(({ cases, handled }) => binomialTails(cases, total, handled / volume).atLeast);
  const adjusted = holm(ps);
  return agents.map((counts, i) => {
    const share = counts.handled / volume;
    const shareAtTwice = (lookedFor * counts.handled) / (volume + (lookedFor - 1) * counts.handled);
    const needed = Math.max(fewestForRate, fewestToReject(total, share, staffAlpha / agents.length));
    return {
      ...counts,
      expected: total * share,
      p: ps[i]!,
      adjusted: adjusted[i]!,
      standsOut: adjusted[i]! <= staffAlpha && counts.cases >= fewestForRate,
      power: needed > total ? 0 : binomialTails(needed, total, shareAtTwice).atLeast,
      twiceP: binomialTails(counts.cases, total, shareAtTwice).atMost,
    };
  });
}

/** The fewest of n cases whose upper tail is <= alpha; n + 1 where not even all of them are so unlikely. */
function fewestToReject(n: number, share: number, alpha: number): number {
  let [low, high] = [0, n + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (binomialTails(middle, n, share).atLeast <= alpha) high = middle;
    else low = middle + 1;
  }
  return low;
}
