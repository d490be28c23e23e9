import { type Random, randomFrom } from "#analytics/causes/random.ts";
import { type Recommendation, recommendation } from "#analytics/staff/recommendation.ts";
import { shrunkRatios } from "#analytics/staff/shrunk-ratios.ts";
import { drawGamma, drawOverdispersed, drawPoisson } from "./draw.ts";
import type { CalibrationOptions, CalibrationTable } from "./table.ts";

/** How a simulated team is; rates are relative to those of the other units. */
interface Team {
  agents: number;
  /** Mean cases of the cause an agent, where nothing is wrong. */
  cases: number;
  /** The busiest handles four times as much as the least busy one. */
  uneven: boolean;
  unitRate: number;
  /** Rate of one agent, drawn at random, over the rate of the others. */
  oneRate: number;
  /** Variance of an agent's count over its mean: 1, or more where one event brings several cases. */
  dispersion: number;
}

/** How often each answer was given, in shares of the teams. */
export type Answers = Record<Recommendation["answer"], number> & {
  /** `individual`, and it named exactly the one whose rate is higher. */
  named: number;
};

const teamsEach = 3000;
const weeks = 26;
/** Cases of one event lie within so many days. */
const eventDays = 10;

/** What the recommendation says of teams of which it is known how they are. */
export function staff(options: CalibrationOptions): CalibrationTable[] {
  return [answersTable(options), dispersedTable(options), shrunkTable(options)];
}

/** The answers over `teams` teams of a kind, beside four other units of the same size at the rate 1. */
export function answersOf(team: Team, teams: number, random: Random): Answers {
  const answers: Answers = { individual: 0, unit: 0, cannot_tell: 0, named: 0 };
  for (let i = 0; i < teams; i++) {
    const culprit = Math.floor(random() * team.agents);
    const found = recommendation({
      category: "staff_training",
      agents: Array.from({ length: team.agents }, (_, index) => drawAgent(team, index, culprit, random)),
      volume: Array.from({ length: weeks }, () => 100),
      withoutAgent: 0,
      otherUnits: Array.from({ length: 4 }, () => ({
        cases: drawOverdispersed(team.agents * team.cases, team.dispersion, random),
        handled: 100 * team.agents,
      })),
      contributing: { product: 0, process: 0 },
    });
    const answer = found?.answer ?? "cannot_tell";
    answers[answer] += 1 / teams;
    const standing = found?.agents.flatMap(({ standsOut }, index) => (standsOut ? [index] : [])) ?? [];
    if (answer === "individual" && standing.length === 1 && standing[0] === culprit)
      answers.named += 1 / teams;
  }
  return answers;
}

function drawAgent(team: Team, index: number, culprit: number, random: Random) {
  const busy = team.uneven ? 0.4 + (1.2 * index) / (team.agents - 1) : 1;
  const rate = team.unitRate * (index === culprit ? team.oneRate : 1);
  return {
    agent: `${index}`,
    handled: 100 * busy,
    weeks: drawWeeks(team.cases * busy * rate, team.dispersion, random),
  };
}

/**
 * Cases by week of which one event may bring several within ten days, on whichever weekday it begins: the sum is negative binomial
 * (Poisson many events, each of a logarithmic size).
 */
function drawWeeks(mean: number, dispersion: number, random: Random): number[] {
  const counts = Array.from({ length: weeks }, () => 0);
  const eventsPerCase = dispersion === 1 ? 1 : Math.log(dispersion) / (dispersion - 1);
  const events = drawPoisson(mean * eventsPerCase, random);
  for (let event = 0; event < events; event++) {
    const day = 7 * weeks * random();
    for (let left = drawEventSize(dispersion, random); left > 0; left--)
      counts[Math.min(weeks - 1, Math.floor((day + eventDays * random()) / 7))]!++;
  }
  return counts;
}

/** A logarithmic number, by its probabilities in turn: P(k) is odds^k / k over the sum of all. */
function drawEventSize(dispersion: number, random: Random): number {
  if (dispersion === 1) return 1;
  const odds = (dispersion - 1) / dispersion;
  let [left, size, probability] = [random(), 1, odds / Math.log(dispersion)];
  while (left > probability && size < 1_000) {
    left -= probability;
    probability *= (odds * size) / (size + 1);
    size++;
  }
  return size;
}

const sizes = [2, 3, 5, 12].flatMap((agents) =>
  [3, 10, 13, 16, 30, 80].map((cases) => ({ agents, cases, uneven: cases === 10 || cases === 80 })),
);

