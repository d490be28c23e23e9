import { causesTable } from "./causes-table.ts";
import { headlineTable } from "./headline-table.ts";
import { outcomesTable, remediesTable, remedyTable } from "./outcome-tables.ts";
import { resolutionTimesTable } from "./resolution-times-table.ts";
import { reviewHeadlineTable } from "./review-headline-table.ts";
import { reviewCausesTable } from "./review-table.ts";
import type { TableData } from "./table.ts";
import { trendTable } from "./trend-table.ts";
import type { View } from "./view.ts";

/** Every table of the product by the name of its CSV. Pages, downloads and tests take them from here. */
export const tables: Readonly<Record<string, (view: View) => TableData>> = {
  headline: headlineTable,
  causes: causesTable,
  trend: trendTable,
  remedies: remedyTable,
  "outcomes-by-remedy": (view) => outcomesTable(view, "remedy"),
  "outcomes-by-contact-reason": (view) => outcomesTable(view, "contact_reason"),
  "outcomes-by-cause": (view) => outcomesTable(view, "cause"),
  "remedies-by-contact-reason": (view) => remediesTable(view, "contact_reason"),
  "remedies-by-cause": (view) => remediesTable(view, "cause"),
  "times-to-resolve": resolutionTimesTable,
  "review-causes": reviewCausesTable,
  "review-headline": reviewHeadlineTable,
};

/** Those that search for bursts, which takes seconds where there are millions of cases. */
export const tablesOfBursts: ReadonlySet<string> = new Set(["review-causes"]);
