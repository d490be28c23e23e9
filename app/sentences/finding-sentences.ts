import { formatRange } from "#analytics/filter/filter.ts";
import type { Finding, FindingFigures } from "#analytics/findings/finding-figures.ts";
import type { ConclusiveFix, Statement } from "#analytics/findings/statement.ts";
import type { CauseMovement } from "#analytics/metrics/cause-movements.ts";
import type { Share } from "#analytics/metrics/share.ts";
import { formatDay } from "#analytics/period.ts";
import {
  chanceText,
  counted,
  countText,
  dateText,
  expectedText,
  fewestForShare,
  listText,
  moneyText,
  partText,
  periodText,
  rangeText,
  ratioText,
  shareText,
} from "#app/format.ts";
import { hrefTo, type View } from "#app/tables/view.ts";

/** A finding in plain words: what it says, what it rests on, and the cases behind it. */
export interface FindingSentence {
  headline: string;
  /** Numbers, interval and n. */
  evidence: string;
  href: string | null;
  /** Cause whose last quarters are drawn beside it. */
  causeId: number | null;
}

/** The two sentences of a finding. */
type Words = Pick<FindingSentence, "headline" | "evidence">;
type Of<Kind extends Statement["kind"]> = Extract<Statement, { kind: Kind }>;

/** Page, summary and alerts write a finding by this alone, and lead to the cases that its figures name. */
export function findingSentence(finding: Finding, view: View): FindingSentence {
  return {
    ...findingWords(finding, view.facts.currency),
    href: hrefOf(finding, view),
    causeId: causeIdOf(finding),
  };
}

/**
 * Tested templates only: {who} {rose | fell | did not change beyond chance} {from a to b}; {ratio, interval, test}. The verb is the
 * one that the finding carries with the test that allows it; no number is looked at to choose one.
 */
export function findingWords(statement: Statement, currency: string | null): Words {
  switch (statement.kind) {
    case "fix_worked":
    case "fix_failed":
      return fixWords(statement);
    case "fix_regressed":
      return regressedWords(statement);
    case "movement":
      return movementWords(statement.entry);
    case "burst":
      return burstWords(statement);
    case "no_change":
      return {
        headline: `No cause rose${statement.burstsSought ? ", fell or came in a burst" : " or fell"} beyond chance.`,
        evidence: `${counted(statement.compared, "cause")} compared with the quarter before by a test of chance${statement.burstsSought ? "" : "; bursts can't be looked for"}.`,
      };
    case "not_comparable":
      return {
        headline: "Quarters of this source can't be compared.",
        evidence:
          "How many cases a month holds depends on how the extract was cut, so no rise or fall is read from it.",
      };
    case "not_covered":
      return {
        headline: "This quarter is not compared with the one before.",
        evidence: "The data do not cover both whole, so a rise or a fall would be theirs.",
      };
    case "largest_cause":
      return largestWords(statement);
    case "unfixed_cost":
      return costWords(statement, currency);
    case "parted":
      return partedWords(statement);
  }
}

function fixWords({ fix, verdict, measured }: ConclusiveFix): Words {
  const { before, after, change, comparedWith } = measured;
  const since = `since its ${fix.fixes === 1 ? "second fix" : `${countText(fix.fixes)} second fixes`}`;
  const wanted = `${shareText(fix.targetCut)} fewer cases`;
  const says = {
    effective: `fell ${since}, and reached the target of ${wanted}`,
    partially_effective: `fell ${since}, but ${wanted} were wanted`,
    not_effective: `missed the target ${since}: ${wanted} were wanted`,
    harmful: `rose ${since}`,
  }[verdict];
  const isGone = after.cases === 0 && verdict === "effective";
  const counts = `${casesText(before.cases)} in ${counted(before.weeks, "week")} before, ${casesText(after.cases)} in ${counted(after.weeks, "week")} since`;
  const volume =
    comparedWith === "exposure" ? "volume taken out" : "volume taken out by the causes without a fix";
  return {
    headline: `“${fix.cause.name}” ${isGone ? `has not come back ${since}` : says}.`,
    // Out of sample: the lists of cases have the assignments of the run that is shown, and may have a few more or fewer.
    evidence: `Counted anew: ${counts}; ratio a week, ${volume}: ${ratioText(change.ratio, change.interval)}.`,
  };
}

function regressedWords({ fix, regression }: Of<"fix_regressed">): Words {
  const { cases, expected, on, falseAlarm } = regression;
  return {
    headline: `“${fix.cause.name}” came back after its second fix was verified: ${counted(cases, "case")}, where ${expectedText(expected)} were expected.`,
    evidence: `Its weekly counts gave the alarm on ${dateText(formatDay(on))}; of fixes that hold, ${shareText(falseAlarm)} give one in a year.`,
  };
}

