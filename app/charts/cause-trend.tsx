import { countText } from "#app/format.ts";
import type { TableRow } from "#app/tables/table.ts";
import { categoryColour } from "./category-colour.ts";
import { Trend } from "./trend.tsx";
import type { TrendMark } from "./trend-geometry.ts";

export interface CauseTrendProps {
  /** A row a month, oldest first. */
  rows: readonly TableRow[];
  /** Columns of the month and of its cases. */
  keys: { month: string; cases: string };
  category: string | null;
  label: string;
  /** The second fixes of the cause, on the days they were in place. */
  fixes?: readonly TrendMark[];
  incompleteFrom?: string | undefined;
}

/** The cases of one cause a month, with a line where a second fix was put in place. */
export function CauseTrend({ rows, keys, category, label, fixes = [], incompleteFrom }: CauseTrendProps) {
  const series = [{ key: keys.cases, label: "Cases", colour: categoryColour(category) }];
  return (
    <Trend {...{ rows, series, label, incompleteFrom }} month={keys.month} marks={fixes} format={countText} />
  );
}
