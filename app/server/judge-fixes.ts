import type { Exposure } from "#analytics/metrics/exposure.ts";
import { type Day, formatDay, type Period, parseDay } from "#analytics/period.ts";
import { comparedByExposure } from "#analytics/second-fix/compared-by-exposure.ts";
import { evidenceOfFix, type JudgedCompany, weeksSince } from "#analytics/second-fix/evidence-of-fix.ts";
import { findRegression } from "#analytics/second-fix/find-regression.ts";
import { isVerified } from "#analytics/second-fix/fix-stage.ts";
import { judgeSecondFix } from "#analytics/second-fix/judge-second-fix.ts";
import { type FixesTogether, overlappingFixes } from "#analytics/second-fix/overlapping-fixes.ts";
import {
  type RecordedJudgement,
  recordedWindow,
  verdictMethod,
} from "#analytics/second-fix/recorded-judgement.ts";
import { judging } from "#app/imports/describe-analysis.ts";
import { sourceLimits } from "#db/imports/store/queries.ts";
import { loadRoots } from "#db/queries/cause-roots.ts";
import { listCauseFacts } from "#db/queries/causes.ts";
import { findDataReach } from "#db/queries/days-of-cases.ts";
import { exposureOfCheck } from "#db/queries/effectiveness-checks.ts";
import { loadExposure } from "#db/queries/exposure.ts";
import {
  type FixVerdict,
  listVerdicts,
  type NewVerdict,
  noteLooked,
  type StandingVerdicts,
  saveVerdicts,
  standingVerdicts,
} from "#db/queries/fix-verdicts.ts";
import { listSecondFixes, type SecondFix } from "#db/queries/second-fixes.ts";
import type { Database } from "#db/schema.ts";
import { countOutOfSample } from "./count-out-of-sample.ts";

export interface JudgingOptions {
  today: Day;
  /** Folder of the sentence model that is set. */
  embedder?: string | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((stage: string, share: number) => void) | undefined;
}

/**
 * Judges the second fixes whose look has come, and watches those that were verified: each verdict is reached by the weeks up to
 * its own day, whenever that is counted, and kept with all that it rests on. Nothing where no look has come.
 * @returns why none could be reached, in a sentence; `null`: all that could be judged were
 */
export async function judgeFixes(
  db: Database,
  workspaceId: number,
  { today, onProgress, ...around }: JudgingOptions,
): Promise<string | null> {
  const data = await judgedDays(db, workspaceId, today);
  const fixes = (await listSecondFixes(db, workspaceId)).filter(({ state }) => state === "implemented");
  const verdicts = await listVerdicts(db, workspaceId);
  const due = data === null ? [] : dueFixes(fixes, verdicts, data.end);
  if (data === null || due.length === 0) return null;
  const counted = await countOutOfSample(db, workspaceId, {
    ...around,
    onProgress: (share) => onProgress?.(judging, share),
  });
  if (typeof counted === "string") return counted;
  const roots = await loadRoots(db, workspaceId);
  const rootOf = (id: number) => roots.get(id) ?? id;
  const fixed = new Set(fixes.map((fix) => fix.root_cause_id));
  const company: Company = {
    data,
    cases: counted.cases,
    runId: counted.runId,
    methodId: `${verdictMethod} ${counted.methodId}`,
    membersOf: Map.groupBy(counted.causeIds, rootOf),
    exposureOf: await loadExposures(db, workspaceId, fixes),
    unfixed: (await listCauseFacts(db, workspaceId))
      .map(({ causeId }) => causeId)
      .filter((id) => !fixed.has(id)),
  };
  await saveVerdicts(
    db,
    workspaceId,
    due.flatMap((one) => verdictsOf(one, company)),
  );
  await noteLooked(db, workspaceId, {
    fixIds: due.flatMap(({ check }) => check.fixIds),
    until: formatDay(data.end),
  });
  return null;
}

async function loadExposures(
  db: Database,
  workspaceId: number,
  fixes: readonly SecondFix[],
): Promise<Map<number, Exposure>> {
  const exposures = new Map<number, Exposure>();
  for (const fix of fixes) {
    const named = exposureOfCheck(fix);
    if (named === null) continue;
    exposures.set(fix.fix_id, await loadExposure(db, workspaceId, named.seriesId, named.scopeValue));
  }
  return exposures;
}

