import { formatDay } from "#analytics/period.ts";
import type { TableData } from "#app/tables/table.ts";
import type { View } from "#app/tables/view.ts";
import { byteOrderMark, csvLines } from "./csv-lines.ts";

/** A table as a download. */
export function csvResponse(view: View, table: TableData): Response {
  return new Response(byteOrderMark + tableCsv(table), { headers: csvHeaders(view, table.name) });
}

/** Header and rows. */
export function tableCsv(table: TableData): string {
  const keys = table.columns.map((column) => column.key);
  return csvLines([keys, ...table.rows.map((row) => keys.map((key) => row.cells[key] ?? null))]);
}

/** RFC 6266; the name is plain ASCII: what, whose, which days, and that it is simulated where it is. */
export function csvHeaders(view: View, what: string): Record<string, string> {
  const days =
    view.period.end > view.period.start
      ? `_${formatDay(view.period.start)}_${formatDay(view.period.end - 1)}`
      : "";
  const origin = view.workspace.simulated ? "_simulated" : "";
  const workspace = view.workspace.name.replaceAll(/[^A-Za-z0-9-]+/g, "-");
  return {
    "content-type": "text/csv; charset=utf-8; header=present",
    "content-disposition": `attachment; filename="fixtwice_${workspace}${origin}_${what}${days}.csv"`,
  };
}
