import { describe, expect, it } from "vitest";
import type { Judgement } from "#analytics/second-fix/judge-second-fix.ts";
import { type Simulation, simulateCompany } from "#app/demo/simulate-company.ts";
import { judgedFixes } from "#test/support/judged-fixes.ts";

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

/** Every case has the cause that was planted, be it one of a single case. */
function verdictsOf(company: Simulation): Map<string, Judgement> {
  const planted = [...company.causeOf].map(
    ([caseId, cause]) => [caseId, { cause, emergingNear: null }] as const,
  );
  return judgedFixes(company, {
    causes: new Map(planted),
    nameOf: (key) => key,
    all: company.truth.causes.map(({ key }) => key),
  });
}
