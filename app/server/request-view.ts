import { type RouterContextProvider, redirect } from "react-router";
import { defaultPeriod, FilterError, parseFilter } from "#analytics/filter/filter.ts";
import { type Day, formatDay, type Period } from "#analytics/period.ts";
import type { AskedChoice, AskedWithFilter } from "#app/pages/asked.ts";
import type { Pages } from "#app/pages/pages.ts";
import { calendarOf, type Snapshot } from "#app/tables/view.ts";
import { servicesOf } from "./context.ts";
import { badRequest, notFound } from "./http-errors.ts";
import type { AskedOf, ShownBy } from "./page-threads.ts";
import type { Services } from "./services.ts";

interface RouteArgs {
  request: Request;
  params: { workspace: string };
  context: Readonly<RouterContextProvider>;
}

export interface RequestedSnapshot {
  services: Services;
  snapshot: Snapshot;
  /** The request's day in the workspace's time zone. */
  today: Day;
  /** Computes a page of this snapshot on another thread; not if the reader has gone away before. */
  page: <Name extends keyof Pages>(name: Name, asked: AskedOf<Pages[Name]>) => Promise<ShownBy<Pages[Name]>>;
}

export interface RequestedFilter extends RequestedSnapshot {
  asked: AskedWithFilter;
  search: URLSearchParams;
}

/** The workspace of a path, through the filter of a query. */
export async function requestFilter(
  args: RouteArgs,
  pageKeys: readonly string[] = [],
): Promise<RequestedFilter> {
  const url = new URL(args.request.url);
  const { searchParams: search } = url;
  const requested = await requestSnapshot(args);
  const { snapshot, today } = requested;
  sendOnFromDates(url, calendarOf(snapshot, today).reach);
  const choice = choiceOf(search);
  const parsed = orBadRequest(() => parseFilter(search, choice.isOpen ? [...pageKeys, choiceKey] : pageKeys));
  return { ...requested, asked: { today, ...parsed, choice }, search };
}

/** `choose=filters` is no filter: only the links that open the choices have it, and no other carries it on. */
const [choiceKey, choiceOfFilters] = ["choose", "filters"];

function choiceOf(search: URLSearchParams): AskedChoice {
  const isOpen = search.get(choiceKey) === choiceOfFilters;
  const other = new URLSearchParams(search);
  if (isOpen) other.delete(choiceKey);
  else other.set(choiceKey, choiceOfFilters);
  return { isOpen, otherQuery: other.toString() };
}

/**
 * The two date fields of a form, `from` and `to`, are another spelling of a period: the reader is sent on to the one
 * that all else knows. A day left out is the first or the last one loaded.
 */
function sendOnFromDates({ pathname, searchParams }: URL, reach: Period): void {
  if (!searchParams.has("from") && !searchParams.has("to")) return;
  const [from, to] = [searchParams.get("from"), searchParams.get("to")];
  const params = new URLSearchParams([...searchParams].filter(([, value]) => value !== ""));
  params.delete("from");
  params.delete("to");
  if (from || to)
    params.set("period", `${from || formatDay(reach.start)}..${to || formatDay(reach.end - 1)}`);
  if (params.get("period") === defaultPeriod) params.delete("period");
  throw redirect(params.size === 0 ? pathname : `${pathname}?${params}`);
}

/** What a filter asks for, or a bad request where it asks for something that there can't be. */
export function orBadRequest<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof FilterError ? badRequest(error.message) : error;
  }
}

export async function requestSnapshot({ request, params, context }: RouteArgs): Promise<RequestedSnapshot> {
  const services = servicesOf(context);
  const snapshot = await services.snapshot(params.workspace);
  if (snapshot === undefined)
    throw notFound(
      `There is no workspace named "${params.workspace}". The start page leads to those that there are.`,
    );
  return {
    services,
    snapshot,
    today: services.today(snapshot.workspace.timeZone),
    page: (name, asked) => services.pages.compute(name, snapshot, asked, request.signal),
  };
}

/** A download says nothing beside its rows, so one that ignored a parameter could mislead. */
export function refuseUnknownKeys({ asked: { unknownKeys } }: RequestedFilter): void {
  if (unknownKeys.length > 0)
    throw badRequest(
      `The parameter "${unknownKeys[0]}" is not known, and a CSV that ignored it could mislead.`,
    );
}

/** A positive whole number of a path or query; anything else is refused with what was got. */
export function wholeNumber(text: string, what: string): number {
  const number = Number(text);
  if (!/^\d{1,9}$/.test(text) || number < 1)
    throw badRequest(`The ${what} "${text}" is not a number. Expected a whole number from 1.`);
  return number;
}
