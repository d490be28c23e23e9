import { compileMapping } from "#db/imports/map/compile-mapping.ts";
import { ColumnExaminer } from "#db/imports/map/examine-columns.ts";
import type { Reading } from "#db/imports/map/presets/preset.ts";
import { type Proposal, type ProposalWish, proposeMapping } from "#db/imports/map/propose-mapping.ts";

type Cells = readonly (readonly string[])[];

/** What would be proposed for a table that holds these rows only. */
export function proposed(columns: readonly string[], rows: Cells, wish: ProposalWish = {}): Proposal {
  return proposeMapping(columns, examined(columns, rows), wish);
}

export function examined(columns: readonly string[], rows: Cells) {
  const examiner = new ColumnExaminer(columns);
  examiner.add(rows.map((cells, i) => ({ line: i + 2, end: i + 2, cells })));
  return examiner.finish({ whole: true });
}

/** Each row as the proposed mapping reads it, in a workspace whose days are those of UTC. */
export function mapped(columns: readonly string[], rows: Cells, wish: ProposalWish = {}): Reading[] {
  const mapping = compileMapping(proposed(columns, rows, wish).mapping, columns, "UTC");
  return rows.map((cells) => mapping.read(cells));
}

/** A column of these cells beside an id and a text. */
export function table(column: string, cells: readonly string[]): { columns: string[]; rows: string[][] } {
  return {
    columns: ["Ticket ID", "Subject", column],
    rows: cells.map((cell, i) => [`T-${i}`, "The lamp flickers", cell]),
  };
}
