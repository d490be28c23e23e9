import type { CellValue } from "#app/tables/table.ts";
import { guardFormula } from "#db/imports/map/formula-guard.ts";

/** In front of a file, so that Excel reads UTF-8. */
export const byteOrderMark = "\uFEFF";

/** Of a number that is not whole: more than any here is known to, and few enough to read. */
const figures = 8;

/** Rows by RFC 4180; numbers as they are, missing values empty, texts guarded against formulas. */
export function csvLines(rows: readonly (readonly CellValue[])[]): string {
  let text = "";
  for (const row of rows) {
    for (let i = 0; i < row.length; i++) {
      if (i > 0) text += ",";
      text += csvCell(row[i] ?? null);
    }
    text += "\r\n";
  }
  return text;
}

/** A cell as it stands in a file. */
export function csvCell(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "number")
    return String(Number.isInteger(value) ? value : Number(value.toPrecision(figures)));
  const text = guardFormula(value);
  return toBeQuoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const toBeQuoted = /[",\r\n]/;
