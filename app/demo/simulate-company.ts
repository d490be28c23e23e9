import type { CaseRecord } from "#analytics/case.ts";
import { drawArrivals } from "./arrivals.ts";
import { buildCase, type World } from "./build-case.ts";
import { simulationCalendar } from "./calendar.ts";
import { createCustomers } from "./customers.ts";
import { datedLearning, type PlantedPlaybook, type PlantedRetrospective } from "./dated-learning.ts";
import { type PlantedTruth, plantedTruth } from "./planted-truth.ts";
import { seededRandom } from "./random.ts";
import { createStaff } from "./staff.ts";

/** A second fix that the simulated company decided on, in place or not yet. Days are local. */
export type PlantedFix = Pick<
  PlantedTruth["fixes"][number],
  "causeKey" | "kind" | "title" | "description" | "owner" | "hopedCut" | "cost"
> & { openedOn: string; dueOn: string };

/** A call of the company on a cause that it did not fix. */
export type PlantedCall = Pick<PlantedTruth["calls"][number], "causeKey" | "call" | "reason" | "by"> & {
  calledOn: string;
  reviewOn: string | null;
};

/** A company that doesn't exist, with its cases, its second fixes, what it wrote down, and the truth that was planted in them. */
export type Simulation = {
  /** The day of which it is told, `YYYY-MM-DD`. */
  asOf: string;
  company: PlantedTruth["company"];
  /** In the order of their receipt. */
  cases: CaseRecord[];
  /** Those that are in place. */
  secondFixes: (PlantedFix & { implementedOn: string })[];
  plannedFixes: PlantedFix[];
  calls: PlantedCall[];
  /** By the day on which they were written. */
  playbooks: PlantedPlaybook[];
  retrospectives: PlantedRetrospective[];
  truth: PlantedTruth;
  /** The planted cause of each case, by `source_case_id`; `one-off` where there is none. Not in the record. */
  causeOf: Map<string, string>;
};

/**
 * Simulates two years of complaints up to the last complete local month before `asOf` (`YYYY-MM-DD`), about
 * 8,000 cases in less than a second. The same `asOf` and `seed` give the same company, case by case.
 */
export function simulateCompany({ asOf, seed }: { asOf: string; seed: number }): Simulation {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed: got ${seed}, expected a whole number`);
  const truth = plantedTruth;
  const calendar = simulationCalendar(asOf, truth.company.timeZone, truth.months);
  const stepDay = calendar.monthsBeforeEnd(truth.volumeStep.monthsBeforeEnd);
  const world: World = {
    truth,
    calendar,
    customers: createCustomers(truth, stepDay, seededRandom(seed, "customers")),
    staff: createStaff(seededRandom(seed, "staff")),
    random: seededRandom(seed, "cases"),
  };
  const arrivals = drawArrivals(truth, calendar, seed);
  const causeOf = new Map<string, string>();
  const cases = arrivals.map((arrival, index) => {
    const caseId = `LH-${100_001 + index}`;
    causeOf.set(caseId, arrival.cause.key);
    return buildCase(caseId, arrival, world);
  });
  const weeksBeforeEnd = (weeks: number) => calendar.dateOf(calendar.dayCount - weeks * 7);
  return {
    asOf,
    company: truth.company,
    cases,
    ...datedDecisions(truth, weeksBeforeEnd),
    ...datedLearning(truth, { cases, causeOf }, weeksBeforeEnd),
    truth,
    causeOf,
  };
}

function datedDecisions(
  { fixes, plannedFixes, calls }: PlantedTruth,
  weeksBeforeEnd: (weeks: number) => string,
): Pick<Simulation, "secondFixes" | "plannedFixes" | "calls"> {
  const said = ({
    causeKey,
    kind,
    title,
    description,
    owner,
    hopedCut,
    cost,
    ...dated
  }: PlantedTruth["plannedFixes"][number]) => ({
    causeKey,
    kind,
    title,
    description,
    owner,
    hopedCut,
    cost,
    openedOn: weeksBeforeEnd(dated.openedWeeksBeforeEnd),
    dueOn: weeksBeforeEnd(dated.dueWeeksBeforeEnd),
  });
  return {
    secondFixes: fixes.map(({ implementedWeeksBeforeEnd: weeks, ...fix }) => ({
      ...said({ ...fix, dueWeeksBeforeEnd: weeks }),
      implementedOn: weeksBeforeEnd(weeks),
    })),
    plannedFixes: plannedFixes.map(said),
    calls: calls.map(({ calledWeeksBeforeEnd, reviewWeeksBeforeEnd, ...call }) => ({
      ...call,
      calledOn: weeksBeforeEnd(calledWeeksBeforeEnd),
      reviewOn: reviewWeeksBeforeEnd === undefined ? null : weeksBeforeEnd(reviewWeeksBeforeEnd),
    })),
  };
}
