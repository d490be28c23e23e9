import { formatRange } from "#analytics/filter/filter.ts";
import { monthlyTrend } from "#analytics/metrics/monthly-trend.ts";
import { formatMonth } from "#analytics/period.ts";
import type { TableData } from "./table.ts";
import { hrefTo, tableCsvHref, type View } from "./view.ts";

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
    note: "Cases by the day they happened. A month that is not complete is not to be compared with the others.",
    columns: [
      { key: "month", label: "Month", kind: "date" },
      { key: "complete", label: "Complete", kind: "text" },
      { key: "cases", label: "Cases", kind: "count" },
      { key: "product", label: "Product", kind: "count" },
      { key: "process", label: "Process", kind: "count" },
      { key: "staff_training", label: "Staff training", kind: "count" },
      { key: "unclassified", label: "Unclassified", kind: "count" },
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
        },
      };
    }),
  };
}

/** The first month at the end of a trend that is not complete; `undefined` where all are. */
export function firstIncompleteMonth(trend: TableData): string | undefined {
  const lastComplete = trend.rows.findLastIndex((row) => row.cells.complete === "yes");
  const month = trend.rows[lastComplete + 1]?.cells.month;
  return typeof month === "string" ? month : undefined;
}