function movementWords(entry: CauseMovement): Words {
  const { cause, movement, cases, previous, saying, ratio, q } = entry;
  const name = `“${cause.name}”`;
  const test = `test over all causes, q = ${chanceText(q)}.`;
  const rate = ratio === null ? "" : `, ratio ${ratioText(ratio.ratio, ratio.interval)}`;
  const compared = { evidence: `Against the quarter before, per day${rate}; ${test}` };
  const evidence = saying === "count" ? { evidence: noTest } : compared;
  const fromTo =
    cases === 0
      ? `from ${counted(previous, "case")} to none`
      : `from ${previous === 0 ? "none" : countText(previous)} to ${counted(cases, "case")}`;
  switch (movement) {
    case "new":
    case "returned":
      return {
        headline: `${name} ${movement === "new" ? "is new" : "has returned"}: ${counted(cases, "case")}, none in the year before.`,
        evidence: `T${test.slice(1)}`,
      };
    case "rose":
    case "fell":
      return { headline: `${name} ${movement} ${fromTo}.`, ...compared };
    case null:
      if (entry.seen === "never")
        return {
          headline: `${name} was first seen this quarter (n = ${countText(cases)}).`,
          ...evidence,
        };
      return {
        headline: `${name} ${saying === "count" ? "went" : "did not change beyond chance,"} ${fromTo}.`,
        ...evidence,
      };
  }
}

const noTest = "Too few cases to say more than how many they are.";

function burstWords({ burst, q }: Of<"burst">): Words {
  const { cause, customers, expected, window, unknownCustomers: unknown } = burst;
  const notCounted =
    unknown === 0
      ? ""
      : ` ${counted(unknown, "case")} of customers that nobody knows ${unknown === 1 ? "is" : "are"} not counted.`;
  return {
    headline: `“${cause.name}” came in a burst: ${counted(customers, "customer")}, ${periodText(window)}.`,
    evidence: `Its usual share of all cases would bring ${expectedText(expected)} in these days; test over all causes, q = ${chanceText(q)}.${notCounted}`,
  };
}

/** Of more than three that tie, how many they are. */
function largestWords({ ranked, tied }: Of<"largest_cause">): Words {
  const name = `“${ranked.cause.name}”`;
  if (tied.length === 0)
    return { headline: `${name} is the largest cause.`, evidence: `${shareEvidence(ranked.ofAll)}.` };
  const others =
    tied.length > 2 ? [`${countText(tied.length)} others`] : tied.map((cause) => `“${cause.name}”`);
  return {
    headline: `${listText([name, ...others])} are the largest causes.`,
    evidence: `Each has ${shareEvidence(ranked.ofAll)}.`,
  };
}

function costWords({ cost, causes }: Of<"unfixed_cost">, currency: string | null): Words {
  const paid = cost.totalMinor === 0 ? "Nothing" : moneyText(cost.totalMinor, currency);
  return {
    headline: `${paid} was paid in causes without a second fix.`,
    evidence: `Compensation in ${counted(cost.known, "resolved case")} of ${countText(cost.n)}, over ${counted(causes, "cause")}.`,
  };
}

function partedWords({ now, before }: Of<"parted">): Words {
  return {
    headline:
      now.hits === 0
        ? "No customer relationship ended."
        : `${counted(now.hits, "customer relationship")} ended.`,
    evidence: `${shareEvidence(now)}${before === null ? "" : `; the quarter before ${shareEvidence(before)}`}.`,
  };
}

function casesText(cases: number): string {
  return cases === 0 ? "none" : counted(cases, "case");
}

/** Of fewer cases than a share is shown of, the counts alone. */
function shareEvidence({ hits, n, share, interval }: Share): string {
  const counts = `${partText(hits, n)} ${n === 1 ? "case" : "cases"}`;
  if (n < fewestForShare || interval === null) return counts;
  return `${counts}: ${shareText(share, n)} (${rangeText(interval.low, interval.high)})`;
}

function hrefOf({ cases }: FindingFigures, view: View): string | null {
  if (cases === null) return null;
  const { period, cohort, clauses } = cases;
  const isOfView = period.start === view.period.start && period.end === view.period.end;
  const filter = { period: isOfView ? view.filter.period : formatRange(period), cohort, clauses };
  return hrefTo(view.workspace, "cases", filter);
}

function causeIdOf(statement: Statement): number | null {
  switch (statement.kind) {
    case "fix_worked":
    case "fix_failed":
    case "fix_regressed":
      return statement.fix.cause.causeId;
    case "movement":
      return statement.entry.cause.causeId;
    case "burst":
      return statement.burst.cause.causeId;
    case "largest_cause":
      return statement.tied.length === 0 ? statement.ranked.cause.causeId : null;
    default:
      return null;
  }
}
