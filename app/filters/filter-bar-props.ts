import { isAttribute } from "#analytics/facts/facts.ts";
import { everything, type Filter, valueInUrl, without } from "#analytics/filter/filter.ts";
import { parseQuarter } from "#analytics/period.ts";
import type { FilterBarProps } from "#app/components/filter-bar.tsx";
import { counted, quarterText, sentenceCase } from "#app/format.ts";
import type { AskedChoice } from "#app/pages/asked.ts";
import { hrefTo, type View } from "#app/tables/view.ts";
import { completeQuarters, conditionsOf, periodWords } from "./describe-filter.ts";
import { choosable, filterChoices } from "./filter-options.ts";

const quartersInMenu = 12;

/** What the filter bar of a page shows. `page` is its path in the workspace; `search` its search field, if it has one. */
export function filterBarProps(
  view: View,
  page: string,
  choice: AskedChoice,
  search?: FilterBarProps["form"]["search"],
): FilterBarProps {
  const rows = view.filter.cohort === "incidence" ? view.incidence : view.resolved;
  const clear: Filter = { ...view.filter, clauses: [] };
  const open = view.facts.size - view.facts.resolved;
  const action = hrefTo(view.workspace, page, everything);
  return {
    form: {
      action,
      hidden: [
        ...(view.filter.cohort === "outcome" ? [["by", "outcome"] as const] : []),
        ...(choice.isOpen ? [] : conditionsAsFields(view.filter)), // the choices have them as checked boxes
      ],
      ...(search !== undefined && { search }),
    },
    period: { value: view.filter.period, options: periodOptions(view) },
    panel: {
      names: choosable(view).names,
      href: `${action}${choice.otherQuery === "" ? "" : `?${choice.otherQuery}`}`,
      choices: choice.isOpen ? filterChoices(view) : null,
    },
    pills: conditionsOf(view).map(({ dimension, value, words }) => ({
      label: isAttribute(dimension) ? words : sentenceCase(words), // a source's own name stays as it is
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

/** The conditions as the form sends them. */
function conditionsAsFields({ clauses }: Filter): [name: string, value: string][] {
  return clauses.flatMap(({ dimension, include, exclude }) => [
    ...include.map((value): [string, string] => [dimension, valueInUrl(value)]),
    ...exclude.map((value): [string, string] => [`not-${dimension}`, valueInUrl(value)]),
  ]);
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
