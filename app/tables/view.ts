import type { Facts } from "#analytics/facts/facts.ts";
import type { FilterDimension } from "#analytics/filter/dimensions.ts";
import {
  type Calendar,
  type Cohort,
  defaultPeriod,
  type Filter,
  formatFilter,
  narrow,
  resolvePeriod,
} from "#analytics/filter/filter.ts";
import { type Selection, select } from "#analytics/filter/select.ts";
import type { Exposure } from "#analytics/metrics/exposure.ts";
import { type Day, floorMonth, type Period } from "#analytics/period.ts";

/** The tenant, as pages and exports name it. */
export interface Workspace {
  id: number;
  name: string;
  timeZone: string;
  fiscalYearStartMonth: number;
  simulated: boolean;
}

/** The columns of a workspace as they stood after one commit. */
export interface Snapshot {
  workspace: Workspace;
  facts: Facts;
  /** What the sources say about themselves, for the reader: no resolution date, an extract and so on. */
  notes: readonly string[];
  /** Month counts come from how the extract was cut: nobody may say that they rose or fell. */
  volumeIsArtefact: boolean;
  /** The sources tell some outcomes and are silent about the others: no share of outcomes may be shown. */
  outcomesArePartial: boolean;
  /** What rates are taken of; `null`: nobody has loaded such days, and counts are not adjusted for volume. */
  exposure: LoadedExposure | null;
}

/** How much there was of what cases come from, over all of the workspace. */
export interface LoadedExposure {
  name: string;
  /** What it counts, in plain words: "orders". */
  unit: string;
  days: Exposure;
}

/** Everything that a page, a CSV or the summary is a function of: the columns, seen through one filter. */
export interface View extends Snapshot {
  filter: Filter;
  calendar: Calendar;
  period: Period;
  /** Cases by the day they happened. */
  incidence: Selection;
  /** Resolved cases by the day they were resolved. */
  resolved: Selection;
}

/** A filter with the days that it comes to. */
export type Viewed = Pick<View, "filter" | "calendar" | "period">;

/**
 * Where less than one complete month is loaded, the default period is everything.
 * @param today the request's day in the workspace's time zone
 * @throws FilterError for a period that there can't be
 */
export function viewedPeriod(snapshot: Snapshot, asked: Filter, today: Day): Viewed {
  const calendar = calendarOf(snapshot, today);
  const showsNothing = calendar.completeUntil <= calendar.reach.start && asked.period === defaultPeriod;
  const filter = showsNothing ? { ...asked, period: "all" } : asked;
  return { filter, calendar, period: resolvePeriod(filter.period, calendar) };
}

/**
 * Cost: one pass over the cases of the period for each condition.
 * @param today the request's day in the workspace's time zone
 * @throws FilterError for what there can't be
 */
export function makeView(snapshot: Snapshot, asked: Filter, today: Day): View {
  const viewed = viewedPeriod(snapshot, asked, today);
  return overPeriod({ ...snapshot, ...viewed }, viewed.period);
}

/** The cases of other days under the same conditions; its links still lead to the days of the filter. */
export function overPeriod(view: Omit<View, "period" | "incidence" | "resolved">, period: Period): View {
  const of = (cohort: Cohort) => select(view.facts, period, cohort, view.filter.clauses);
  return { ...view, period, incidence: of("incidence"), resolved: of("outcome") };
}

/**
 * A month counts as complete when the data reach its last day. The data reach to the latest day on which a case
 * happened or was resolved: a source that is silent at a month's end is taken as not loaded yet.
 */
export function calendarOf({ facts, workspace }: Snapshot, today: Day): Calendar {
  const last = facts.lastDay ?? today - 1;
  return {
    fiscalStart: workspace.fiscalYearStartMonth,
    completeUntil: floorMonth(Math.min(last + 1, today)),
    reach: { start: facts.incidenceDay[0] ?? today, end: last + 1 },
  };
}

/** Whether the data cover days whole. Where they don't, nothing was measured, and that is not zero. */
export function isCovered({ calendar }: Pick<View, "calendar">, { start, end }: Period): boolean {
  return start >= calendar.reach.start && end <= calendar.completeUntil;
}

/** A page of the workspace ("" is the overview), seen through a filter. */
export function hrefTo(workspace: Workspace, page: string, filter: Filter): string {
  const query = formatFilter(filter);
  const path = page === "" ? "" : `/${page}`;
  return `/w/${encodeURIComponent(workspace.name)}${path}${query === "" ? "" : `?${query}`}`;
}

/** The list of the cases behind a number: the view's filter, narrowed. */
export function casesHref(
  view: View,
  cohort: Cohort,
  ...narrowings: [dimension: FilterDimension, value: string | null][]
): string {
  const filter = narrowings.reduce((f, [dimension, value]) => narrow(f, dimension, value), {
    ...view.filter,
    cohort,
  });
  return hrefTo(view.workspace, "cases", filter);
}

/** The CSV of a table, seen through the same filter. */
export function tableCsvHref(view: View, name: string): string {
  return hrefTo(view.workspace, `tables/${name}.csv`, view.filter);
}
