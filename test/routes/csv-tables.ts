import { parse } from "csv-parse/sync";
import { expect } from "vitest";
import { cellText, countText, fewestForShare, intervalText, partText, shareText } from "#app/format.ts";
import type { CellKind, CellValue, Column, TableData } from "#app/tables/table.ts";
import { unguardFormula } from "#db/imports/map/formula-guard.ts";
import type { TestApp } from "#test/support/app.ts";

export type CsvRow = Record<string, CellValue>;

/** Downloads the CSV of a table, and reads each cell by the kind of its column. */
export async function downloadTable(app: TestApp, table: TableData): Promise<CsvRow[]> {
  const response = await app.request(table.csvHref);
  expect(response.status, table.csvHref).toBe(200);
  const [keys = [], ...rows] = parseCsv(Buffer.from(await response.arrayBuffer()));
  expect(keys).toEqual(table.columns.map((column) => column.key));
  return rows.map((cells) =>
    Object.fromEntries(table.columns.map((column, i) => [column.key, valueOf(cells[i] ?? "", column)])),
  );
}

/** RFC 4180 to the letter: a reader that forgives nothing. */
export function parseCsv(file: Buffer): string[][] {
  return parse(file, { bom: true, record_delimiter: "\r\n" });
}

const texts: ReadonlySet<CellKind> = new Set(["text", "word", "category", "date", "instant"]);

function valueOf(cell: string, { kind }: Column): CellValue {
  if (cell === "") return null;
  return texts.has(kind) ? unguardFormula(cell) : Number(cell);
}

/** A value to the figures that a CSV carries. */
export function toCsvFigures(value: CellValue | undefined): CellValue {
  if (typeof value !== "number") return value ?? null;
  return Number.isInteger(value) ? value : Number(value.toPrecision(8));
}

/** What a page prints of a row of a CSV in one column, by app/format alone. */
export function pageText(row: CsvRow, column: Column): string {
  const number = (key: string | undefined) => {
    const value = key === undefined ? null : row[key];
    return typeof value === "number" ? value : null;
  };
  const [low, high] = [number(`${column.key}_low`), number(`${column.key}_high`)];
  const interval = low === null ? "" : ` (${intervalText(low, high, column.kind)})`;
  if (column.kind !== "share") return cellText(row[column.key] ?? null, column.kind) + interval;
  const [share, n, hits] = [number(column.key), number(column.n), number(column.hits)];
  if (share === null) return countText(hits);
  const part = hits === null || n === null ? "too few" : partText(hits, n);
  if (n !== null && n < fewestForShare) return part;
  return shareText(share, n) + interval + (column.withCases === true ? part : "");
}
