import { type Day, type Period, parseDay } from "#analytics/period.ts";
import type { WindowEvidence } from "#analytics/second-fix/fix-evidence.ts";
import { type FixWindows, fixWindows } from "#analytics/second-fix/fix-windows.ts";
import { type Judgement, judgeSecondFix } from "#analytics/second-fix/judge-second-fix.ts";
import { noiseOf } from "#analytics/second-fix/noise.ts";
import { noisePrior } from "#analytics/second-fix/noise-prior.ts";
import { weeklyCounts } from "#analytics/second-fix/weekly-counts.ts";
import type { Simulation } from "#app/demo/simulate-company.ts";

/** What causes the cases of the company are given, by a person who knows or by the engine. */
export interface CausesOfCases {
  /** By case: its cause, or `null`; and of an emerging case the cause that is nearest, or `null`. */
  causes: ReadonlyMap<string, { cause: string | null; emergingNear: string | null }>;
  /** What a planted cause is called here. */
  nameOf: (causeKey: string) => string;
  all: readonly string[];
}

/** By planted cause: its second fix judged 38 weeks after it, or where the data end. */
export function judgedFixes(company: Simulation, given: CausesOfCases): Map<string, Judgement> {
  const daysOf = daysOfCases(company);
  const all = [...daysOf.values()];
  const data = { start: Math.min(...all), end: Math.max(...all) + 1 };
  return new Map(
    company.secondFixes.map(({ causeKey, openedOn, implementedOn, hopedCut }) => {
      const implemented = parseDay(implementedOn)!;
      const windowEnd = Math.min(implemented + 7 * 38, data.end);
      const check = {
        decidedOn: parseDay(openedOn)!,
        implementedFrom: implemented,
        implementedTo: implemented,
        washInDays: 14,
        checkOn: implemented + 7 * 20,
        windowEnd,
        targetCut: hopedCut,
      };
      const evidence = evidenceOf(company, given, { causeKey, daysOf, windows: fixWindows(check, data) });
      return [causeKey, judgeSecondFix(check, { ...evidence, dataEnd: data.end })];
    }),
  );
}

/** The local days on which the cases occurred. */
export function daysOfCases({ cases }: Simulation): Map<string, Day> {
  return new Map(
    cases.map((record) => {
      const moment = (record.occurred_at ?? record.received_at ?? record.resolved_at)!;
      return [record.source_case_id, parseDay(moment.slice(0, 10))!];
    }),
  );
}

function evidenceOf(
  { secondFixes }: Simulation,
  { causes, nameOf, all }: CausesOfCases,
  { causeKey, daysOf, windows }: { causeKey: string; daysOf: ReadonlyMap<string, Day>; windows: FixWindows },
) {
  const fixed = new Set(secondFixes.map((fix) => nameOf(fix.causeKey)));
  const cases = [...causes].map(([caseId, found]) => ({ ...found, day: daysOf.get(caseId)! }));
  const byCause = Map.groupBy(cases, ({ cause }) => cause);
  const near = cases.filter(({ emergingNear }) => emergingNear === nameOf(causeKey));
  const window = (period: Period): WindowEvidence => {
    const weekly = (some: readonly { day: Day }[] = []) =>
      weeklyCounts(
        some.map(({ day }) => day),
        period,
      );
    const within = cases.filter(({ day }) => day >= period.start && day < period.end);
    return {
      counts: weekly(byCause.get(nameOf(causeKey))),
      emerging: weekly(near),
      captureRate: within.filter(({ cause }) => cause !== null).length / within.length,
      exposures: null,
      unfixed: all.filter((cause) => !fixed.has(cause)).map((cause) => weekly(byCause.get(cause))),
    };
  };
  const [before, after] = [window(windows.before), window(windows.after)];
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const volume = before.counts.map((_, week) =>
    before.unfixed.reduce((total, other) => total + other[week]!, 0.5),
  );
  const noises = before.unfixed.map((other) =>
    noiseOf(
      other,
      volume.map((weekly) => (weekly / sum(volume)) * sum(other)),
      1,
    ),
  );
  return { before, after, prior: noisePrior(noises.filter((noise) => noise !== null)) };
}
