import type { Finding } from "#analytics/findings/quarter-findings.ts";
import { counted, countText, moneyText, rangeText, scoreText, shareText } from "#app/format.ts";
import { casesHref, type View } from "#app/tables/view.ts";

/** A finding in plain words: what it says, what it rests on, and the cases behind it. */
export interface FindingSentence {
  headline: string;
  /** Numbers, interval and n. */
  evidence: string;
  href: string | null;
  /** Cause whose last quarters are drawn beside it. */
  causeId: number | null;
}

/** Tested templates only: a verb stands where the finding carries the test that allows it. */
export function findingSentence(finding: Finding, view: View): FindingSentence {
  const causeLink = (causeId: number) => ({
    href: casesHref(view, "incidence", ["cause", String(causeId)]),
    causeId,
  });
  switch (finding.kind) {
    case "movement":
      return { ...movementSentence(finding.entry), ...causeLink(finding.entry.cause.causeId) };
    case "no_change":
      return {
        headline: "No cause rose or fell beyond chance.",
        evidence: `${counted(finding.compared, "cause")} compared with the quarter before by a test of chance.`,
        href: null,
        causeId: null,
      };
    case "not_comparable":
      return {
        headline: "Quarters of this source can't be compared.",
        evidence:
          "How many cases a month holds depends on how the extract was cut, so no rise or fall is read from it.",
        href: null,
        causeId: null,
      };
    case "not_covered":
      return {
        headline: "This quarter is not compared with the one before.",
        evidence: "The data do not cover both whole, so a rise or a fall would be theirs.",
        href: null,
        causeId: null,
      };
    case "largest_cause":
      return largestCause(finding.ranked, causeLink);
    case "unfixed_cost":
      return {
        headline: `${moneyText(finding.cost.totalMinor, view.facts.currency)} was paid in causes without a second fix.`,
        evidence: `Compensation in ${counted(finding.cost.known, "resolved case")} of ${countText(finding.cost.n)}, over ${counted(finding.causes, "cause")}.`,
        href: null,
        causeId: null,
      };
    case "parted":
      return {
        headline: `${counted(finding.now.hits, "customer relationship")} ended.`,
        evidence: `${shareEvidence(finding.now)}${finding.before === null ? "" : `; the quarter before ${shareEvidence(finding.before)}`}.`,
        href: casesHref(view, "outcome", ["outcome", "parted"]),
        causeId: null,
      };
  }
}

function movementSentence({
  cause,
  movement,
  cases,
  previous,
  ratio,
  q,
}: Extract<Finding, { kind: "movement" }>["entry"]) {
  if (movement === "new")
    return {
      headline: `“${cause.name}” is new: ${counted(cases, "case")}, none in the year before.`,
      evidence: `Test over all causes, q = ${qText(q)}.`,
    };
  const interval =
    ratio === null
      ? ""
      : `, ratio ${scoreText(ratio.ratio)} (${scoreText(ratio.interval.low)}–${scoreText(ratio.interval.high)})`;
  return {
    headline: `“${cause.name}” ${movement} from ${countText(previous)} to ${counted(cases, "case")}.`,
    evidence: `Against the quarter before, per day${interval}; test over all causes, q = ${qText(q)}.`,
  };
}

function largestCause(
  { cause, ofAll }: Extract<Finding, { kind: "largest_cause" }>["ranked"],
  link: (causeId: number) => { href: string; causeId: number },
): FindingSentence {
  const causeId = cause?.causeId ?? 0;
  return {
    headline: `“${cause?.name ?? ""}” is the largest cause.`,
    evidence: `${shareEvidence(ofAll)}.`,
    ...link(causeId),
  };
}

function shareEvidence({ hits, n, share, interval }: Extract<Finding, { kind: "parted" }>["now"]): string {
  const range = interval === null ? "" : ` (${rangeText(interval.low, interval.high)})`;
  return `${countText(hits)} of ${countText(n)} cases: ${shareText(share, n)}${range}`;
}

/** A q as small as it is read: two digits, and not smaller than that. */
function qText(q: number): string {
  return q < 0.001 ? "below 0.001" : q.toPrecision(2);
}
