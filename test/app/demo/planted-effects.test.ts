import { describe, expect, test } from "vitest";
import type { CaseRecord } from "#analytics/case.ts";
import { simulateCompany } from "#app/demo/simulate-company.ts";

const { company, cases, secondFixes, truth, causeOf } = simulateCompany({ asOf: "2026-11-22", seed: 1 });
const localDay = new Intl.DateTimeFormat("sv-SE", { timeZone: company.timeZone });

const causeOfCase = (record: CaseRecord) => causeOf.get(record.source_case_id) ?? "";
const dayOf = (record: CaseRecord) => {
  const moment = record.occurred_at ?? record.received_at ?? "";
  return moment.length === 10 ? moment : localDay.format(new Date(moment));
};
const casesOf = (key: string) => cases.filter((record) => causeOfCase(record) === key);
const countIn = (records: readonly CaseRecord[], from: string, to: string) =>
  records.filter((record) => dayOf(record) >= from && dayOf(record) < to).length;
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
const start = "2024-11-01";
const end = "2026-11-01";

/** Cases of the causes that only the volume moves: no fix, no season, no burst. */
const steadyKeys = new Set(
  truth.causes
    .filter(({ key, season, burst }) => !season && !burst && !truth.fixes.some((fix) => fix.causeKey === key))
    .map((cause) => cause.key),
);
const steady = cases.filter((record) => steadyKeys.has(causeOfCase(record)));

/** After against before `day`, volume taken out by the steady causes, with a normal 95 % interval of its logarithm. */
function rateRatio(records: readonly CaseRecord[], day: string) {
  const [before, after] = [countIn(records, start, day), countIn(records, day, end)];
  const [steadyBefore, steadyAfter] = [countIn(steady, start, day), countIn(steady, day, end)];
  const log = Math.log(after / before) - Math.log(steadyAfter / steadyBefore);
  const error = Math.sqrt(1 / before + 1 / after + 1 / steadyBefore + 1 / steadyAfter);
  return { log, error, low: Math.exp(log - 1.96 * error), high: Math.exp(log + 1.96 * error) };
}

describe("the second fixes", () => {
  test.each(truth.fixes)("$title: its true rate ratio of $trueRateRatio is realised within chance", (fix) => {
    const dated = secondFixes.find((one) => one.causeKey === fix.causeKey);
    const { log, error } = rateRatio(casesOf(fix.causeKey), dated?.implementedOn ?? "");
    expect(Math.abs(log - Math.log(fix.trueRateRatio))).toBeLessThan(2.6 * error);
  });

  test.each(truth.fixes)("$title: there are cases enough for the verdict $wantedVerdict", (fix) => {
    const dated = secondFixes.find((one) => one.causeKey === fix.causeKey);
    const { log, low, high } = rateRatio(casesOf(fix.causeKey), dated?.implementedOn ?? "");
    const target = 1 - fix.hopedCut;
    const deserved = {
      harmful: low > 1,
      effective: high < 1 && Math.exp(log) <= target,
      not_effective: low > target && low <= 1 && high >= 1,
    };
    expect(deserved[fix.wantedVerdict]).toBe(true);
  });
});

