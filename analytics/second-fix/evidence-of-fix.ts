import type { Day, Period } from "../period.ts";
import { type AssignedCases, evidenceOfCases } from "./evidence-of-cases.ts";
import type { FixEvidence, WindowEvidence } from "./fix-evidence.ts";
import { type FixDates, type FixWindows, fixWindows } from "./fix-windows.ts";
import { noiseOf } from "./noise.ts";
import { type NoisePrior, noisePrior } from "./noise-prior.ts";

/** The cases of a workspace, as all its second fixes are judged by them. */
export interface JudgedCompany {
  /** The days that the data tell of (`fixWindows`). */
  data: Period;
  cases: AssignedCases;
  /** By cause: the ids that its cases carry, its own and those of the causes that were merged into it. */
  membersOf: ReadonlyMap<number, readonly number[]>;
  /** Causes without a second fix. */
  unfixed: readonly number[];
}

/** A second fix of a cause, as far as its evidence depends on it. */
export interface FixOfCause extends FixDates {
  causeId: number;
  /** Orders or contacts by week of a period of whole weeks, > 0; `null` where no series is used. */
  exposuresIn?: ((window: Period) => readonly number[]) | null;
}

/** All that the verdict on a second fix rests on, and the days that it is of. Cost: two passes over all cases. */
export function evidenceOfFix(
  fix: FixOfCause,
  company: JudgedCompany,
): { evidence: FixEvidence; windows: FixWindows } {
  const windows = fixWindows(fix, company.data);
  const before = windowOfFix(fix, company, windows.before);
  const after = windowOfFix(fix, company, windows.after);
  return { windows, evidence: { before, after, dataEnd: company.data.end, prior: priorOf(before) } };
}

/** The weeks from a day to the end of the data, as the verdict counts: what a verified fix is watched by. */
export function weeksSince(fix: FixOfCause, company: JudgedCompany, day: Day): WindowEvidence {
  const weeks = Math.max(0, Math.floor((company.data.end - day) / 7));
  return windowOfFix(fix, company, { start: day, end: day + 7 * weeks });
}

function windowOfFix(
  { causeId, exposuresIn = null }: FixOfCause,
  { cases, membersOf, unfixed }: JudgedCompany,
  window: Period,
): WindowEvidence {
  const members = (id: number) => new Set(membersOf.get(id));
  const causes = { causeIds: members(causeId), unfixed: unfixed.map(members) };
  return evidenceOfCases(cases, causes, window, exposuresIn?.(window) ?? null);
}

/** The noise that the unfixed causes share, each beside the volume of all of them. */
function priorOf({ unfixed, counts }: WindowEvidence): NoisePrior | null {
  const volume = counts.map((_, week) => unfixed.reduce((sum, cause) => sum + cause[week]!, 0.5));
  const noises = unfixed.map((cause) => {
    const share = sumOf(cause) / sumOf(volume);
    return noiseOf(
      cause,
      volume.map((weekly) => weekly * share),
      1,
    );
  });
  return noisePrior(noises.filter((noise) => noise !== null));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
