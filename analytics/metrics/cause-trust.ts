import type { Facts } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import { causeRanking, type RankedCause } from "./cause-ranking.ts";
import { type CauseState, confirmationQueue } from "./confirmation-queue.ts";

/** Causes, and the cases that they hold. */
export interface CausesAndCases {
  causes: number;
  cases: number;
}

export interface CauseTrust {
  cases: number;
  withCause: CausesAndCases;
  named: CausesAndCases;
  confirmed: CausesAndCases;
  /** Found again so seldom that their cases could as well be grouped otherwise. */
  shaky: CausesAndCases;
  /** Those about whose category a person's word is worth most: large and uncertain ones first. */
  toConfirm: RankedCause[];
}

/** Hennig 2007: clusters below are not to be trusted. */
export const leastStability = 0.6;
const mostAsked = 5;

/** How far the causes of some cases are to be trusted: all counts are whole counts, nothing is drawn by chance. */
export function causeTrust(facts: Facts, incidence: Selection, states: readonly CauseState[]): CauseTrust {
  const stateOf = new Map(states.map((state) => [state.causeId, state]));
  const ranked = causeRanking(facts, incidence).filter(({ cause }) => cause !== null);
  const state = ({ cause }: RankedCause) => stateOf.get(cause?.causeId ?? -1);
  const sum = (of: readonly RankedCause[]): CausesAndCases => ({
    causes: of.length,
    cases: of.reduce((total, { cases }) => total + cases, 0),
  });
  return {
    cases: incidence.length,
    withCause: sum(ranked),
    named: sum(ranked.filter((one) => state(one)?.isNamed === true)),
    confirmed: sum(ranked.filter((one) => state(one)?.isConfirmed === true)),
    shaky: sum(ranked.filter(({ cause }) => (cause?.stability ?? 1) < leastStability)),
    toConfirm: confirmationQueue(facts, incidence, states).slice(0, mostAsked),
  };
}
