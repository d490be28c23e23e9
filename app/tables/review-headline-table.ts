import type { Period } from "#analytics/period.ts";
import { periodText } from "#app/format.ts";
import { comparedPeriods, notComparable } from "./compared-periods.ts";
import { headlineTable } from "./headline-table.ts";
import type { Column, TableData } from "./table.ts";
import { isCovered, overPeriod, tableCsvHref, type View } from "./view.ts";

/** The figures of a period beside the period before and the same one a year earlier, where the data cover those. */
export function reviewHeadlineTable(view: View): TableData {
  const compared = comparedPeriods(view.period);
  const at = (period: Period) =>
    isCovered(view, period) ? headlineTable(overPeriod(view, period)).rows : [];
  const now = headlineTable(view).rows;
  const before = at(compared.before);
  const yearAgo = at(compared.yearAgo);
  return {
    name: "review-headline",
    caption: "Figures beside the period before and the year before",
    csvHref: tableCsvHref(view, "review-headline"),
    note: noteOf(view),
    columns: [
      { key: "measure", label: "Measure", kind: "text", csvOnly: true },
      { key: "label", label: "What it counts", kind: "text" },
      ...periodColumns("", view.period),
      ...comparedColumns(view, "before", compared.before),
      ...comparedColumns(view, "year_ago", compared.yearAgo),
    ],
    rows: now.map((row, i) => ({
      ...row,
      cells: {
        ...row.cells,
        ...suffixed(before[i]?.cells ?? {}, "before"),
        ...suffixed(yearAgo[i]?.cells ?? {}, "year_ago"),
      },
    })),
  };
}

function noteOf(view: View): string {
  const dates =
    "Cases and open cases by the day they happened, all else by the day of the resolution; in brackets 95 % Wilson intervals.";
  return view.volumeIsArtefact ? `${dates} ${notComparable}` : dates;
}

/** The page prints one cell a period: the share with its interval and its cases, or the cases alone. */
function periodColumns(suffix: string, period: Period): Column[] {
  const label = periodText(period);
  const [cases, of] = [keyAt("cases", suffix), keyAt("of_cases", suffix)];
  return [
    { key: cases, label: `${label}, cases`, kind: "count", csvOnly: true },
    { key: keyAt("share", suffix), label, kind: "share", n: of, hits: cases, withCases: true },
    { key: keyAt("share_low", suffix), label: `${label}, low`, kind: "share" },
    { key: keyAt("share_high", suffix), label: `${label}, high`, kind: "share" },
    { key: of, label: `${label}, of cases`, kind: "count", csvOnly: true },
  ];
}

/** Another period stands beside this one only where the two may be compared. */
function comparedColumns(view: View, suffix: string, period: Period): Column[] {
  const columns = periodColumns(suffix, period);
  return view.volumeIsArtefact ? columns.map((column) => ({ ...column, csvOnly: true })) : columns;
}

/** `share_low` of the period before is `share_before_low`, so that a share's interval stays beside it. */
function keyAt(key: string, suffix: string): string {
  if (suffix === "") return key;
  const [, base = key, end = ""] = /^(.*?)(_low|_high)?$/.exec(key) ?? [];
  return `${base}_${suffix}${end}`;
}

function suffixed(
  cells: TableData["rows"][number]["cells"],
  suffix: string,
): TableData["rows"][number]["cells"] {
  return Object.fromEntries(Object.entries(cells).map(([key, value]) => [keyAt(key, suffix), value]));
}