function answersTable({ seed, effort }: CalibrationOptions): CalibrationTable {
  const random = randomFrom(seed);
  const teams = Math.ceil(teamsEach * effort);
  const rows = sizes.map((size) => {
    const of = (unitRate: number, oneRate: number) =>
      answersOf({ ...size, unitRate, oneRate, dispersion: 1 }, teams, random);
    const [fair, one, oneInBadUnit, badUnit] = [of(1, 1), of(1, 2), of(2, 2), of(2, 1)];
    return {
      labels: [`${size.agents}`, `${size.cases}`, size.uneven ? "1 : 4" : "alike"],
      shares: [
        fair.individual,
        badUnit.individual,
        one.unit,
        oneInBadUnit.unit,
        one.named,
        badUnit.unit,
        fair.cannot_tell,
        one.cannot_tell,
        badUnit.cannot_tell,
      ],
    };
  });
  const worst = (column: number) => Math.max(...rows.map(({ shares }) => shares[column]!));
  return {
    title: "Individual, unit or cannot tell",
    says:
      `${teams} teams a line, beside four other units; every agent's cases are Poisson. Wanted: "individual" of at most 5 % of fair ` +
      `teams (seen at most: ${percent(Math.max(worst(0), worst(1)))}), "unit" of at most 5 % of teams with one agent at twice the rate of the ` +
      `others (${percent(Math.max(worst(2), worst(3)))}). "Bad unit": all at twice the rate of the other units. A share of 5 % is known to +/- .8 points.`,
    columns: [
      "agents",
      "cases an agent",
      "volumes",
      "fair: individual",
      "bad unit: individual",
      "one at twice: unit",
      "one at twice in a bad unit: unit",
      "one at twice: found and named",
      "bad unit: found",
      "fair: cannot tell",
      "one at twice: cannot tell",
      "bad unit: cannot tell",
    ],
    rows: rows.map(({ labels, shares }) => [...labels, ...shares.map(percent)]),
  };
}

function dispersedTable({ seed, effort }: CalibrationOptions): CalibrationTable {
  const random = randomFrom(seed + 1);
  const teams = Math.ceil(teamsEach * effort);
  const rows = [3, 5, 12].flatMap((agents) =>
    [5, 10, 30].flatMap((cases) =>
      [1.5, 2, 3].map((dispersion) => {
        const team = { agents, cases, uneven: false, unitRate: 1, oneRate: 1, dispersion };
        const fair = answersOf(team, teams, random);
        const one = answersOf({ ...team, oneRate: 2 }, teams, random);
        const oneInBadUnit = answersOf({ ...team, unitRate: 2, oneRate: 2 }, teams, random);
        return {
          labels: [`${agents}`, `${cases}`, `${dispersion} x`],
          shares: [fair.individual, fair.unit, one.named, Math.max(one.unit, oneInBadUnit.unit)],
        };
      }),
    ),
  );
  const worst = (column: number) => percent(Math.max(...rows.map(({ shares }) => shares[column]!)));
  return {
    title: "Fair teams whose cases come in bursts",
    says:
      `${teams} teams a line, ${weeks} weeks. One event brings several cases within ${eventDays} days, so that an agent's count is negative binomial, with 1.5 to 3 times ` +
      `the variance of chance. Wanted: "individual" of at most 5 % of fair teams (seen at most: ${worst(0)}), "unit" of at most 5 % of teams with one agent at twice the rate ` +
      `(${worst(3)}). A share of 5 % is known to +/- .8 points.`,
    columns: [
      "agents",
      "cases an agent",
      "variance",
      "fair: individual",
      "fair: unit",
      "one at twice: found and named",
      "one at twice, also in a bad unit: unit",
    ],
    rows: rows.map(({ labels, shares }) => [...labels, ...shares.map(percent)]),
  };
}

function shrunkTable({ seed, effort }: CalibrationOptions): CalibrationTable {
  const random = randomFrom(seed + 2);
  const teams = Math.ceil(300 * effort);
  const rows = [3, 10, 30].flatMap((cases) =>
    [0, 0.3, 0.6].map((spread) => ({
      cases,
      spread,
      coverage: shrunkCoverage(cases, spread, teams, random),
    })),
  );
  return {
    title: "Shrunk ratios of agents",
    says:
      `${teams} teams of 8 a line. How often the interval holds the agent's true ratio to the team. Wanted: 93 % or more in each line; ` +
      `the lowest is ${percent(Math.min(...rows.map(({ coverage }) => coverage)))}, known to +/- 1 point. Where all are alike it holds more, since it never takes that for certain.`,
    columns: ["cases an agent", "spread of the true ratios", "coverage"],
    rows: rows.map(({ cases, spread, coverage }) => [`${cases}`, `${spread}`, percent(coverage)]),
  };
}

/** The share of agents, over `teams` teams of 8, whose true ratio lies in the interval. */
export function shrunkCoverage(cases: number, spread: number, teams: number, random: Random): number {
  const agents = 8;
  let covered = 0;
  for (let team = 0; team < teams; team++) {
    const shape = spread === 0 ? Infinity : 1 / spread ** 2;
    const raw = Array.from({ length: agents }, () =>
      shape === Infinity ? 1 : drawGamma(shape, random) / shape,
    );
    const mean = raw.reduce((sum, ratio) => sum + ratio, 0) / agents;
    const counts = raw.map((ratio) => drawOverdispersed(cases * ratio, 1, random));
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) continue;
    shrunkRatios(counts.map((count) => ({ cases: count, expected: total / agents }))).forEach(
      ({ interval }, i) => {
        const truth = raw[i]! / mean;
        if (interval.low <= truth && truth <= interval.high) covered++;
      },
    );
  }
  return covered / (agents * teams);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
