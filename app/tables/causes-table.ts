import { causeRanking } from "#analytics/metrics/cause-ranking.ts";
import { shareOf } from "#analytics/metrics/share.ts";
import { poissonInterval } from "#analytics/statistics/poisson-interval.ts";
import type { TableData, TableRow } from "./table.ts";
import { casesHref, tableCsvHref, type View } from "./view.ts";

/** The Pareto of causes: most frequent first, the cases without a cause last. */
export function causesTable(view: View): TableData {
  return {
    name: "causes",
    caption: "Cases by cause",
    csvHref: tableCsvHref(view, "causes"),
    note:
      "Cases by the day they happened; in brackets 95 % intervals: exact Poisson for counts, Wilson for shares. Stability: " +
      "how much of a cause is the same when the causes are found again from scratch; under 60 % its cases could as well be " +
      "grouped otherwise.",
    columns: [
      { key: "cause_id", label: "Id", kind: "text", csvOnly: true },
      { key: "cause", label: "Cause", kind: "text" },
      { key: "category", label: "Category", kind: "category" },
      { key: "cases", label: "Cases", kind: "count" },
      { key: "cases_low", label: "Cases, low", kind: "count" },
      { key: "cases_high", label: "Cases, high", kind: "count" },
      { key: "share", label: "Share of all", kind: "share", n: "all_cases" },
      { key: "share_low", label: "Share, low", kind: "share" },
      { key: "share_high", label: "Share, high", kind: "share" },
      { key: "all_cases", label: "of cases", kind: "count", csvOnly: true },
      { key: "cumulative_share", label: "Cumulative", kind: "share", n: "all_cases" },
      { key: "stability", label: "Stability", kind: "share" },
    ],
    rows: causeRanking(view.facts, view.incidence).map((ranked) => ({
      href: casesHref(view, "incidence", [
        "cause",
        ranked.cause === null ? null : String(ranked.cause.causeId),
      ]),
      ...(ranked.cause === null && { tone: "other" as const }),
      cells: {
        cause_id: ranked.cause === null ? null : String(ranked.cause.causeId),
        cause: ranked.cause?.name ?? "no cause known",
        category: ranked.category,
        cases: ranked.cases,
        cases_low: ranked.countInterval.low,
        cases_high: ranked.countInterval.high,
        share: ranked.ofAll.share,
        share_low: ranked.ofAll.interval?.low ?? null,
        share_high: ranked.ofAll.interval?.high ?? null,
        all_cases: ranked.ofAll.n,
        cumulative_share: ranked.cumulative,
        stability: ranked.cause?.stability ?? null,
      },
    })),
  };
}

/**
 * The table of causes with the largest of them, the others as one row, and the cases without a cause: as many cases in
 * all. The row of the others has no link: they are listed on the page of causes.
 */
export function largestCauses(table: TableData, most: number): TableData {
  const causes = table.rows.filter((row) => row.tone === undefined);
  const others = causes.slice(most);
  if (others.length <= 1) return table;
  return {
    ...table,
    rows: [...causes.slice(0, most), sumOf(others), ...table.rows.filter((row) => row.tone !== undefined)],
    note: `${table.note} The ${others.length} smallest causes are one row here; the file has a row for each.`,
  };
}

function sumOf(causes: readonly TableRow[]): TableRow {
  const cases = causes.reduce((sum, row) => sum + Number(row.cells["cases"]), 0);
  const last = causes.at(-1)?.cells;
  const ofAll = shareOf(cases, Number(last?.["all_cases"]));
  const countInterval = poissonInterval(cases);
  return {
    tone: "other",
    cells: {
      cause: `${causes.length} other causes`,
      cases,
      cases_low: countInterval.low,
      cases_high: countInterval.high,
      share: ofAll.share,
      share_low: ofAll.interval?.low ?? null,
      share_high: ofAll.interval?.high ?? null,
      all_cases: ofAll.n,
      cumulative_share: last?.["cumulative_share"] ?? null,
    },
  };
}
