import type { WordField } from "./case-fields.ts";
import type { WordPair } from "./mapping.ts";

/** Words of help desks and trackers for ours, without case. What is not here is asked for. */
export const knownWords: Readonly<
  Partial<Record<WordField | "retained" | "is_public", readonly WordPair[]>>
> = {
  status: [
    ...pairs(
      "resolved",
      "resolved, closed, solved, done, complete, completed, fixed, finished, cancelled, canceled, merged, archived, closed complete, closed incomplete, closed skipped, closed/resolved, stable, inactive, deleted, won't do, duplicate, answered, withdrawn",
    ),
    ...pairs(
      "open",
      "open, new, active, pending, hold, on hold, on-hold, in progress, in-progress, work in progress, assigned, started, reopened, re-opened, waiting, waiting on customer, waiting on third party, waiting for customer, waiting for support, awaiting user info, awaiting problem, awaiting vendor, awaiting evidence, escalated, escalated_tto, escalated_ttr, triggered, acknowledged, to do, todo, backlog, snoozed, unassigned, unresolved, draft, queued, accepted, triage, working, under review, under investigation, open pending, in review, received, reported",
    ),
  ],
  severity: [
    ...pairs(
      "critical",
      "critical, 1 - critical, 1-critical, urgent, highest, blocker, p1, sev1, sev 1, sev-1, s1, emergency, showstopper",
    ),
    ...pairs("high", "high, 2 - high, 1 - high, major, p2, sev2, sev 2, sev-2, s2, important"),
    ...pairs(
      "medium",
      "medium, 3 - moderate, 2 - medium, moderate, normal, p3, sev3, sev 3, sev-3, s3, average",
    ),
    ...pairs(
      "low",
      "low, 4 - low, 3 - low, 5 - planning, minor, lowest, trivial, p4, p5, sev4, sev 4, s4, planning",
    ),
  ],
  outcome: [
    ...pairs("restored", "restored, satisfied, retained, customer satisfied"),
    ...pairs("settled", "settled, closed without response"),
    ...pairs("disputed", "disputed, rejected, not accepted, unsatisfied, dissatisfied"),
    ...pairs("parted", "parted, churned, cancelled account, left, terminated, account closed"),
  ],
  finding: [
    ...pairs("upheld", "upheld, founded, justified, substantiated, valid"),
    ...pairs(
      "partly_upheld",
      "partly_upheld, partly upheld, partially upheld, partially founded, partially justified",
    ),
    ...pairs(
      "not_upheld",
      "not_upheld, not upheld, unfounded, unjustified, not substantiated, unsubstantiated, invalid",
    ),
  ],
  apology_visibility: ["public", "private", "both", "none"].map((word) => [word, word] as const),
  parted_by: [...pairs("us", "us, company, we"), ...pairs("them", "them, customer, client")],
  retained: [...pairs("true", "true, yes, y, 1"), ...pairs("false", "false, no, n, 0")],
  is_public: [...pairs("true", "true, yes, y, 1, public"), ...pairs("false", "false, no, n, 0, private")],
};

/** Remedies in the words of complaint handling. */
export const knownRemedies: readonly WordPair[] = [
  ...pairs("apology", "apology, apologised, apologized"),
  ...pairs("explanation", "explanation, explained, information given, closed with explanation"),
  ...pairs("correction", "correction, corrected, repair, repaired, rework, closed with non-monetary relief"),
  ...pairs("replacement", "replacement, replaced, exchange, exchanged"),
  ...pairs("refund", "refund, refunded, credit, reimbursed, closed with monetary relief"),
  ...pairs("goodwill", "goodwill, voucher, gift, compensation, discount"),
  ...pairs("policy_change", "policy_change, policy change, process change"),
  ...pairs("none", "none, no action, closed without relief"),
];

function pairs(ours: string, theirs: string): WordPair[] {
  return theirs.split(", ").map((word) => [word, ours] as const);
}
