import { type RouterContextProvider, redirect } from "react-router";
import { defaultPeriod, type Filter, FilterError, parseFilter } from "#analytics/filter/filter.ts";
import { formatDay, type Period } from "#analytics/period.ts";
import { calendarOf, makeView, type Snapshot, type View } from "#app/tables/view.ts";
import { servicesOf } from "./context.ts";
import { badRequest, notFound } from "./http-errors.ts";
import type { Services } from "./services.ts";

interface RouteArgs {
  request: Request;
  params: { workspace: string };
  context: Readonly<RouterContextProvider>;
}

export interface RequestView {
  view: View;
  services: Services;
  search: URLSearchParams;
  /** Parameters that nobody knows: ignored, and said so. */
  unknownKeys: string[];
}

/** What a page shows: the workspace of its path, through the filter of its query. */
export async function requestView(args: RouteArgs, pageKeys: readonly string[] = []): Promise<RequestView> {
  const url = new URL(args.request.url);
  const { searchParams: search } = url;
  const { services, snapshot } = await requestSnapshot(args);
  sendOnFromDates(url, calendarOf(snapshot, services.today(snapshot.workspace.timeZone)).reach);
  const { filter, unknownKeys } = orBadRequest(() => parseFilter(search, pageKeys));
  return { view: viewOf(services, snapshot, filter), services, search, unknownKeys };
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

export function viewOf(services: Services, snapshot: Snapshot, filter: Filter): View {
  return orBadRequest(() => makeView(snapshot, filter, services.today(snapshot.workspace.timeZone)));
}

/** What a filter asks for, or a bad request where it asks for something that there can't be. */
export function orBadRequest<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof FilterError ? badRequest(error.message) : error;
  }
}

export async function requestSnapshot({ params, context }: Omit<RouteArgs, "request">): Promise<{
  services: Services;
  snapshot: Snapshot;
}> {
  const services = servicesOf(context);
  const snapshot = await services.snapshot(params.workspace);
  if (snapshot === undefined)
    throw notFound(
      `There is no workspace named "${params.workspace}". The start page leads to those that there are.`,
    );
  return { services, snapshot };
}

/** A download says nothing beside its rows, so one that ignored a parameter could mislead. */
export function refuseUnknownKeys({ unknownKeys }: RequestView): void {
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
