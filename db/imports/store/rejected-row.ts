import type { Selectable } from "kysely";
import type { RejectedRows } from "../../schema-imports.ts";
import type { Rejection } from "../map/presets/preset.ts";

/** A row of the report of an import. */
export type RejectedRow = Omit<Selectable<RejectedRows>, "workspace_id" | "import_id">;

/** A row of a source, and which of its rows it is, from 1. */
export interface RowPlace {
  line: number;
  number: number;
  cells: readonly string[];
}

/** What a report of rejected rows has behind the file's own columns; a mended report is known by them. */
export const rejectionColumns = ["_line", "_code", "_field", "_reason", "_more_cells"] as const;

/** Enough of a value to recognise it by; the whole of it stands in the cells. */
const shownCharacters = 500;

export function rejectedRow({ line, number, cells }: RowPlace, rejection: Rejection): RejectedRow {
  const { column, value, code, reason } = rejection;
  return {
    row_number: number,
    line,
    column_name: column === null ? null : storable(column),
    value: value === null ? null : storable(value.slice(0, shownCharacters)),
    code,
    reason: storable(reason.slice(0, 2 * shownCharacters)),
    cells: cells.map(storable),
  };
}

/** No text of a database may hold NUL; its picture (U+2400) shows where it stood. */
function storable(text: string): string {
  return text.replaceAll("\0", "\u2400").toWellFormed();
}
