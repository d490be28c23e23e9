import { isAttribute } from "../facts/facts.ts";
import {
  formatDay,
  monthStart,
  type Period,
  parseDay,
  parseMonth,
  parseQuarter,
  parseYear,
  shiftMonths,
} from "../period.ts";
import { compareDimensions, type FilterDimension, filterDimensions } from "./dimensions.ts";

/**
 * What a reader asked for, and the one definition of how it stands in a URL:
 *
 *     ?period=2026-Q2&by=outcome&product=Sofa&product=Lamp&not-team=Returns&region=(unknown)&attribute:Company=Acme
 *
 * Keys come in a fixed order, attributes by name, and a default is left out, so that equal filters have equal URLs.
 */
export interface Filter {
  period: PeriodChoice;
  /** Which day puts a case into the period: the day it happened, or the day it was resolved. */
  cohort: Cohort;
  clauses: readonly Clause[];
}

/** `incidence`: every case, by the day it happened. `outcome`: resolved cases, by the day of the resolution. */
export type Cohort = "incidence" | "outcome";

/** A choice stands in the URL as it was made, so that `last-12-months` moves on with the data. */
export type PeriodChoice = "all" | "last-12-months" | "last-24-months" | (string & {});

/** One dimension's condition: one of `include` (when there is any), and none of `exclude`. `null` is "unknown". */
export interface Clause {
  dimension: FilterDimension;
  include: readonly (string | null)[];
  exclude: readonly (string | null)[];
}

export const defaultPeriod: PeriodChoice = "last-12-months";
export const everything: Filter = { period: defaultPeriod, cohort: "incidence", clauses: [] };

const unknownToken = "(unknown)";

/** A filter that cannot be understood; `message` says what was got and what was expected. */
export class FilterError extends Error {
  override readonly name = "FilterError";
}

export interface ParsedFilter {
  filter: Filter;
  /** Keys that no filter knows, for the page to say that they were ignored. */
  unknownKeys: string[];
}

/** @param alsoKnown keys of the page itself (paging, sorting, search) that are not filters */
export function parseFilter(params: URLSearchParams, alsoKnown: readonly string[] = []): ParsedFilter {
  const dimensions = [...filterDimensions, ...attributesIn(params)];
  const known = new Set([...alsoKnown, "period", "by", ...dimensions.flatMap((d) => [d, `not-${d}`])]);
  const clauses = dimensions
    .map((dimension) => ({
      dimension,
      include: parseValues(params.getAll(dimension)),
      exclude: parseValues(params.getAll(`not-${dimension}`)),
    }))
    .filter((clause) => clause.include.length + clause.exclude.length > 0);
  return {
    filter: {
      period: parsePeriodChoice(params.get("period") || defaultPeriod),
      cohort: parseCohort(params.get("by") || "incidence"),
      clauses,
    },
    unknownKeys: [...new Set(params.keys())].filter((key) => !known.has(key)),
  };
}

/** The canonical query, without a question mark; "" for the default filter. `parseFilter` undoes it. */
export function formatFilter(filter: Filter): string {
  const params = new URLSearchParams();
  if (filter.period !== defaultPeriod) params.set("period", filter.period);
  if (filter.cohort !== "incidence") params.set("by", filter.cohort);
  for (const { dimension, include, exclude } of inOrder(filter.clauses)) {
    for (const value of include) params.append(dimension, valueInUrl(value));
    for (const value of exclude) params.append(`not-${dimension}`, valueInUrl(value));
  }
  return params.toString();
}

/** The filter narrowed to one value of a dimension (what it excludes stays out): what a mark links to. */
export function narrow(filter: Filter, dimension: FilterDimension, value: string | null): Filter {
  const others = filter.clauses.filter((clause) => clause.dimension !== dimension);
  const exclude = filter.clauses.find((clause) => clause.dimension === dimension)?.exclude ?? [];
  return { ...filter, clauses: inOrder([...others, { dimension, include: [value], exclude }]) };
}

