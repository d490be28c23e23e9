import type { ConclusiveFix, Statement } from "./statement.ts";

/**
 * The size of a finding on the one scale that all kinds share: how many cases would be otherwise if it did not hold. Of a
 * change these are the cases more or fewer than the comparison would have had: the quarter before, the rate before a fix at
 * the volume since, the target that was missed, the rate that was verified, the customers usual for a cause; of the
 * largest cause its lead before the next. Of what is merely counted they are the cases counted: with a payment, parted. "No change" and "not compared" are about
 * all cases that were, or should have been, compared. An amount is ranked by its cases, not by its money, for no rate
 * turns a customer's trouble into money. Source: PRODUCT §12. Cost: constant.
 * @returns >= 0, with a fraction where a rate was multiplied
 */
export function casesInQuestion(statement: Statement): number {
  switch (statement.kind) {
    case "fix_worked":
    case "fix_failed":
      return casesOfFix(statement);
    case "fix_regressed":
      return Math.max(0, statement.regression.cases - statement.regression.expected);
    case "movement":
      return Math.abs(statement.entry.cases - statement.entry.previous);
    case "burst":
      return Math.max(0, statement.burst.customers - statement.burst.expected);
    case "no_change":
    case "not_comparable":
    case "not_covered":
      return statement.about;
    case "largest_cause":
      return statement.lead;
    case "unfixed_cost":
      return statement.paidCases;
    case "parted":
      return statement.now.hits;
  }
}

/** Against what the rate before would have brought; of a target that was missed, against what it would have left of that. */
function casesOfFix({ fix, verdict, measured }: ConclusiveFix): number {
  const { before, after, change } = measured;
  const atOldRate = casesAtOldRate(change.ratio, after.cases, (before.cases / before.weeks) * after.weeks);
  const compared = verdict === "not_effective" ? atOldRate * (1 - fix.targetCut) : atOldRate;
  return Math.abs(after.cases - compared);
}

/** With the volume taken out, as in the ratio; where no case has come since, no ratio can do that. */
function casesAtOldRate(ratio: number | null, cases: number, withVolume: number): number {
  if (ratio === null) return 0; // none was seen before
  return ratio > 0 ? cases / ratio : withVolume;
}
