import { compensationAt, type Facts } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import { type Share, shareOf } from "../metrics/share.ts";
import { trendOfShares } from "../statistics/trend-of-shares.ts";
import { type Answers, unknownAnswer, yesAnswer } from "./answers.ts";
import { fewestForColour } from "./association.ts";

/** Cases that got about as much. */
export interface CompensationBin {
  /** Smallest and largest amount in it, minor units; 0 and 0: nothing was paid. */
  fromMinor: number;
  toMinor: number;
  /** How often the result followed. */
  result: Share;
  /** Fewer than `fewestForColour` cases: to be greyed. */
  isThin: boolean;
}

export interface CompensationResponse {
  /** By amount, ascending; their ranges do not overlap. */
  bins: CompensationBin[];
  /** p of "among those who were paid the share does not rise or fall with the amount"; `null` where that can't be told. */
  p: number | null;
  /** Cases left out, since the amount is unknown (which is not nothing), or the result is. */
  leftOut: { amount: number; result: number };
}

const mostBins = 5;

/**
 * How often a result followed, by how much was paid. "Nothing" is a bin of its own, and no part of the trend: to pay at all is
 * another decision than how much. The others are cut at quantiles of the amounts, equal ones staying together: since no
 * result decides where a bin ends, each Wilson interval holds what it says, which those of bins pooled until they rise (pool adjacent
 * violators) would not. `null` where amounts have several currencies, or none. Association, not proof: hard cases are paid more.
 * Source: trend by Cochran 1954 and Armitage 1955, over the middle amounts. Cost: one sort of the paid cases.
 */
export function compensationResponse(
  facts: Facts,
  resolved: Selection,
  result: Answers,
): CompensationResponse | null {
  if (facts.currency === null) return null;
  const amountOf = (row: number) => compensationAt(facts, row) ?? Number.NaN;
  const leftOut = { amount: 0, result: 0 };
  const counted = resolved.filter((row) => {
    const isAmountKnown = !Number.isNaN(amountOf(row));
    if (!isAmountKnown) leftOut.amount++;
    else if (result[row] === unknownAnswer) leftOut.result++;
    return isAmountKnown && result[row] !== unknownAnswer;
  });
  const unpaid = counted.filter((row) => amountOf(row) === 0);
  const paid = counted.filter((row) => amountOf(row) !== 0).sort((a, b) => amountOf(a) - amountOf(b));
  const groups = cutAtQuantiles(paid, amountOf);
  const hitsOf = (rows: Selection) => rows.reduce((hits, row) => hits + Number(result[row] === yesAnswer), 0);
  const bins = (unpaid.length > 0 ? [unpaid, ...groups] : groups).map(
    (rows): CompensationBin => ({
      fromMinor: amountOf(rows[0]!),
      toMinor: amountOf(rows.at(-1)!),
      result: shareOf(hitsOf(rows), rows.length),
      isThin: rows.length < fewestForColour,
    }),
  );
  const p = trendOfShares(
    groups.map((rows) => ({ score: amountOf(rows[rows.length >> 1]!), hits: hitsOf(rows), n: rows.length })),
  );
  return { bins, p, leftOut };
}

/** At most `mostBins` runs of rows that are sorted by amount, about as long; an amount lies in one of them only. */
function cutAtQuantiles(sorted: Selection, amountOf: (row: number) => number): Selection[] {
  const wanted = Math.min(mostBins, Math.max(1, Math.floor(sorted.length / fewestForColour)));
  const groups: Selection[] = [];
  let start = 0;
  for (let k = 1; k <= wanted; k++) {
    let end = Math.round((k * sorted.length) / wanted);
    while (end > 0 && end < sorted.length && amountOf(sorted[end]!) === amountOf(sorted[end - 1]!)) end++;
    if (end <= start) continue;
    groups.push(sorted.subarray(start, end));
    start = end;
  }
  return groups;
}
