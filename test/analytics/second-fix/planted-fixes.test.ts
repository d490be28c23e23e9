import { describe, expect, it } from "vitest";
import { type Day, type Period, parseDay } from "#analytics/period.ts";
import type { WindowEvidence } from "#analytics/second-fix/fix-evidence.ts";
import { type FixWindows, fixWindows } from "#analytics/second-fix/fix-windows.ts";
import { type Judgement, judgeSecondFix } from "#analytics/second-fix/judge-second-fix.ts";
import { noiseOf } from "#analytics/second-fix/noise.ts";
import { noisePrior } from "#analytics/second-fix/noise-prior.ts";
import { weeklyCounts } from "#analytics/second-fix/weekly-counts.ts";
import { type Simulation, simulateCompany } from "#app/demo/simulate-company.ts";

describe("the second fixes of the simulated company", () => {
  it.each([1, 7, 23, 42])(
    "get the verdicts that were planted, with the true cause of each case (seed %i)",
    (seed) => {
      const company = simulateCompany({ asOf: "2026-11-22", seed });
      const wanted = company.truth.fixes.map(({ causeKey, wantedVerdict }) => [causeKey, wantedVerdict]);
      const judged = [...verdictsOf(company)].map(([causeKey, { verdict }]) => [causeKey, verdict]);
      expect(judged).toEqual(wanted);
    },
  );

  it("leave the volume step of all causes out of the ratio", () => {
    const { measured } = verdictsOf(simulateCompany({ asOf: "2026-11-22", seed: 1 })).get("kettle-lid-leak")!;
    expect(measured?.rawRatio).toBeGreaterThan(1.1);
    expect(measured?.change?.ratio).toBeCloseTo(1, 0);
  });
});

/** Judged 38 weeks after each fix, or where the data end. */
function verdictsOf(company: Simulation): Map<string, Judgement> {
  const daysOf = incidenceDays(company);
  const every = [...daysOf.values()].flat();
  const data = { start: Math.min(...every), end: Math.max(...every) + 1 };
  const fixed = new Set(company.secondFixes.map(({ causeKey }) => causeKey));
  const unfixed = company.truth.causes.map(({ key }) => key).filter((key) => !fixed.has(key));
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
      const windows = fixWindows(check, data);
      const evidence = evidenceOf(causeKey, unfixed, daysOf, windows);
      return [causeKey, judgeSecondFix(check, { ...evidence, dataEnd: data.end })];
    }),
  );
}

function evidenceOf(cause: string, unfixed: string[], daysOf: Map<string, Day[]>, windows: FixWindows) {
  const window = (period: Period): WindowEvidence => {
    const counts = weeklyCounts(daysOf.get(cause)!, period);
    const emerging = counts.map(() => 0);
    const others = unfixed.map((key) => weeklyCounts(daysOf.get(key)!, period));
    return { counts, emerging, captureRate: 1, exposures: null, unfixed: others };
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

/** By planted cause: the local days on which its cases occurred. */
function incidenceDays({ cases, causeOf }: Simulation): Map<string, Day[]> {
  const daysOf = new Map<string, Day[]>();
  for (const record of cases) {
    const key = causeOf.get(record.source_case_id)!;
    const day = parseDay((record.occurred_at ?? record.received_at ?? record.resolved_at)!.slice(0, 10))!;
    daysOf.set(key, [...(daysOf.get(key) ?? []), day]);
  }
  return daysOf;
}
