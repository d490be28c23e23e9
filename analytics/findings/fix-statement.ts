import type { Day, Period } from "../period.ts";
import type { JudgedFix, Statement } from "./statement.ts";

/**
 * What a second fix has to say in a period: that its cause came back in it, else the verdict that was reached in it. `null`
 * where neither falls into the period, and of a matter that is open or `inconclusive`: nothing is known then, which the
 * ledger of fixes shows and no finding does. Source: PRODUCT §7. Cost: constant.
 */
export function fixStatement(fix: JudgedFix, period: Period): Statement | null {
  const { regression, judgedOn, judgement } = fix;
  const isWithin = (day: Day) => day >= period.start && day < period.end;
  if (regression !== null && isWithin(regression.on)) return { kind: "fix_regressed", fix, regression };
  const { verdict, measured } = judgement;
  const change = measured?.change ?? null;
  if (judgedOn === null || !isWithin(judgedOn) || measured === null || change === null) return null;
  switch (verdict) {
    case "effective":
    case "partially_effective":
      return { kind: "fix_worked", fix, verdict, measured: { ...measured, change } };
    case "harmful":
    case "not_effective":
      return { kind: "fix_failed", fix, verdict, measured: { ...measured, change } };
    default:
      return null;
  }
}
