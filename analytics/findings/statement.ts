import type { CauseFact } from "../facts/facts.ts";
import type { CauseMovement, TestedBurst } from "../metrics/cause-movements.ts";
import type { RankedCause } from "../metrics/cause-ranking.ts";
import type { Compensation } from "../metrics/compensation.ts";
import type { Share } from "../metrics/share.ts";
import type { Day, Period } from "../period.ts";
import type { Regression } from "../second-fix/find-regression.ts";
import type { Judgement } from "../second-fix/judge-second-fix.ts";
import type { MeasuredChange } from "../second-fix/measure-change.ts";
import type { RateChange } from "../second-fix/rate-change.ts";
import type { VerdictOfChange } from "../second-fix/verdict-of-change.ts";

/** A second fix with its verdict. */
export interface JudgedFix {
  cause: CauseFact;
  /** How many fixes are judged by it: those that overlap in time are judged together. */
  fixes: number;
  /** The share of cases that it was to take away. */
  targetCut: number;
  judgement: Judgement;
  /** The day on which the verdict was reached; `null`: the matter is open. */
  judgedOn: Day | null;
  /** The days since the wash-in that the verdict rests on. */
  since: Period;
  /** Set where a verified fix showed that its cause has come back (`regressedIn`). */
  regression: Regression | null;
}

/** A verdict that says something: neither open nor `inconclusive`. */
export interface ConclusiveFix {
  fix: JudgedFix;
  verdict: Exclude<VerdictOfChange, "inconclusive">;
  measured: MeasuredChange & { change: RateChange };
}

/** What a finding says, by its kind: its sentence is written from it and from nothing else. */
export type Statement =
  /** Verified: since the fix the rate fell, by the target or by less. */
  | ({ kind: "fix_worked" } & ConclusiveFix)
  /** Since the fix the rate rose, or did not fall by the target. */
  | ({ kind: "fix_failed" } & ConclusiveFix)
  /** A verified fix that no longer holds. */
  | { kind: "fix_regressed"; fix: JudgedFix; regression: Regression }
  /** A cause that rose, fell, is new or is back, beyond chance. */
  | { kind: "movement"; entry: CauseMovement }
  /** Distinct customers of one cause within a few days, beyond its usual share; q in the family of the movements. */
  | ({ kind: "burst" } & TestedBurst)
  /** So many causes were compared, and none moved or, if sought, came in a burst beyond chance; `about` so many cases of the quarter. */
  | { kind: "no_change"; compared: number; about: number; burstsSought: boolean }
  /** The source's month counts mean nothing, so nothing is compared; `about` all cases of the quarter. */
  | { kind: "not_comparable"; about: number }
  /** The data begin or end within the quarter or the one before: a change of counts would be theirs. */
  | { kind: "not_covered"; about: number }
  /** With the other causes that have as many cases, and by how many it leads before the next. */
  | { kind: "largest_cause"; ranked: RankedCause & { cause: CauseFact }; tied: CauseFact[]; lead: number }
  /** What was paid in the causes that have no second fix in place, in `paidCases` of which it was more than nothing. */
  | { kind: "unfixed_cost"; cost: Compensation; causes: number; paidCases: number }
  | { kind: "parted"; now: Share; before: Share | null };
