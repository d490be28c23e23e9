import { type Random, randomFrom } from "#analytics/causes/random.ts";
import { benjaminiHochberg } from "#analytics/statistics/benjamini-hochberg.ts";
import { mantelHaenszelDifference } from "#analytics/statistics/mantel-haenszel-difference.ts";
import { mantelHaenszelRatio } from "#analytics/statistics/mantel-haenszel-ratio.ts";
import { mantelHaenszelTest } from "#analytics/statistics/mantel-haenszel-test.ts";
import type { Stratum } from "#analytics/statistics/stratum.ts";
import { drawBinomial } from "./draw.ts";
import type { CalibrationOptions, CalibrationTable } from "./table.ts";

/** A remedy over strata: the harder a stratum, the more often it is given. */
interface Design {
  strata: number;
  /** Cases a stratum. */
  cases: number;
  /** What the remedy adds to the share that is restored, in each stratum; */
  difference: number;
  /** and what it multiplies the share with. One of the two is none: 0, or 1. */
  ratio: number;
}

const drawsEach = 4000;

/** What the matrix of remedies promises: intervals that hold the truth, and few false discoveries. */
export function whatWorked(options: CalibrationOptions): CalibrationTable[] {
  return [coverageTable(options), falseDiscoveryTable(options)];
}

/** Strata whose shares without the remedy go from 20 to 60 %, and in which it is given to 75 to 25 % of the cases. */
export function drawStrata({ strata, cases, difference, ratio }: Design, random: Random): Stratum[] {
  return Array.from({ length: strata }, (_, i) => {
    const ease = strata === 1 ? 0.5 : i / (strata - 1);
    const share = 0.2 + 0.4 * ease;
    const nWith = drawBinomial(cases, 0.75 - 0.5 * ease, random);
    return {
      nWith,
      hitsWith: drawBinomial(nWith, share * ratio + difference, random),
      nWithout: cases - nWith,
      hitsWithout: drawBinomial(cases - nWith, share, random),
    };
  });
}

const sizes = [
  { strata: 1, cases: 20 },
  { strata: 1, cases: 60 },
  { strata: 4, cases: 10 },
  { strata: 4, cases: 60 },
  { strata: 20, cases: 4 },
  { strata: 20, cases: 20 },
];

function coverageTable({ seed, effort }: CalibrationOptions): CalibrationTable {
  const random = randomFrom(seed);
  const draws = Math.ceil(drawsEach * effort);
  const rows = sizes.map((size) => ({
    size,
    none: coverageOf({ ...size, difference: 0, ratio: 1 }, draws, random),
    added: coverageOf({ ...size, difference: 0.2, ratio: 1 }, draws, random).difference,
    multiplied: coverageOf({ ...size, difference: 0, ratio: 1.5 }, draws, random).ratio,
  }));
  const all = rows.flatMap(({ none, added, multiplied }) => [none.difference, none.ratio, added, multiplied]);
  const mean = all.reduce((sum, coverage) => sum + coverage, 0) / all.length;
  return {
    title: "Difference and ratio within strata",
    says:
      `${draws} draws a line; the remedy is given the more often, the harder the stratum. How often the 95 % intervals hold the truth. ` +
      `Wanted: 94-97 % in the mean (it is ${percent(mean)}), nowhere below 85 % (lowest: ${percent(Math.min(...all))}). Last: how often the test finds something where nothing is, at p <= 5 %.`,
    columns: [
      "strata",
      "cases each",
      "difference 0",
      "difference .2",
      "ratio 1",
      "ratio 1.5",
      "p <= .05 where nothing is",
    ],
    rows: rows.map(({ size, none, added, multiplied }) => [
      `${size.strata}`,
      `${size.cases}`,
      ...[none.difference, added, none.ratio, multiplied, none.found].map(percent),
    ]),
  };
}

/** Of the draws that have an interval, the share whose interval holds the truth; and of all, the share with p <= .05. */
export function coverageOf(design: Design, draws: number, random: Random) {
  const [difference, ratio] = [
    { covered: 0, n: 0 },
    { covered: 0, n: 0 },
  ];
  let found = 0;
  const count = (tally: typeof ratio, interval: { low: number; high: number } | null, truth: number) => {
    if (interval === null) return;
    tally.n++;
    if (interval.low <= truth && truth <= interval.high) tally.covered++;
  };
  for (let draw = 0; draw < draws; draw++) {
    const strata = drawStrata(design, random);
    count(difference, mantelHaenszelDifference(strata)?.interval ?? null, design.difference);
    count(ratio, mantelHaenszelRatio(strata)?.interval ?? null, design.ratio);
    if ((mantelHaenszelTest(strata) ?? 1) <= 0.05) found++;
  }
  return {
    difference: difference.covered / difference.n,
    ratio: ratio.covered / ratio.n,
    found: found / draws,
  };
}

function falseDiscoveryTable({ seed, effort }: CalibrationOptions): CalibrationTable {
  const random = randomFrom(seed + 1);
  const pages = Math.ceil(600 * effort);
  const rows = [0, 4, 12].map((real) => ({ real, ...discoveries(real, pages, random) }));
  return {
    title: "A matrix of 48 remedies and results",
    says: `${pages} pages a line, each association over 4 strata of 60 cases. Wanted: at most 5 % of what is said is false, in the mean over pages.`,
    columns: [
      "real differences (.2)",
      "false, of what is said",
      "pages with anything false",
      "real ones found",
    ],
    rows: rows.map(({ real, falseShare, anyFalse, power }) => [
      `${real} of 48`,
      percent(falseShare),
      percent(anyFalse),
      real === 0 ? "" : percent(power),
    ]),
  };
}

/** Of `pages` pages with `real` real differences among 48. */
export function discoveries(real: number, pages: number, random: Random) {
  let [falseShare, anyFalse, found] = [0, 0, 0];
  for (let page = 0; page < pages; page++) {
    const ps = Array.from({ length: 48 }, (_, i) => {
      const difference = i < real ? 0.2 : 0;
      return mantelHaenszelTest(drawStrata({ strata: 4, cases: 60, difference, ratio: 1 }, random)) ?? 1;
    });
    const said = benjaminiHochberg(ps).flatMap((q, i) => (q <= 0.05 ? [i] : []));
    const wrong = said.filter((i) => i >= real).length;
    falseShare += wrong / Math.max(1, said.length) / pages;
    anyFalse += Number(wrong > 0) / pages;
    found += said.length - wrong;
  }
  return { falseShare, anyFalse, power: found / (pages * Math.max(1, real)) };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
