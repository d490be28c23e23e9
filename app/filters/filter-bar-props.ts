import { dimensionLabels, type FilterDimension, filterDimensions } from "#analytics/filter/dimensions.ts";
import { facet } from "#analytics/filter/facets.ts";
import { everything, type Filter, valueInUrl, without } from "#analytics/filter/filter.ts";
import { parseQuarter } from "#analytics/period.ts";
import type { FilterBarProps } from "#app/components/filter-bar.tsx";
import type { FilterOption } from "#app/components/filter-dimension.tsx";
import { counted, quarterText } from "#app/format.ts";
import { hrefTo, type View } from "#app/tables/view.ts";
import { completeQuarters, conditionsOf, periodWords } from "./describe-filter.ts";

const mostValuesInMenu = 60;
const quartersInMenu = 12;

/** What the filter bar of a page shows. `page` is its path in the workspace; `search` its search field, if it has one. */
export function filterBarProps(
  view: View,
  page: string,
  search?: FilterBarProps["form"]["search"],
): FilterBarProps {
  const rows = view.filter.cohort === "incidence" ? view.incidence : view.resolved;
  const clear: Filter = { ...view.filter, clauses: [] };
  const open = view.facts.size - view.facts.byOutcomeDay.length;
  return {
    form: {
      action: hrefTo(view.workspace, page, everything),
      hidden: view.filter.cohort === "outcome" ? [["by", "outcome"]] : [],
      ...(search !== undefined && { search }),
    },
    period: { value: view.filter.period, options: periodOptions(view) },
    options: filterDimensions
      .filter((dimension) => isChoice(view, dimension))
      .map((dimension) => dimensionOption(view, dimension)),
    pills: conditionsOf(view).map(({ dimension, value, words }) => ({
      label: words,
      removeHref: hrefTo(view.workspace, page, without(view.filter, dimension, value)),
    })),
    counts: {
      shown: rows.length,
      total: view.facts.size,
      excluded:
        view.filter.cohort === "outcome"
          ? `${periodWords(view)}, by the day they were resolved. ${counted(open, "open case")} left out: no outcome yet.`
          : `${periodWords(view)}, by the day they happened.`,
    },
    clearHref: hrefTo(view.workspace, page, clear),
  };
}

function periodOptions(view: View): { value: string; label: string }[] {
  const quarters = completeQuarters(view, quartersInMenu).map((quarter) => {
    const period = parseQuarter(quarter, view.calendar.fiscalStart);
    return {
      value: quarter,
      label: period === null ? quarter : quarterText(period, view.calendar.fiscalStart),
    };
  });
  const options = [
    { value: "last-12-months", label: "Last 12 complete months" },
    { value: "last-24-months", label: "Last 24 complete months" },
    { value: "all", label: "All that is loaded" },
    ...quarters,
  ];
  const { period: chosen } = view.filter;
  const isListed = options.some(({ value }) => value === chosen);
  return isListed ? options : [{ value: chosen, label: periodWords(view) }, ...options];
}

function dimensionOption(view: View, dimension: FilterDimension): FilterOption {
  const clause = view.filter.clauses.find((c) => c.dimension === dimension);
  const values = facet(view.facts, view.filter, view.period, dimension).map(({ value, label, count }) => ({
    value: valueInUrl(value),
    label,
    count,
    selected: clause?.include.includes(value) ?? false,
    excluded: clause?.exclude.includes(value) ?? false,
  }));
  const listed = values.filter((value, i) => i < mostValuesInMenu || value.selected || value.excluded);
  return {
    key: dimension,
    label: dimensionLabels[dimension],
    values: listed,
    unlisted: values.length - listed.length,
  };
}

/** A dimension in which all cases are alike is nothing to choose from, unless the filter names it. */
function isChoice({ facts, filter }: View, dimension: FilterDimension): boolean {
  if (filter.clauses.some((clause) => clause.dimension === dimension)) return true;
  const codes = dimension === "remedy" ? facts.remedies : facts.codes[dimension];
  return codes.some((code: number) => code !== codes[0]);
}
