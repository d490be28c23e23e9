import { categoryText, countText, sentenceCase } from "#app/format.ts";
import type { TableRow } from "#app/tables/table.ts";
import { categoryColour } from "./category-colour.ts";
import { Trend } from "./trend.tsx";

export interface CategoryTrendProps {
  /** A row a month, oldest first. */
  rows: readonly TableRow[];
  /** Column of the month. */
  month: string;
  /** Columns of the categories' counts; `category: null` is what nobody has classified. */
  categories: readonly { key: string; category: string | null }[];
  label: string;
  incompleteFrom?: string | undefined;
}

/** Cases a month, a line a category, in the colours that the categories have everywhere. */
export function CategoryTrend({ rows, month, categories, label, incompleteFrom }: CategoryTrendProps) {
  const series = categories.map(({ key, category }) => ({
    key,
    label: sentenceCase(categoryText(category)),
    colour: categoryColour(category),
  }));
  return <Trend {...{ rows, month, series, label, incompleteFrom }} format={countText} />;
}