describe("the changes over time", () => {
  test("all volume steps up by the planted factor, and the new region brings it", () => {
    const stepDay = "2026-02-01";
    const before = countIn(steady, start, stepDay) / daysBetween(start, stepDay);
    const after = countIn(steady, stepDay, end) / daysBetween(stepDay, end);
    const error = Math.sqrt(1 / countIn(steady, start, stepDay) + 1 / countIn(steady, stepDay, end));
    expect(Math.abs(Math.log(after / before / truth.volumeStep.factor))).toBeLessThan(3 * error);
    const fromNewRegion = cases.filter((record) => record.region === truth.volumeStep.region);
    expect(fromNewRegion.length).toBeGreaterThan(500);
    expect(countIn(fromNewRegion, start, stepDay)).toBe(0);
  });

  test("the seasonal cause peaks in November and December of both years", () => {
    const seasonal = truth.causes.filter((cause) => cause.season);
    expect(seasonal).toHaveLength(1);
    const late = casesOf(seasonal[0]?.key ?? "");
    for (const [peak, afterPeak, summer, autumn] of [
      ["2024-11-01", "2025-01-01", "2025-06-01", "2025-08-01"],
      ["2025-11-01", "2026-01-01", "2026-06-01", "2026-08-01"],
    ] as const) {
      expect(countIn(late, peak, afterPeak)).toBeGreaterThan(2 * countIn(late, summer, autumn));
    }
  });

  test("one cause bursts for its planted weeks, over many customers", () => {
    const { key, burst } = truth.causes.find((cause) => cause.burst) ?? {};
    const records = casesOf(key ?? "");
    const firstDay = new Date(Date.parse(end) - 7 * 86_400_000 * (burst?.startsWeeksBeforeEnd ?? 0));
    const lastDay = new Date(firstDay.getTime() + 7 * 86_400_000 * (burst?.weeks ?? 0));
    const [from, to] = [firstDay.toISOString().slice(0, 10), lastDay.toISOString().slice(0, 10)];
    const inside = records.filter((record) => dayOf(record) >= from && dayOf(record) < to);
    const weeklyOutside = (records.length - inside.length) / 100;
    expect(inside.length / (burst?.weeks ?? 0)).toBeGreaterThan(4 * weeklyOutside);
    expect(new Set(inside.map((record) => record.customer_ref)).size).toBeGreaterThan(0.8 * inside.length);
  });
});

const causeWith = (answer: string) =>
  truth.causes.find((cause) => cause.wantedTrainingAnswer === answer)?.key ?? "";

describe("whose work it is", () => {
  const handledShare = shares(cases.map((record) => record.handled_by_ref));
  const concernedShare = (key: string) => shares(casesOf(key).map((record) => record.concerned_agent_ref));
  const teamOf = new Map(cases.map((record) => [record.handled_by_ref, record.team]));

  test("agents are named only where somebody's work is concerned", () => {
    const named = cases.filter((record) => record.concerned_agent_ref !== null);
    const causes = truth.causes.filter((cause) => cause.concerned).map((cause) => cause.key);
    expect(new Set(named.map(causeOfCase))).toEqual(new Set(causes));
    expect(named.every((record) => record.concerned_agent_ref !== record.handled_by_ref)).toBe(true);
  });

  test("one agent has several times her share of the agent-centred cause, nobody else has", () => {
    const timesHerShare = [...concernedShare(causeWith("individual"))].map(([agent, concerned]) => ({
      agent,
      factor: concerned / (handledShare.get(agent) ?? 0),
    }));
    expect(timesHerShare.find(({ agent }) => agent === "AG-103")?.factor).toBeGreaterThan(4);
    expect(timesHerShare.filter(({ factor }) => factor > 2.2)).toHaveLength(1);
  });

  test("the unit-wide cause lies in one team, spread over its agents as their work is", () => {
    const key = causeWith("unit");
    const named = casesOf(key).filter((record) => record.concerned_agent_ref !== null);
    const inTeam = named.filter((record) => teamOf.get(record.concerned_agent_ref) === "Live Chat");
    expect(inTeam.length / named.length).toBeGreaterThan(0.75);
    expect(dispersion(inTeam, handledShare)).toBeLessThan(2.2);
  });

  test("the process in the disguise of training is spread over all agents, but not over the steps", () => {
    const disguised = casesOf(causeWith("process"));
    const named = disguised.filter((record) => record.concerned_agent_ref !== null);
    expect(named.length / disguised.length).toBeGreaterThan(0.8);
    expect(dispersion(named, handledShare)).toBeLessThan(1.8);
    const steps = shares(disguised.map((record) => record.attributes["process_step"] ?? null));
    expect(steps.get("Shift handover")).toBeGreaterThan(0.85);
    const blamed = share(disguised, (record) => /rude|adviser|staff|colleague/i.test(record.narrative ?? ""));
    expect(blamed).toBeGreaterThan(0.6);
  });

  /** Chi-square over its degrees of freedom of the concerned agents against their handled volume; 1 is chance. */
  function dispersion(records: readonly CaseRecord[], volume: ReadonlyMap<string, number>): number {
    const agents = [...new Set(records.map((record) => teamOf.get(record.concerned_agent_ref)))].flatMap(
      (team) => [...volume.keys()].filter((agent) => teamOf.get(agent) === team),
    );
    const total = agents.reduce((sum, agent) => sum + (volume.get(agent) ?? 0), 0);
    const chiSquare = agents.reduce((sum, agent) => {
      const expected = (records.length * (volume.get(agent) ?? 0)) / total;
      const observed = records.filter((record) => record.concerned_agent_ref === agent).length;
      return sum + (observed - expected) ** 2 / expected;
    }, 0);
    return chiSquare / (agents.length - 1);
  }
});

