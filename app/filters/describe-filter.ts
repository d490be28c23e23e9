import { dictionaryOf } from "#analytics/facts/facts.ts";
import { dimensionLabel, type FilterDimension } from "#analytics/filter/dimensions.ts";
import { formatQuarter, quarterOf } from "#analytics/period.ts";
import { periodText, quarterText, words } from "#app/format.ts";
import type { View } from "#app/tables/view.ts";

/** One condition in words: "product is Sofa or Lamp", "team is not Returns". */
export interface Condition {
  dimension: FilterDimension;
  value: string | null;
  words: string;
}

/** The conditions of a view, one a value, as its pills and its sentence print them. */
export function conditionsOf(view: View): Condition[] {
  return view.filter.clauses.flatMap(({ dimension, include, exclude }) => {
    const inWords = (value: string | null, verb: string) => ({
      dimension,
      value,
      words: `${dimensionLabel(dimension)} ${verb} ${valueLabel(view, dimension, value)}`,
    });
    return [
      ...include.map((value) => inWords(value, "is")),
      ...exclude.map((value) => inWords(value, "is not")),
    ];
  });
}

/** What a reader calls a value: causes by their name, the rest by itself. */
export function valueLabel(view: View, dimension: FilterDimension, value: string | null): string {
  if (dimension === "remedy") return words(value);
  const entry = dictionaryOf(view.facts, dimension).find((known) => known.value === value);
  return entry?.label ?? String(value);
}

/** Values that the filter names and no case has: the page says so, since the list will be empty. */
export function unknownValues(view: View): Condition[] {
  return conditionsOf(view).filter(
    ({ dimension, value }) =>
      dimension !== "remedy" && !dictionaryOf(view.facts, dimension).some((entry) => entry.value === value),
  );
}

/** The period in words, with the quarter's name where it is one. */
export function periodWords(view: View): string {
  const { period, calendar } = view;
  const quarter = quarterOf(period.start, calendar.fiscalStart);
  const isQuarter = quarter.start === period.start && quarter.end === period.end;
  return isQuarter ? quarterText(quarter, calendar.fiscalStart) : periodText(period);
}

/** The complete quarters that the data reach, newest first, as `YYYY-Qn`. */
export function completeQuarters({ calendar }: Pick<View, "calendar">, most: number): string[] {
  const quarters: string[] = [];
  let end = quarterOf(calendar.completeUntil, calendar.fiscalStart).start;
  while (end > calendar.reach.start && quarters.length < most) {
    const quarter = quarterOf(end - 1, calendar.fiscalStart);
    quarters.push(formatQuarter(quarter, calendar.fiscalStart));
    end = quarter.start;
  }
  return quarters;
}
