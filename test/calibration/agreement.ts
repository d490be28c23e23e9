import { type Random, randomFrom } from "#analytics/causes/random.ts";
import { cohensKappa } from "#analytics/metrics/cohens-kappa.ts";
import type { CalibrationOptions, CalibrationTable } from "./table.ts";

const samplesEach = 3000;
const codes = [0.5, 0.3, 0.2];

/** How often the interval of Cohen's kappa holds the true one. */
export function agreement({ seed, effort }: CalibrationOptions): CalibrationTable[] {
  const random = randomFrom(seed);
  const samples = Math.ceil(samplesEach * effort);
  const rows = [20, 30, 50, 100, 300].flatMap((n) =>
    [0.2, 0.5, 0.8].map((kappa) => ({ n, kappa, ...kappaCoverage(n, kappa, samples, random) })),
  );
  const withIntervals = rows.filter(({ n }) => n >= 30);
  const mean = withIntervals.reduce((sum, { coverage }) => sum + coverage, 0) / withIntervals.length;
  const least = Math.min(...rows.map(({ coverage }) => coverage));
  return [
    {
      title: "Cohen's kappa",
      says:
        `${samples} samples a line, of three codes (50, 30 and 20 %). How often the 95 % interval holds the true kappa, of the samples that ` +
        `have one. Wanted: 94-97 % in the mean from 30 cases on (it is ${percent(mean)}), nowhere below 85 % (lowest: ${percent(least)}).`,
      columns: ["cases", "true kappa", "coverage", "no interval: all agree"],
      rows: rows.map(({ n, kappa, coverage, without }) => [
        `${n}`,
        `${kappa}`,
        percent(coverage),
        percent(without),
      ]),
    },
  ];
}

/** Both coders have the same shares of codes: they agree by knowledge in a share `kappa` of cases, else by chance. */
export function kappaCoverage(
  n: number,
  kappa: number,
  samples: number,
  random: Random,
): { coverage: number; without: number } {
  let [covered, without] = [0, 0];
  for (let sample = 0; sample < samples; sample++) {
    const pairs = Array.from({ length: n }, (): [string, string] => {
      const one = drawCode(random);
      return [one, random() < kappa ? one : drawCode(random)];
    });
    const interval = cohensKappa(pairs)?.interval ?? null;
    if (interval === null) without++;
    else if (interval.low <= kappa && kappa <= interval.high) covered++;
  }
  return { coverage: covered / (samples - without), without: without / samples };
}

function drawCode(random: Random): string {
  let left = random();
  const code = codes.findIndex((share) => (left -= share) < 0);
  return String(code === -1 ? codes.length - 1 : code);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
