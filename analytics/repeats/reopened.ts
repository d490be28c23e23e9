import type { Facts } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import { countByCode } from "../metrics/counts.ts";
import { type Share, shareOf } from "../metrics/share.ts";

/** A share with the cases that cannot tell, which are in neither of its numbers. */
export interface Reopened {
  share: Share;
  /** Cases of which it is not on record how often they were reopened. */
  unknown: number;
}

/**
 * The first of the three repeats: the same case, opened again. Of the resolved cases whose count of reopenings is known,
 * those with one or more; a case that was reopened twice counts once.
 * @param resolved cases by the day they were resolved
 * Cost: one pass.
 */
export function reopened({ reopenings }: Pick<Facts, "reopenings">, resolved: Selection): Reopened {
  const counts = countByCode(reopenings, resolved, 256);
  const [unknown, never] = [counts[0]!, counts[1]!]; // the column is 1 + their number
  const known = resolved.length - unknown;
  return { share: shareOf(known - never, known), unknown };
}
