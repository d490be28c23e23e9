import { type Random, randomFrom } from "#analytics/causes/random.ts";
import { benjaminiHochberg } from "#analytics/statistics/benjamini-hochberg.ts";
import { scanFamily } from "#analytics/statistics/scan-family.ts";
import { drawOverdispersed, drawPoisson } from "./draw.ts";
import type { CalibrationOptions, CalibrationTable } from "./table.ts";

const [usualDays, periodDays, width] = [365, 91, 30];
const days = usualDays + periodDays;
const causes = 40;

interface World {
  name: string;
  /** Variance over mean of the count of 30 days. */
  dispersion: number;
  /** The volume of all causes on a day, 1 in the mean. */
  volume: (day: number) => number;
}

const steady = () => 1;
const worlds: World[] = [
  { name: "Poisson", dispersion: 1, volume: steady },
  {
    name: "Poisson, a season and a volume step of -50 %",
    dispersion: 1,
    volume: (day) => (1 + 0.5 * Math.sin(day / 58)) * (day > 400 ? 0.5 : 1),
  },
  { name: "negative binomial, variance 2x", dispersion: 2, volume: steady },
  { name: "negative binomial, variance 3x", dispersion: 3, volume: steady },
];

/** Bursts over stable causes, which are false, and over one with a planted burst, which is to be found. */
export function burstCalibration({ seed, effort }: CalibrationOptions): CalibrationTable[] {
  const random = randomFrom(seed);
  const pages = Math.max(10, Math.round(500 * effort));
  return [falseBursts(pages, random), power(Math.max(10, Math.round(40 * effort)), random)];
}

function falseBursts(pages: number, random: Random): CalibrationTable {
  const rows = worlds.map((world) => {
    const ps = Array.from({ length: pages }, () => pagePs(stableCauses(world, random), random));
    const share = (limit: number) => ps.flat().filter((p) => p <= limit).length / (pages * causes);
    const withBurst = ps.filter((page) => benjaminiHochberg(page).some((q) => q <= 0.05)).length / pages;
    return [world.name, percent(withBurst), percent(share(0.05)), percent(share(0.01))];
  });
  return {
    title: "Bursts that are none",
    says: `${pages} pages of ${causes} causes whose share never changes, of 2 to 117 first contacts a quarter: a year, then a quarter in which bursts of 30 days are looked for. Wanted: a page with a burst (q <= .05 over the causes) in at most 5 %; p <= .05 and p <= .01 in as many.`,
    columns: ["arrivals", "pages with a burst", "p <= .05", "p <= .01"],
    rows,
  };
}

function power(pages: number, random: Random): CalibrationTable {
  const found = (world: World, usual: number, factor: number) => {
    let pagesFound = 0;
    for (let page = 0; page < pages; page++) {
      const family = stableCauses(world, random);
      family[0] = arrivals(usual, world, random);
      for (let day = usualDays + 30; day < usualDays + 60; day++)
        family[0][day]! += drawPoisson((usual * (factor - 1)) / width, random);
      if (benjaminiHochberg(pagePs(family, random))[0]! <= 0.05) pagesFound++;
    }
    return percent(pagesFound / pages);
  };
  const shown = worlds.filter(({ dispersion, volume }) => dispersion <= 2 && volume === steady);
  const rows = [3, 10, 30].flatMap((usual) =>
    [2, 3, 5].map((factor) => [
      String(usual),
      `${factor}x`,
      ...shown.map((world) => found(world, usual, factor)),
    ]),
  );
  return {
    title: "Bursts that are real",
    says: `One of ${causes} causes brings so many times its usual first contacts for 30 days of the quarter. ${pages} pages each; found where q <= .05.`,
    columns: ["usual in 30 days", "burst", ...shown.map(({ name }) => `found: ${name}`)],
    rows,
  };
}

function pagePs(family: readonly Uint32Array[], random: Random): number[] {
  const population = new Uint32Array(days);
  for (const events of family) events.forEach((count, day) => (population[day]! += count));
  const results = scanFamily(family, { population, from: usualDays, width, fewest: 5 }, random() * 2 ** 32);
  return results.map((result) => result?.p ?? 1);
}

function stableCauses(world: World, random: Random): Uint32Array[] {
  return Array.from({ length: causes }, (_, k) => arrivals((2 * 1.11 ** k * width) / 91, world, random));
}

/** First contacts by day. Where they vary beyond chance, the rate of each 30 days is another. */
function arrivals(usual: number, { dispersion, volume }: World, random: Random): Uint32Array {
  const events = new Uint32Array(days);
  const count = (day: number) =>
    dispersion === 1 ? 0 : drawOverdispersed(usual * volume(day), dispersion, random);
  for (let start = 0; start < days; start += width) {
    const ofBlock = count(start);
    for (let one = 0; one < ofBlock; one++) {
      const day = start + Math.floor(random() * width);
      if (day < days) events[day]!++;
    }
  }
  if (dispersion === 1)
    for (let day = 0; day < days; day++) events[day] = drawPoisson((usual * volume(day)) / width, random);
  return events;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
