import type { Facts } from "#analytics/facts/facts.ts";
import type { Exposure } from "#analytics/metrics/exposure.ts";
import type { Day, Period } from "#analytics/period.ts";
import { comparedByExposure } from "#analytics/second-fix/compared-by-exposure.ts";
import type { AssignedCases } from "#analytics/second-fix/evidence-of-cases.ts";
import { evidenceOfFix, type JudgedCompany, weeksSince } from "#analytics/second-fix/evidence-of-fix.ts";
import type { WindowEvidence } from "#analytics/second-fix/fix-evidence.ts";
import { type FixDates, wholeWeeks } from "#analytics/second-fix/fix-windows.ts";
import { type ForetoldCheck, foretellCheck } from "#analytics/second-fix/foretell-check.ts";
import { longBaseline } from "#analytics/second-fix/long-baseline.ts";
import { recordedWindow } from "#analytics/second-fix/recorded-judgement.ts";
import { shrunkDispersion } from "#analytics/second-fix/shrunk-dispersion.ts";
import { volumeWeights } from "#analytics/second-fix/volume-weights.ts";
import { type CountedWindows, type FixWeeks, fixWeeks } from "#app/tables/fix-weeks.ts";
import type { Snapshot } from "#app/tables/view.ts";

/** A second fix as it is, or as it is thought of. */
export interface AskedFix {
  causeId: number;
  dates: FixDates;
  targetCut: number;
  isInPlace: boolean;
  /** Causes with a second fix in place: none of them stands for the volume. */
  fixedCauseIds: ReadonlySet<number>;
  /** The days that can be judged; `null`: there are none. */
  data: Period | null;
  /** The exposure series of the check by day; `null`: the unfixed causes stand for the volume. */
  exposure: Exposure | null;
}

/** What the pages count around a second fix. */
export interface ShownFix {
  weeks: FixWeeks;
  /** What the check can tell; `null` of a fix in place, and where no baseline is honest. */
  foretold: ForetoldCheck | null;
  /** The weeks that the statistics propose to compare with; `null`: none. */
  baseline: Period | null;
}

/** The weeks around a second fix by the cases of the pages; `null` where there is no case. */
export function fixAround(snapshot: Snapshot, asked: AskedFix): ShownFix | null {
  const { causeId, dates, isInPlace, targetCut, data } = asked;
  if (data === null || data.end <= data.start) return null;
  const whole = companyOf(snapshot.facts, asked, data);
  // Weeks that the data do not reach yet are unknown, and not without cases.
  const isReached = isInPlace && dates.implementedFrom <= data.end;
  const known = isReached ? dates : datesSoFar(asked, data);
  const { fix, company } = comparedByExposure({ causeId, ...known }, whole, asked.exposure);
  const { evidence, windows } = evidenceOfFix(fix, company);
  const { before, prior } = evidence;
  const weeksSinceDecision = wholeWeeks(dates.decidedOn, windows.before.end);
  const baseline = longBaseline(before.counts, volumeWeights(before), weeksSinceDecision, prior);
  const later = isInPlace
    ? weeksSince({ causeId, ...dates }, whole, Math.max(windows.after.end, dates.windowEnd))
    : none;
  const counted: CountedWindows = {
    source: "published",
    dates,
    windows,
    before: recordedWindow(before),
    after: recordedWindow(evidence.after),
    baseline: baseline && {
      firstWeek: baseline.firstWeek,
      hasStep: baseline.step !== null && baseline.step.week === baseline.firstWeek,
    },
    weeksSince: evidence.after.counts.length,
    dispersion: shrunkDispersion(baseline?.noise ?? null, prior) ?? 1,
    knowsEmerging: false,
    later: laterWeeks(later, Math.max(windows.after.end, dates.windowEnd)),
  };
  return {
    weeks: fixWeeks(counted),
    foretold: isInPlace ? null : foretellCheck(before, prior, { weeksSinceDecision, targetCut }),
    baseline: baseline && {
      start: windows.before.start + 7 * baseline.firstWeek,
      end: windows.before.end,
    },
  };
}

const none: WindowEvidence = { counts: [], emerging: [], captureRate: 1, exposures: null, unfixed: [] };

function laterWeeks(window: WindowEvidence, start: Day): CountedWindows["later"] {
  return { start, cases: [...window.counts], unfixed: recordedWindow(window).unfixed };
}

/** Of a fix that is not in place: as if it were put there when it is to be, or at the end of what is known. */
function datesSoFar({ dates, exposure }: AskedFix, { start, end }: Period): FixDates {
  const exposed = exposure === null ? end : 1 + Math.max(start, ...exposure.keys());
  const day = Math.max(start, Math.min(dates.implementedFrom, end, exposed));
  return {
    decidedOn: Math.min(dates.decidedOn, day),
    implementedFrom: day,
    implementedTo: day,
    washInDays: 0,
    checkOn: day,
    windowEnd: day,
  };
}

function companyOf(
  facts: Facts,
  { causeId, fixedCauseIds }: Pick<AskedFix, "causeId" | "fixedCauseIds">,
  data: Period,
): JudgedCompany {
  const ids = facts.causes.flatMap((cause) => (cause === undefined ? [] : [cause.causeId]));
  return {
    data,
    cases: assignedCases(facts),
    membersOf: new Map(ids.map((id) => [id, [id]])),
    unfixed: ids.filter((id) => id !== causeId && !fixedCauseIds.has(id)),
  };
}

/** The causes that the pages give to cases: of a merged one that which stands for it. */
function assignedCases({ size, incidenceDay, codes, causes }: Facts): AssignedCases {
  const idOf = causes.map((cause) => cause?.causeId ?? 0);
  return {
    days: incidenceDay,
    causes: Int32Array.from(codes.cause, (code) => idOf[code] ?? 0),
    nearest: new Int32Array(size),
  };
}
