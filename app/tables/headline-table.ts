import type { CustomerCount } from "#analytics/metrics/counts.ts";
import { headline, repeatWindowDays } from "#analytics/metrics/headline.ts";
import { type Share, shareOf } from "#analytics/metrics/share.ts";
import { counted, countText } from "#app/format.ts";
import type { TableData, TableRow } from "./table.ts";
import { casesHref, tableCsvHref, type View } from "./view.ts";

export type HeadlineKey =
  | "cases"
  | "open"
  | "resolved"
  | "cause_known"
  | "cause_by_reason"
  | "repeat_contact"
  | "restored"
  | "disputed"
  | "parted"
  | "reopened";

/** The figures at the head of each page, one a row: the tiles are drawn from these rows. */
export function headlineTable(view: View): TableData {
  const figures = headline(view.facts, view.incidence, view.resolved);
  const noShare = shareOf(0, 0);
  const byOutcome = (outcome: "restored" | "disputed" | "parted", label: string) =>
    share(outcome, label, view.outcomesArePartial ? noShare : figures[outcome], {
      href: casesHref(view, "outcome", ["outcome", outcome]),
      basis: "of resolved cases with a known outcome",
    });
  return {
    name: "headline",
    caption: "Figures at a glance",
    csvHref: tableCsvHref(view, "headline"),
    columns: [
      { key: "measure", label: "Measure", kind: "text", csvOnly: true },
      { key: "label", label: "What it counts", kind: "text" },
      { key: "cases", label: "Cases", kind: "count" },
      { key: "share", label: "Share", kind: "share", n: "of_cases" },
      { key: "share_low", label: "Share, low", kind: "share" },
      { key: "share_high", label: "Share, high", kind: "share" },
      { key: "of_cases", label: "of cases", kind: "count" },
      { key: "basis", label: "Rests on", kind: "text" },
    ],
    rows: [
      count("cases", "Cases", figures.cases, caseBasis(figures.customers), casesHref(view, "incidence")),
      count(
        "open",
        "Open",
        figures.open,
        "not resolved yet",
        casesHref(view, "incidence", ["status", "open"]),
      ),
      count(
        "resolved",
        "Resolved",
        figures.resolved,
        "by the day they were resolved",
        casesHref(view, "outcome"),
      ),
      share("cause_known", "Cause known", figures.causeKnown, { basis: causeBasis(figures.causeByReason) }),
      share("cause_by_reason", "Cause by contact reason alone", figures.causeByReason, {
        basis: "of cases with a cause; they have no text, and why somebody wrote is not what caused it",
      }),
      share("repeat_contact", `Repeat contact within ${repeatWindowDays} days`, figures.repeatContact, {
        basis: "same customer, same cause; of cases whose customer, cause and days before are known",
      }),
      byOutcome("restored", "Restored"),
      byOutcome("disputed", "Disputed"),
      byOutcome("parted", "Parted"),
      share("reopened", "Reopened", figures.reopened, {
        basis: "of resolved cases whose reopenings are known",
      }),
    ],
  };
}

/** Of the overview and of the summary. */
export const headlineOfAll = ["cases", "cause_known", "restored", "parted", "repeat_contact"] as const;

/** The rows that a page draws as tiles. */
export function headlineTiles(view: View, shown: readonly HeadlineKey[]): TableRow[] {
  const { rows } = headlineTable(view);
  return shown.flatMap((key) => rows.find(({ cells }) => cells["measure"] === key) ?? []);
}

// A count of none has no link: under a filter on the same dimension (open cases among the resolved ones) the link
// would lead to the cases that the filter keeps out.

function caseBasis({ customers, known }: CustomerCount): string {
  const when = "by the day they happened";
  return known === 0
    ? when
    : `${when}; ${counted(customers, "customer")} in the ${countText(known)} that name one`;
}

function causeBasis(byReason: Share): string {
  return byReason.hits === 0
    ? "of all cases"
    : `of all cases; ${counted(byReason.hits, "case")} without text by the contact reason alone`;
}

function count(measure: HeadlineKey, label: string, cases: number, basis: string, href: string): TableRow {
  const cells = {
    measure,
    label,
    cases,
    share: null,
    share_low: null,
    share_high: null,
    of_cases: null,
    basis,
  };
  return { ...(cases > 0 && { href }), cells };
}

function share(
  measure: HeadlineKey,
  label: string,
  figure: Share,
  { basis, href }: { basis: string; href?: string },
): TableRow {
  return {
    ...(href !== undefined && figure.hits > 0 && { href }),
    cells: {
      measure,
      label,
      cases: figure.n === 0 ? null : figure.hits,
      share: figure.share,
      share_low: figure.interval?.low ?? null,
      share_high: figure.interval?.high ?? null,
      of_cases: figure.n,
      basis,
    },
  };
}
