import type { Facts } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import { causeRanking, type RankedCause } from "./cause-ranking.ts";

/** What a person has said of a cause, and how sure the machine is of the category that it suggests. */
export interface CauseState {
  causeId: number;
  isNamed: boolean;
  /** The category is a person's word. */
  isConfirmed: boolean;
  /** Of the machine's suggestion, 0 to 1; `null`: it suggests none. */
  confidence: number | null;
}

/**
 * The causes whose category no person has confirmed, in the order in which a word is worth most: by the number of cases
 * times the doubt, 1 - confidence, which is 1 where nothing is suggested. Ties: as {@link causeRanking} has them.
 */
export function confirmationQueue(
  facts: Facts,
  incidence: Selection,
  states: readonly CauseState[],
): RankedCause[] {
  const stateOf = new Map(states.map((state) => [state.causeId, state]));
  const state = ({ cause }: RankedCause) => stateOf.get(cause?.causeId ?? -1);
  const doubt = (one: RankedCause) => one.cases * (1 - (state(one)?.confidence ?? 0));
  return causeRanking(facts, incidence)
    .filter((one) => one.cause !== null && state(one)?.isConfirmed !== true)
    .sort((a, b) => doubt(b) - doubt(a));
}
