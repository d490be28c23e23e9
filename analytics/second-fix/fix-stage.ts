import type { Day } from "../period.ts";
import type { VerdictOfChange } from "./verdict-of-change.ts";

/** What people have said of a second fix, and the verdict on it that stands. */
export interface FixState {
  state: "draft" | "planned" | "implemented" | "dropped";
  dueOn: Day | null;
  /** The last day on which it was put in place. */
  implementedTo: Day | null;
  washInDays: number;
  checkOn: Day;
  windowEnd: Day;
  /** A person's word, where there is one, else the statistics'; `null`: none is reached, or it was revoked. */
  verdict: VerdictOfChange | "regressed" | null;
}

/**
 * How far a second fix is. `implemented` until it has washed in, then `under_observation` until its verdict; `reopened`: its
 * cause came back after it was verified.
 */
export type FixStage =
  | "draft"
  | "planned"
  | "implemented"
  | "under_observation"
  | "closed"
  | "reopened"
  | "dropped";

/** Follows from the dates, so that nothing has to be set on a day. Source: PRODUCT.md section 7. */
export function fixStage({ state, implementedTo, washInDays, verdict }: FixState, today: Day): FixStage {
  if (state !== "implemented") return state;
  if (verdict === "regressed") return "reopened";
  if (verdict !== null) return "closed";
  return implementedTo !== null && today < implementedTo + washInDays ? "implemented" : "under_observation";
}

/** What of a second fix wants somebody's attention. */
export type FixAlert =
  /** It was to be in place by a day that is past. */
  | "overdue"
  /** The check date is past and the window still open: harm would be known by now. */
  | "check_due"
  /** The window has ended and the data don't reach its end, or the cause can't be counted now. */
  | "verdict_overdue"
  /** Since the fix the rate rose, or did not fall by the target. */
  | "not_working"
  /** Its cause came back after it was verified. */
  | "returned";

/** The one that weighs most; `null`: nothing to do. */
export function fixAlert(fix: FixState, today: Day): FixAlert | null {
  const { state, dueOn, verdict, checkOn, windowEnd } = fix;
  if (state === "draft" || state === "planned") return dueOn !== null && dueOn < today ? "overdue" : null;
  if (state === "dropped") return null;
  if (verdict === "regressed") return "returned";
  if (verdict === "harmful" || verdict === "not_effective") return "not_working";
  if (verdict !== null) return null;
  if (today >= windowEnd) return "verdict_overdue";
  return today >= checkOn ? "check_due" : null;
}

/** Found effective, or partially so, and holding: what the ledger counts as fixed twice. */
export function isVerified({ verdict }: Pick<FixState, "verdict">): boolean {
  return verdict === "effective" || verdict === "partially_effective";
}
