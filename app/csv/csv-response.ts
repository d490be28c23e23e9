import { stringify } from "csv-stringify/sync";
import { formatDay } from "#analytics/period.ts";
import type { CellValue, TableData } from "#app/tables/table.ts";
import type { View } from "#app/tables/view.ts";
import { guardFormula } from "#db/imports/map/formula-guard.ts";

/** Of a number that is not whole: more than any here is known to, and few enough to read. */
const figures = 8;
const byteOrderMark = "\uFEFF";

/** Whose file it is, and of which days. */
export type CsvFile = Pick<View, "workspace" | "period">;

/** A table as a download: RFC 4180, with a byte order mark so that Excel reads UTF-8. */
export function csvResponse(file: CsvFile, table: TableData): Response {
  return new Response(byteOrderMark + tableCsv(table), { headers: csvHeaders(file, table.name) });
}

/** Header and rows; numbers as they are, missing values empty, texts guarded against formulas. */
export function tableCsv(table: TableData): string {
  const keys = table.columns.map((column) => column.key);
  return csvLines([keys, ...table.rows.map((row) => keys.map((key) => row.cells[key] ?? null))]);
}

export function csvLines(rows: readonly (readonly CellValue[])[]): string {
  return stringify(
    rows.map((row) => row.map(csvCell)),
    { record_delimiter: "windows", quoted_match: /[\r\n]/ }, // by itself it quotes a cell with CRLF, not one with LF
  );
}

function csvCell(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "string") return guardFormula(value);
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(figures)));
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
