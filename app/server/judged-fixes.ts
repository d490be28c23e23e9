import { parseDay } from "#analytics/period.ts";
import type { Regression } from "#analytics/second-fix/find-regression.ts";
import type { RecordedJudgement } from "#analytics/second-fix/recorded-judgement.ts";
import type { JudgedFixOfCause } from "#app/pages/quarter.ts";
import { listVerdicts, standingVerdicts } from "#db/queries/fix-verdicts.ts";
import { listSecondFixes } from "#db/queries/second-fixes.ts";
import type { Database } from "#db/schema.ts";

/** The second fixes in place that the statistics have judged: those that were judged together once. */
export async function loadJudgedFixes(db: Database, workspaceId: number): Promise<JudgedFixOfCause[]> {
  const verdicts = await listVerdicts(db, workspaceId);
  const fixes = await listSecondFixes(db, workspaceId);
  return fixes.flatMap(({ fix_id: fixId, root_cause_id: causeId }): JudgedFixOfCause[] => {
    const { measured, regressed } = standingVerdicts(verdicts, fixId);
    if (measured === undefined) return [];
    const { check, judgement, windows } = measured.judgement as RecordedJudgement; // that of a look
    if (check.fixIds[0] !== fixId) return [];
    return [
      {
        causeId,
        fixes: check.fixIds.length,
        targetCut: check.targetCut,
        judgement,
        judgedOn: parseDay(measured.judged_on),
        since: windows.after,
        regression: regressed === undefined ? null : (regressed.judgement as Regression), // that of the watch
      },
    ];
  });
}
