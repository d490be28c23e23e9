import { formatRange } from "#analytics/filter/filter.ts";
import { exposureIn, exposureRate } from "#analytics/metrics/exposure.ts";
import { monthlyTrend, type TrendMonth } from "#analytics/metrics/monthly-trend.ts";
import { formatMonth } from "#analytics/period.ts";
import { sentenceCase } from "#app/format.ts";
import type { Column, TableData } from "./table.ts";
import { hrefTo, type LoadedExposure, tableCsvHref, type View } from "./view.ts";

/** Cases a month by category of their cause; a month that the data do not cover whole says so. */
export function trendTable(view: View): TableData {
  const months = monthlyTrend(view.facts, view.incidence, view.period, {
    start: view.calendar.reach.start,
    end: view.calendar.completeUntil,
  });
  return {
    name: "trend",
    caption: "Cases by month and category",
    csvHref: tableCsvHref(view, "trend"),
    note: `Cases by the day they happened. A month that is not complete is not to be compared with the others. ${volumeNote(view)}`,
    columns: [
      { key: "month", label: "Month", kind: "date" },
      { key: "complete", label: "Complete", kind: "text" },
      { key: "cases", label: "Cases", kind: "count" },
      { key: "product", label: "Product", kind: "count" },
      { key: "process", label: "Process", kind: "count" },
      { key: "staff_training", label: "Staff training", kind: "count" },
      { key: "unclassified", label: "Unclassified", kind: "count" },
      ...exposureColumns(view),
    ],
    rows: months.map(({ month, complete, total, byCategory }) => {
      const clipped = {
        start: Math.max(month.start, view.period.start),
        end: Math.min(month.end, view.period.end),
      };
      return {
        href: hrefTo(view.workspace, "cases", {
          ...view.filter,
          cohort: "incidence",
          period: formatRange(clipped),
        }),
        cells: {
          month: formatMonth(month.start),
          complete: complete ? "yes" : "no",
          cases: total,
          ...byCategory,
          ...exposureCells(view, { month, complete, total }),
        },
      };
    }),
  };
}

/** The exposure that a trend is adjusted by; none where how the extract was cut decides how many cases there are. */
function exposureOf(view: View): LoadedExposure | null {
  return view.volumeIsArtefact ? null : view.exposure;
}

/** What the counts of a trend are adjusted for, in words. */
export function volumeNote(view: View): string {
  const exposure = exposureOf(view);
  if (exposure === null) return "The counts are not adjusted for volume.";
  return (
    `The rate is of all ${exposure.unit} (“${exposure.name}”), whatever the filter, with the 95 % interval of chance alone; ` +
    "none where a day of the month is missing there."
  );
}

function exposureColumns(view: View): Column[] {
  const exposure = exposureOf(view);
  if (exposure === null) return [];
  return [
    { key: "exposure", label: sentenceCase(exposure.unit), kind: "count" },
    { key: "rate", label: `Cases per 1,000 ${exposure.unit}`, kind: "rate" },
    { key: "rate_low", label: "Rate, low", kind: "rate" },
    { key: "rate_high", label: "Rate, high", kind: "rate" },
  ];
}

function exposureCells(view: View, { month, complete, total }: Omit<TrendMonth, "byCategory">) {
  const exposure = exposureOf(view);
  if (exposure === null) return {};
  const known = complete ? exposureIn(exposure.days, month) : null;
  const rate = exposureRate(total, known);
  return {
    exposure: known,
    rate: rate?.rate ?? null,
    rate_low: rate?.interval.low ?? null,
    rate_high: rate?.interval.high ?? null,
  };
}

/** The first month at the end of a trend that is not complete; `undefined` where all are. */
export function firstIncompleteMonth(trend: TableData): string | undefined {
  const lastComplete = trend.rows.findLastIndex((row) => row.cells.complete === "yes");
  const month = trend.rows[lastComplete + 1]?.cells.month;
  return typeof month === "string" ? month : undefined;
}
