import type { Random } from "#analytics/causes/random.ts";
import { randomFrom } from "#analytics/causes/random.ts";
import { assembleFacts } from "#analytics/facts/assemble-facts.ts";
import { type Facts, neverBefore } from "#analytics/facts/facts.ts";
import { type CauseMovement, causeMovements } from "#analytics/metrics/cause-movements.ts";
import { lengthInDays, monthStart, monthsOf, type Period } from "#analytics/period.ts";
import { periodBursts } from "#analytics/repeats/period-bursts.ts";
import { sketchNames } from "#test/support/facts.ts";
import { drawNormal, drawOverdispersed, drawPoisson } from "./draw.ts";
import type { CalibrationOptions, CalibrationTable } from "./table.ts";

/** How the months of a cause of this monthly mean come about, in which nothing changes. */
interface Stability {
  name: string;
  draw: (mean: number, cause: number, random: Random) => number[];
}

const causeCount = 40;
const firstMonth = monthStart(2024, 7);
const lastQuarter: Period = { start: monthStart(2026, 4), end: monthStart(2026, 7) };
const months = monthsOf({ start: firstMonth, end: lastQuarter.end });

const stabilities: Stability[] = [
  { name: "Poisson", draw: (mean, _, random) => independent(mean, 1, random) },
  { name: "variance 2 x mean", draw: (mean, _, random) => independent(mean, 2, random) },
  { name: "variance 3 x mean", draw: (mean, _, random) => independent(mean, 3, random) },
  {
    name: "every other cause 3 x, the others Poisson",
    draw: (mean, cause, random) => independent(mean, cause % 2 === 0 ? 1 : 3, random),
  },
  { name: "variance 2 x, lag-1 correlation .3", draw: (mean, _, random) => correlated(mean, random) },
  { name: "a season of +-30 %", draw: (mean, _, random) => seasonal(mean, random) },
];

/** One answer a cause: of 1 to 40 cases a month in the mean. */
const meanOf = (cause: number) => cause;

/**
 * How often a page of a quarter says "rose", "fell", "new" or "burst" of any of forty causes in which nothing changes, by
 * the code that writes the page; and how often it sees the one cause of 30 cases a month that doubled in the last quarter.
 * @param of the names of the lines, unless all are wanted
 */
export function pageOfVerbs(
  { seed, effort }: CalibrationOptions,
  of?: readonly string[],
): CalibrationTable[] {
  const pages = Math.max(20, Math.round(500 * effort));
  const chosen = stabilities.filter(({ name }) => of?.includes(name) ?? true);
  const rows = chosen.map(({ name, draw }) => {
    let [withVerb, withoutCustomers, withBurst, seen] = [0, 0, 0, 0];
    for (let page = 0; page < pages; page++) {
      const random = randomFrom(seed * 1_000_003 + page);
      const counts = Array.from({ length: causeCount }, (_, i) => draw(meanOf(i + 1), i + 1, random));
      const facts = factsOfCounts(counts, random);
      const said = movementsOf(facts);
      if (said.some(({ movement, burst }) => movement !== null || burst !== null)) withVerb++;
      if (said.some(({ burst }) => burst !== null)) withBurst++;
      if (causeMovements(facts, lastQuarter, 3, []).some(({ movement }) => movement !== null))
        withoutCustomers++;
      const doubled = counts.with(
        29,
        counts[29]!.map((n, month) => (month < months.length - 3 ? n : 2 * n)),
      );
      const ofDoubled = movementsOf(factsOfCounts(doubled, random));
      if (ofDoubled.find(({ cause }) => cause.causeId === 30)?.movement === "rose") seen++;
    }
    return [name, ...[withVerb, withBurst, withoutCustomers, seen].map((hits) => percent(hits / pages))];
  });
  return [
    {
      title: "Pages with a verb where nothing changes",
      says:
        `${causeCount} stable causes of 1 to 40 cases a month, each of another customer, 24 months, ${pages} pages each: the last quarter ` +
        'against the one before, and its bursts of 30 days. Wanted: a verb ("burst" too) on at most 6.5 % of the pages under Poisson and ' +
        "negative binomial counts; not where the level of a cause drifts (lag 1): a share that has moved is a burst beside the year before. Without customers there are movements alone. The last column is what that costs: of pages with " +
        "bursts on which one cause of 30 cases a month doubles, how many say that it rose.",
      columns: ["counts", "pages with a verb", "with a burst", "without customers", "a doubling seen"],
      rows,
    },
  ];
}

function independent(mean: number, dispersion: number, random: Random): number[] {
  return months.map(() => drawOverdispersed(mean, dispersion, random));
}

/** Poisson around a log-normal level whose neighbours correlate, so that half of the variance is the level's. */
function correlated(mean: number, random: Random): number[] {
  const spread = Math.sqrt(Math.log(1 + 1 / mean));
  let level = drawNormal(random);
  return months.map(() => {
    level = 0.6 * level + 0.8 * drawNormal(random);
    return drawPoisson(mean * Math.exp(spread * level - spread ** 2 / 2), random);
  });
}

function seasonal(mean: number, random: Random): number[] {
  const peak = 12 * random();
  return months.map((_, t) => drawPoisson(mean * (1 + 0.3 * Math.sin(((t - peak) * Math.PI) / 6)), random));
}

const causes = Array.from({ length: causeCount }, (_, i) => ({
  causeId: i + 1,
  name: `Cause ${i + 1}`,
  category: null,
  stability: null,
}));
const noCases = assembleFacts([], sketchNames, causes);

/** As the page does it, bursts and movements in one family. */
function movementsOf(facts: Facts): CauseMovement[] {
  return causeMovements(facts, lastQuarter, 3, [], periodBursts(facts, lastQuarter, []) ?? []);
}

/**
 * Only what is read: the cause of a case, its customer, and its day, which is any of its month. Built at once, for a
 * builder takes ten times as long.
 */
function factsOfCounts(counts: readonly (readonly number[])[], random: Random): Facts {
  const size = counts.flat().reduce((sum, count) => sum + count, 0);
  const incidenceDay = new Int32Array(size);
  const cause = new Uint16Array(size);
  let row = 0;
  months.forEach((month, m) => {
    const days: number[][] = Array.from({ length: lengthInDays(month) }, () => []);
    counts.forEach((series, i) => {
      for (let one = 0; one < series[m]!; one++) days[Math.floor(random() * days.length)]!.push(i + 1);
    });
    days.forEach((codes, day) => {
      cause.set(codes, row);
      incidenceDay.fill(month.start + day, row, row + codes.length);
      row += codes.length;
    });
  });
  const customer = Uint32Array.from(incidenceDay, (_, i) => i + 1);
  const daysSincePrevious = new Uint16Array(size).fill(neverBefore);
  return {
    ...noCases,
    size,
    incidenceDay,
    customer,
    customers: size,
    daysSincePrevious,
    codes: { ...noCases.codes, cause },
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
