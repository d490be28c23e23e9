import type { FilterBarProps } from "#app/components/filter-bar.tsx";
import { periodWords, unknownValues } from "#app/filters/describe-filter.ts";
import { filterBarProps } from "#app/filters/filter-bar-props.ts";
import { listText } from "#app/format.ts";
import type { View } from "#app/tables/view.ts";
import type { AskedWithFilter } from "./asked.ts";

/** What each filtered page has at its head: the filter, the period in words, and what the reader must know first. */
export interface PageHead {
  filterBar: FilterBarProps;
  period: string;
  warnings: string[];
  notes: readonly string[];
}

export function pageHead(
  view: View,
  page: string,
  { unknownKeys, choice }: Pick<AskedWithFilter, "unknownKeys" | "choice">,
  search?: FilterBarProps["form"]["search"],
): PageHead {
  return {
    filterBar: filterBarProps(view, page, choice, search),
    period: periodWords(view),
    warnings: [
      ...unknownKeyWarning(unknownKeys),
      ...unknownValues(view).map(({ words }) => `No case was ever loaded whose ${words}.`),
    ],
    notes: view.notes,
  };
}

function unknownKeyWarning(keys: readonly string[]): string[] {
  if (keys.length === 0) return [];
  const names = listText(keys.map((key) => `"${key}"`));
  return [`The address has ${names}, which is not known here and was ignored.`];
}
