import { type CountDistribution, countDistribution } from "#analytics/second-fix/count-distribution.ts";
import { cusumAlarmProbability } from "#analytics/second-fix/cusum.ts";
import { rateChange } from "#analytics/second-fix/rate-change.ts";
import { regressionWatch } from "#analytics/second-fix/regression-watch.ts";
import type { CalibrationOptions, CalibrationTable } from "./table.ts";

const [weeksBefore, weeksAfter, weeksWatched] = [104, 26, 52];
/** Counts after a fix that are less likely than this are left out. */
const leastLikely = 1e-5;

/** What the watch over a verified fix promises, by looking at every count that may verify it: nothing is drawn. */
export function regressed({ effort }: CalibrationOptions): CalibrationTable[] {
  const quantiles = effort < 1 ? [0.5] : [0.1, 0.3, 0.5, 0.7, 0.9];
  const rows = (effort < 1 ? [1] : [1, 2, 3]).flatMap((dispersion) =>
    [0.3, 0.5, 0.7].flatMap((ratio) =>
      [15, 30, 60].map((expected) => {
        const found = yearOfWatching({ ratio, expected, dispersion }, quantiles);
        return [
          `${dispersion} x`,
          percent(1 - ratio),
          String(expected),
          ...[found.verified, found.falseAlarm, found.returnSeen].map(percent),
        ];
      }),
    ),
  );
  return [
    {
      title: "`regressed`",
      says:
        `Fixes that were verified by ${weeksAfter} weeks after ${weeksBefore}, then watched for a year; "expected" are the cases of the ${weeksAfter} weeks without the fix. Nothing is drawn: ` +
        "every count that may verify the fix is weighed by its probability, at five counts before it, and its watch followed exactly. Wanted: a false alarm in <= 5 % of fix-years.",
      columns: [
        "variance",
        "true cut",
        "expected without it",
        "verified",
        "false alarms",
        "full returns seen within the year",
      ],
      rows,
    },
  ];
}

/** Means over the fixes that are verified; `verified`: of all fixes. */
function yearOfWatching(
  { ratio, expected, dispersion }: { ratio: number; expected: number; dispersion: number },
  quantiles: readonly number[],
) {
  const weekly = expected / weeksAfter;
  const counts = (mean: number) => countDistribution(mean, dispersion * mean);
  let [verified, falseAlarm, returnSeen] = [0, 0, 0];
  for (const quantile of quantiles) {
    const before = { cases: quantileOf(counts(weekly * weeksBefore), quantile), exposure: weeksBefore };
    const { first, probabilities } = counts(expected * ratio);
    probabilities.forEach((probability, i) => {
      const after = { cases: first + i, exposure: weeksAfter };
      const isVerified = (rateChange(before, after, dispersion)?.interval.high ?? 1) < 1;
      if (!isVerified || probability < leastLikely) return;
      const watch = regressionWatch({ before, after, exposurePerWeek: 1, dispersion });
      verified += probability;
      falseAlarm += probability * cusumAlarmProbability(counts(weekly * ratio), watch, weeksWatched);
      returnSeen += probability * cusumAlarmProbability(counts(weekly), watch, weeksWatched);
    });
  }
  return {
    verified: verified / quantiles.length,
    falseAlarm: falseAlarm / verified,
    returnSeen: returnSeen / verified,
  };
}

function quantileOf({ first, probabilities }: CountDistribution, p: number): number {
  let sum = 0;
  return first + probabilities.findIndex((probability) => (sum += probability) >= p);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
