import { type CauseMovement, causeMovements } from "#analytics/metrics/cause-movements.ts";
import { repeatWindowDays } from "#analytics/metrics/headline.ts";
import { formatDay } from "#analytics/period.ts";
import type { CauseBurst } from "#analytics/repeats/bursts.ts";
import { fewestForShare, periodText } from "#app/format.ts";
import { causeBursts } from "./cause-bursts.ts";
import { comparedPeriods, notComparable, notCovered } from "./compared-periods.ts";
import type { TableData } from "./table.ts";
import { casesHref, isCovered, tableCsvHref, type View } from "./view.ts";

const rare = { csvOnly: true } as const;
const rareNote = `Causes with fewer than ${fewestForShare} cases in each period are in the CSV only.`;

/**
 * The causes of a period beside the period before and the same one a year earlier. Where month counts are an
 * artefact of how the data were cut, or one of the two is not covered whole, nothing is compared and the note says why.
 */
export function reviewCausesTable(view: View): TableData {
  const { months, before, yearAgo } = comparedPeriods(view.period);
  const compare = !view.volumeIsArtefact;
  const [hasBefore, hasYearAgo] = [before, yearAgo].map((other) => compare && isCovered(view, other));
  const bothCovered = hasBefore === true && isCovered(view, view.period);
  const compared = compare ? {} : ({ csvOnly: true } as const);
  const bursts = causeBursts(view);
  return {
    name: "review-causes",
    caption: compare ? "Causes beside the period before and the year before" : "Causes of the period",
    csvHref: tableCsvHref(view, "review-causes"),
    note: compare
      ? "Cases by the day they happened. Ratio per day against the period before, with its 95 % interval: exact, and wider " +
        "where counts have varied more than chance alone. A verb stands only where the same test passes " +
        "Benjamini-Hochberg (q at most 0.05) over all causes and bursts here and one side has 30 cases. " +
        `${bothCovered ? burstsNote(view, bursts) : notCovered} Counts, not adjusted for volume. ${rareNote}`
      : `${notComparable} ${rareNote}`,
    columns: [
      { key: "cause_id", label: "Id", kind: "text", csvOnly: true },
      { key: "cause", label: "Cause", kind: "text" },
      { key: "category", label: "Category", kind: "category" },
      { key: "cases", label: periodText(view.period), kind: "count" },
      { key: "cases_before", label: periodText(before), kind: "count", ...compared },
      { key: "cases_year_ago", label: periodText(yearAgo), kind: "count", ...compared },
      { key: "ratio", label: "Ratio", kind: "score", ...compared },
      { key: "ratio_low", label: "Ratio, low", kind: "score" },
      { key: "ratio_high", label: "Ratio, high", kind: "score" },
      { key: "q", label: "q", kind: "score", csvOnly: true },
      { key: "movement", label: "Movement", kind: "text", ...compared },
      { key: "burst_from", label: "Burst from", kind: "date", csvOnly: true },
      { key: "burst_customers", label: "Customers in it", kind: "count", csvOnly: true },
      { key: "burst_expected", label: "Customers expected", kind: "score", csvOnly: true },
      { key: "burst_q", label: "q of the burst", kind: "score", csvOnly: true },
    ],
    rows: causeMovements(view.facts, view.period, months, view.filter.clauses, bursts ?? []).map((entry) => {
      const ratio = bothCovered && entry.saying !== "count" ? entry.ratio : null;
      return {
        href: casesHref(view, "incidence", ["cause", String(entry.cause.causeId)]),
        ...(Math.max(entry.cases, compare ? entry.previous : 0) < fewestForShare && rare),
        cells: {
          cause_id: String(entry.cause.causeId),
          cause: entry.cause.name,
          category: entry.cause.category,
          cases: entry.cases,
          cases_before: hasBefore === true ? entry.previous : null,
          cases_year_ago: hasYearAgo === true ? entry.yearAgo : null,
          ratio: ratio?.ratio ?? null,
          ratio_low: ratio?.interval.low ?? null,
          ratio_high: ratio === null || ratio.interval.high === Infinity ? null : ratio.interval.high,
          q: ratio === null ? null : entry.q,
          movement: compare ? movementText(bothCovered, entry) : null,
          ...burstCells(entry),
        },
      };
    }),
  };
}

function movementText(bothCovered: boolean, { movement, burst }: CauseMovement): string {
  if (!bothCovered) return "not compared";
  const said = [movement, burst === null ? null : "burst"].filter((word) => word !== null);
  return said.length === 0 ? "no real change" : said.join(", ");
}

function burstCells({ burst: found }: CauseMovement) {
  return {
    burst_from: found === null ? null : formatDay(found.burst.window.start),
    burst_customers: found?.burst.customers ?? null,
    burst_expected: found?.burst.expected ?? null,
    burst_q: found?.q ?? null,
  };
}

function burstsNote({ facts, incidence }: View, bursts: readonly CauseBurst[] | null): string {
  if (bursts !== null)
    return (
      `A burst: at least half as many different customers again in ${repeatWindowDays} days as the cause's usual share of all ` +
      "cases brings, and more than the same weeks of the year before brought; its days and figures are in the CSV."
    );
  return incidence.some((row) => facts.customer[row] !== 0)
    ? `Bursts are not looked for: they need a period of ${repeatWindowDays} days and 90 days of cases before it.`
    : "Bursts are not looked for: no customer is known.";
}