/** The days that can be judged; `null`: there is no case, or how many a week holds is an artefact of its source. */
export async function judgedDays(db: Database, workspaceId: number, today: Day): Promise<Period | null> {
  const { volumeIsArtefact } = await sourceLimits(db, workspaceId);
  if (volumeIsArtefact) return null;
  const reach = await findDataReach(db, workspaceId);
  if (reach === null) return null;
  const [start, last] = [parseDay(reach.first)!, parseDay(reach.last)!]; // dates of the database
  const lag = reach.hasOpen ? 0 : (reach.resolutionDays95 ?? 0);
  return { start, end: Math.min(last + 1, today) - lag };
}

/**
 * A fix whose check date is past, and one that was verified, are looked at again when a week has gone by: each look assigns all
 * cases anew.
 */
const daysBetweenLooks = 7;

/** Fixes that are judged together. */
interface DueFix {
  check: FixesTogether;
  /** Those that no look has closed; none: a verified fix is watched. */
  open: number[];
}

function dueFixes(fixes: readonly SecondFix[], verdicts: readonly FixVerdict[], dataEnd: Day): DueFix[] {
  const lookedToOf = new Map(fixes.map((fix) => [fix.fix_id, parseDay(fix.looked_to ?? "") ?? 0]));
  return overlappingFixes(fixes.map(checkedFix))
    .filter(({ checkOn }) => dataEnd >= checkOn)
    .flatMap((check): DueFix[] => {
      const standing = check.fixIds.map((id) => standingVerdicts(verdicts, id));
      const open = check.fixIds.filter((_, i) => standing[i]!.measured === undefined);
      const hasEnded = open.length > 0 && dataEnd >= check.windowEnd;
      const isUnderWay = open.length > 0 || isWatched(standing[0]!);
      const lookedTo = Math.min(...check.fixIds.map((id) => lookedToOf.get(id) ?? 0));
      return hasEnded || (isUnderWay && dataEnd >= lookedTo + daysBetweenLooks) ? [{ check, open }] : [];
    });
}

/** Whether its cause may come back. */
function isWatched({ measured, regressed }: StandingVerdicts): boolean {
  return measured !== undefined && isVerified(measured) && regressed === undefined;
}

/** @throws where the fix is not in place */
export function checkedFix(fix: SecondFix) {
  const day = (text: string) => parseDay(text)!; // dates of the database
  return {
    fixId: fix.fix_id,
    causeId: fix.root_cause_id,
    targetCut: fix.target_cut,
    decidedOn: day(fix.opened_on),
    implementedFrom: day(fix.implemented_on!),
    implementedTo: day(fix.implemented_to!),
    washInDays: fix.wash_in_days,
    checkOn: day(fix.check_on),
    windowEnd: day(fix.window_end),
  };
}

/** What all verdicts of a pass share. */
interface Company extends JudgedCompany {
  /** By fix whose check names a series: its days. */
  exposureOf: ReadonlyMap<number, Exposure>;
  runId: number;
  methodId: string;
}

/** What a pass says of fixes that are judged together: their verdict, if none stands yet, and whether a verified one holds. */
function verdictsOf({ check, open }: DueFix, whole: Company): NewVerdict[] {
  if (!whole.membersOf.has(check.causeId)) return []; // a person made it since the run: the next run knows it
  const by = { methodId: whole.methodId, runId: whole.runId };
  const { fix, company } = comparedByExposure(check, whole, whole.exposureOf.get(check.fixIds[0]!) ?? null);
  const { evidence, windows } = evidenceOfFix(fix, company);
  const judgement = judgeSecondFix(check, evidence);
  const { verdict, closedAt, measured } = judgement;
  if (closedAt === null || verdict === "not_due" || verdict === "too_early") return [];
  const record: RecordedJudgement = {
    check,
    judgement,
    windows,
    before: recordedWindow(evidence.before),
    after: recordedWindow(evidence.after),
    dataEnd: evidence.dataEnd,
  };
  const judgedOn = formatDay(closedAt === "check" ? check.checkOn : check.windowEnd);
  const verdicts = open.map(
    (fixId): NewVerdict => ({ ...by, fixId, verdict, look: closedAt, judgedOn, judgement: record }),
  );
  // By another run's assigner it may not be verified: then there is no verified rate to watch it by.
  if (measured === null || !isVerified({ verdict })) return verdicts;
  const { windowEnd: verifiedOn } = check;
  const since = weeksSince(fix, company, verifiedOn);
  const regression = findRegression({ ...evidence, since, measured, verifiedOn });
  if (regression === null) return verdicts;
  const found = { verdict: "regressed" as const, look: "watch" as const, judgedOn: formatDay(regression.on) };
  return [
    ...verdicts,
    ...check.fixIds.map((fixId): NewVerdict => ({ ...by, ...found, fixId, judgement: regression })),
  ];
}
