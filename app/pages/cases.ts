import { caseIdAt } from "#analytics/facts/facts.ts";
import { without } from "#analytics/filter/filter.ts";
import { inOrder } from "#analytics/filter/in-order.ts";
import type { Selection } from "#analytics/filter/select.ts";
import { hrefTo, makeView, type Snapshot, type View } from "#app/tables/view.ts";
import type { AskedWithFilter } from "./asked.ts";
import { pageHead } from "./page-head.ts";

export interface AskedOfCases extends AskedWithFilter {
  /** What the text or the source id of a case shall have; "": anything. */
  words: string;
  /** The cases that have it; `null`: no words were asked for. */
  hits: readonly string[] | null;
}

/** One page of the list of cases, by their ids. */
export function cases(
  snapshot: Snapshot,
  { page, pageSize, ...asked }: AskedOfCases & { page: number; pageSize: number },
) {
  const { filter, today, words } = asked;
  const view = makeView(snapshot, filter, today);
  const rows = listedRows(view, asked.hits);
  const shown = Array.from(rows.subarray((page - 1) * pageSize, page * pageSize));
  const head = pageHead(view, "cases", asked, {
    name: "q",
    value: words,
    label: "Words or case number",
  });
  head.filterBar.counts.shown = rows.length;
  return {
    head,
    cause: onlyCause(view),
    caseIds: shown.map((row) => caseIdAt(view.facts, row)),
    paging: { page, pageSize, total: rows.length },
    address: withWords(hrefTo(view.workspace, "cases", view.filter), words),
    csvHref: withWords(hrefTo(view.workspace, "cases.csv", view.filter), words),
  };
}

/** All cases of the list as rows of the columns: a million ids would take longer to hand over than to make. */
export function caseRows(
  snapshot: Snapshot,
  { filter, today, hits }: Pick<AskedOfCases, "filter" | "today" | "hits">,
) {
  const view = makeView(snapshot, filter, today);
  return { rows: listedRows(view, hits), period: view.period };
}

/** Latest first. */
function listedRows({ facts, filter, incidence, resolved }: View, hits: AskedOfCases["hits"]): Selection {
  const { cohort } = filter;
  const rows = inOrder(facts, cohort === "incidence" ? incidence : resolved, cohort).toReversed();
  if (hits === null) return rows;
  const ids = new Set(hits);
  return rows.filter((row) => ids.has(caseIdAt(facts, row)));
}

/** The one cause whose cases are listed, where it is one. */
function onlyCause({ facts, filter, workspace }: View): { name: string; href: string } | null {
  const [causeId, ...others] = filter.clauses.find((c) => c.dimension === "cause")?.include ?? [];
  const cause = facts.causes.find((known) => String(known?.causeId) === causeId);
  if (cause === undefined || others.length > 0) return null;
  const rest = without(filter, "cause", String(cause.causeId));
  return { name: cause.name, href: hrefTo(workspace, `causes/${cause.causeId}`, rest) };
}

function withWords(href: string, words: string): string {
  return words === "" ? href : `${href}${href.includes("?") ? "&" : "?"}${new URLSearchParams({ q: words })}`;
}
