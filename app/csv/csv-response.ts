import { formatDay } from "#analytics/period.ts";
import type { TableData } from "#app/tables/table.ts";
import type { View } from "#app/tables/view.ts";
import { byteOrderMark, csvLines } from "./csv-lines.ts";

/** Whose file it is, and of which days. */
export type CsvFile = Pick<View, "workspace" | "period">;

/** A table as a download. */
export function csvResponse(file: CsvFile, table: TableData): Response {
  return new Response(byteOrderMark + tableCsv(table), { headers: csvHeaders(file, table.name) });
}

/** Header and rows. */
export function tableCsv(table: TableData): string {
  const keys = table.columns.map((column) => column.key);
  return csvLines([keys, ...table.rows.map((row) => keys.map((key) => row.cells[key] ?? null))]);
}

/** RFC 6266; the name is plain ASCII: what, whose, which days, and that it is simulated where it is. */
export function csvHeaders({ workspace, period }: CsvFile, what: string): Record<string, string> {
  const days = period.end > period.start ? `_${formatDay(period.start)}_${formatDay(period.end - 1)}` : "";
  const origin = workspace.simulated ? "_simulated" : "";
  const name = workspace.name.replaceAll(/[^A-Za-z0-9-]+/g, "-");
  return {
    "content-type": "text/csv; charset=utf-8; header=present",
    "content-disposition": `attachment; filename="fixtwice_${name}${origin}_${what}${days}.csv"`,
  };
}