/** The filter without one condition: what a pill links to. */
export function without(filter: Filter, dimension: FilterDimension, value: string | null): Filter {
  const rest = filter.clauses.map((clause) =>
    clause.dimension === dimension
      ? {
          dimension,
          include: clause.include.filter((v) => v !== value),
          exclude: clause.exclude.filter((v) => v !== value),
        }
      : clause,
  );
  return { ...filter, clauses: rest.filter((clause) => clause.include.length + clause.exclude.length > 0) };
}

/** What a choice of period means: an anchor for the relative ones, the fiscal year, and the reach of the data. */
export interface Calendar {
  fiscalStart: number;
  /** End of the last complete month (exclusive): where the relative periods end. */
  completeUntil: number;
  /** The days that the data cover; what `all` means. */
  reach: Period;
}

/** The days that a choice stands for. */
export function resolvePeriod(choice: PeriodChoice, calendar: Calendar): Period {
  if (choice === "all") return calendar.reach;
  const months = /^last-([1-9]\d?)-months$/.exec(choice);
  if (months !== null)
    return { start: shiftMonths(calendar.completeUntil, -Number(months[1])), end: calendar.completeUntil };
  const period =
    parseRange(choice) ??
    parseQuarter(choice, calendar.fiscalStart) ??
    parseYear(choice, calendar.fiscalStart) ??
    parseMonth(choice);
  if (period === null || !isDrawable(period)) throw periodError(choice);
  return period;
}

/** The years that a case may lie in: beyond them a period has nothing in it but months to draw. */
const [firstDay, lastDay] = [monthStart(1900, 1), monthStart(2200, 1)];

function isDrawable(period: Period): boolean {
  return period.start >= firstDay && period.end <= lastDay;
}

/** A range of days as it stands in a URL: both days belong to it. */
export function formatRange(period: Period): PeriodChoice {
  return `${formatDay(period.start)}..${formatDay(period.end - 1)}`;
}

function parseRange(text: string): Period | null {
  const [from, to, ...rest] = text.split("..");
  if (from === undefined || to === undefined || rest.length > 0) return null;
  const [start, last] = [parseDay(from), parseDay(to)];
  return start === null || last === null || last < start ? null : { start, end: last + 1 };
}

/** The attributes that an address names, in order. Which ones the cases carry, only the columns know. */
function attributesIn(params: URLSearchParams): FilterDimension[] {
  const named = [...params.keys()].map((key) => key.replace(/^not-/, "")).filter(isAttribute);
  return [...new Set(named)].sort(compareDimensions);
}

function parsePeriodChoice(text: string): PeriodChoice {
  // Whether the words mean a period does not depend on the calendar, so an empty one serves to check them.
  resolvePeriod(text, { fiscalStart: 1, completeUntil: 0, reach: { start: 0, end: 0 } });
  return text;
}

function periodError(text: string): FilterError {
  return new FilterError(
    `The period "${text}" is not one. Expected a month (2026-05), a quarter (2026-Q2), a year (2026), ` +
      "two days (2026-05-01..2026-05-31), each from 1900 to 2199; last-12-months, or all.",
  );
}

function parseCohort(text: string): Cohort {
  if (text === "incidence" || text === "outcome") return text;
  throw new FilterError(`by=${text} is not known. Expected by=incidence or by=outcome.`);
}

function parseValues(texts: readonly string[]): (string | null)[] {
  const values = texts
    .filter((text) => text !== "")
    .map((text) => (text === unknownToken ? null : unescape(text)));
  return [...new Set(values)].sort((a, b) => (a === b ? 0 : a === null || (b !== null && a > b) ? 1 : -1));
}

/** A real value that looks like the token (or like an escaped one) gets a backslash in front. */
export function valueInUrl(value: string | null): string {
  if (value === null) return unknownToken;
  return value === unknownToken || value.startsWith("\\") ? `\\${value}` : value;
}

function unescape(text: string): string {
  return text.startsWith("\\") ? text.slice(1) : text;
}

function inOrder(clauses: readonly Clause[]): Clause[] {
  return clauses.toSorted((a, b) => compareDimensions(a.dimension, b.dimension));
}