describe("customers and outcomes", () => {
  test("some customers come back with the same cause within 30 days", () => {
    const seen = new Map<string, number>();
    const recurring = cases.filter((record) =>
      truth.causes.some((cause) => cause.key === causeOfCase(record)),
    );
    const repeats = recurring.filter((record) => {
      if (record.customer_ref === null) return false;
      const key = `${causeOfCase(record)} ${record.customer_ref}`;
      const day = Date.parse(dayOf(record)) / 86_400_000;
      const before = seen.get(key) ?? Number.NEGATIVE_INFINITY;
      seen.set(key, day);
      return day - before <= 30;
    });
    expect(repeats.length / recurring.length).toBeGreaterThan(0.045);
    expect(repeats.length / recurring.length).toBeLessThan(0.09);
  });

  test("hard cases are given more money and end worse, so that raw figures blame the remedy", () => {
    const resolved = cases.filter((record) => record.outcome !== null && record.compensation_minor !== null);
    const severe = resolved.filter(({ severity }) => severity === "high" || severity === "critical");
    const mild = resolved.filter(({ severity }) => severity === "low" || severity === "medium");
    expect(share(severe, paid)).toBeGreaterThan(1.4 * share(mild, paid));
    expect(restoredShare(severe)).toBeLessThan(restoredShare(mild) - 0.1);

    const gain = (records: readonly CaseRecord[]) =>
      restoredShare(records.filter(paid)) - restoredShare(records.filter((record) => !paid(record)));
    expect((gain(severe) + gain(mild)) / 2).toBeGreaterThan(gain(resolved) + 0.02);
  });

  test("each outcome occurs, and correction does better than doing nothing", () => {
    const resolved = cases.filter((record) => record.outcome !== null);
    for (const [outcome, least, most] of [
      ["restored", 0.4, 0.65],
      ["settled", 0.2, 0.35],
      ["disputed", 0.08, 0.2],
      ["parted", 0.03, 0.1],
    ] as const) {
      const found = share(resolved, (record) => record.outcome === outcome);
      expect(found).toBeGreaterThan(least);
      expect(found).toBeLessThan(most);
    }
    const corrected = resolved.filter((record) => record.remedy_types?.includes("correction"));
    const untouched = resolved.filter((record) => record.remedy_types?.includes("none"));
    expect(restoredShare(corrected)).toBeGreaterThan(restoredShare(untouched) + 0.2);
  });
});

function paid(record: CaseRecord): boolean {
  return (record.compensation_minor ?? 0) > 0;
}

function restoredShare(records: readonly CaseRecord[]): number {
  return share(records, (record) => record.outcome === "restored");
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / items.length;
}

/** Share of each value among those that aren't null. */
function shares(values: readonly (string | null)[]): Map<string, number> {
  const known = values.filter((value) => value !== null);
  const counts = Map.groupBy(known, (value) => value);
  return new Map([...counts].map(([value, all]) => [value, all.length / known.length]));
}
