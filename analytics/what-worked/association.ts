import type { Selection } from "../filter/select.ts";
import { type Share, shareOf } from "../metrics/share.ts";
import type { Interval } from "../statistics/interval.ts";
import { type CommonDifference, mantelHaenszelDifference } from "../statistics/mantel-haenszel-difference.ts";
import { type CommonRatio, mantelHaenszelRatio } from "../statistics/mantel-haenszel-ratio.ts";
import { mantelHaenszelTest } from "../statistics/mantel-haenszel-test.ts";
import { newcombeDifference } from "../statistics/newcombe-difference.ts";
import { comparable, type Stratum } from "../statistics/stratum.ts";
import { type Answers, unknownAnswer, yesAnswer } from "./answers.ts";
import type { Strata } from "./strata.ts";

/** The cases with something beside those without it, and how often a result followed. Association, not proof. */
export interface Association {
  /** How often the result followed, raw, with Wilson intervals. */
  with: Share;
  without: Share;
  /** Share with less share without, raw, and Newcombe's interval; `null` where a side is empty. */
  crude: { difference: number; interval: Interval } | null;
  /** The same within strata (Mantel-Haenszel); `null` where no stratum has cases of both. */
  difference: CommonDifference | null;
  ratio: CommonRatio | null;
  /** p of "within strata it does not matter"; `null` where the strata can't tell. */
  p: number | null;
  /** Cases in the strata that have both: what `difference`, `ratio` and `p` rest on. */
  compared: number;
  /** Cases that count nowhere, since it is unknown whether they have it, or whether the result followed. */
  leftOut: { given: number; result: number };
  /** Cases that count in the raw shares alone: what they are stratified by is unknown. */
  withoutStratum: number;
  /** Fewer than `fewestForColour` cases on a side: to be greyed, and no member of the family of tests. */
  isThin: boolean;
}

/** Below this a share of the matrix is greyed (PRODUCT §8). */
export const fewestForColour = 10;

/**
 * What is asked of the cases: who has it, what followed, and within which strata they may be compared. Raw and adjusted stand side by side, since a remedy
 * that is kept for hard cases looks bad in the raw shares. Cost: one pass over the rows.
 */
export function association(rows: Selection, given: Answers, result: Answers, strata: Strata): Association {
  const counts = new Uint32Array((strata.count + 1) * 4); // a stratum: without, of these hits; with, of these hits
  const leftOut = { given: 0, result: 0 };
  for (const row of rows) {
    if (given[row] === unknownAnswer) leftOut.given++;
    else if (result[row] === unknownAnswer) leftOut.result++;
    else {
      const cell = strata.codes[row]! * 4 + (given[row] === yesAnswer ? 2 : 0);
      counts[cell] = counts[cell]! + 1;
      if (result[row] === yesAnswer) counts[cell + 1] = counts[cell + 1]! + 1;
    }
  }
  const [unknownStratum, ...known] = Array.from({ length: strata.count + 1 }, (_, code) =>
    stratumAt(counts, code),
  );
  return { ...compare(unknownStratum!, known), leftOut };
}

function stratumAt(counts: Uint32Array, code: number): Stratum {
  const [nWithout, hitsWithout, nWith, hitsWith] = counts.subarray(code * 4, code * 4 + 4);
  return { hitsWith: hitsWith!, nWith: nWith!, hitsWithout: hitsWithout!, nWithout: nWithout! };
}

function compare(unknownStratum: Stratum, known: readonly Stratum[]): Omit<Association, "leftOut"> {
  const sum = (of: (stratum: Stratum) => number) =>
    [unknownStratum, ...known].reduce((s, stratum) => s + of(stratum), 0);
  const having = shareOf(
    sum((s) => s.hitsWith),
    sum((s) => s.nWith),
  );
  const without = shareOf(
    sum((s) => s.hitsWithout),
    sum((s) => s.nWithout),
  );
  const interval = newcombeDifference(having.hits, having.n, without.hits, without.n);
  return {
    with: having,
    without,
    crude: interval === null ? null : { difference: having.share! - without.share!, interval },
    difference: mantelHaenszelDifference(known),
    ratio: mantelHaenszelRatio(known),
    p: mantelHaenszelTest(known),
    compared: comparable(known).reduce((s, { nWith, nWithout }) => s + nWith + nWithout, 0),
    withoutStratum: unknownStratum.nWith + unknownStratum.nWithout,
    isThin: Math.min(having.n, without.n) < fewestForColour,
  };
}
