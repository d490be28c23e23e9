import { everything } from "#analytics/filter/filter.ts";
import { parseQuarter } from "#analytics/period.ts";
import { completeQuarters } from "#app/filters/describe-filter.ts";
import { quarterText } from "#app/format.ts";
import { hrefTo, makeView, type Snapshot, tableCsvHref } from "#app/tables/view.ts";
import type { AskedWithFilter } from "./asked.ts";

const mostQuarters = 40;

export function reviews(snapshot: Snapshot, { filter, today }: AskedWithFilter) {
  const view = makeView(snapshot, filter, today);
  const { fiscalStart } = view.calendar;
  return {
    importsHref: hrefTo(view.workspace, "imports", everything),
    quarters: completeQuarters(view, mostQuarters).map((quarter) => {
      const period = parseQuarter(quarter, fiscalStart);
      return {
        quarter,
        label: period === null ? quarter : quarterText(period, fiscalStart),
        href: hrefTo(view.workspace, `reviews/${quarter}`, everything),
        csvHref: tableCsvHref({ ...view, filter: { ...everything, period: quarter } }, "review-causes"),
      };
    }),
  };
}
