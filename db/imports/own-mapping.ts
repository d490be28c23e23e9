import type { Examination } from "./map/examine-columns.ts";
import type { Mapping } from "./map/mapping.ts";
import { proposeMapping } from "./map/propose-mapping.ts";

/** Our own names leave nothing open, so no cell need be looked at. */
const nothingExamined: Examination = { rows: 0, problems: 0, wrongWidth: 0, columns: [], whole: true };

/**
 * The mapping of columns that are named like our record's fields, as our own export names them. Texts of such a source
 * are guarded against formulas (`guardFormula`), and its own data stand in columns named `attribute:NAME`.
 * @param preset the name that the import bears
 * @throws BadInput for a column that no case has
 */
export function ownMapping(columns: readonly string[], preset = "fixtwice"): Mapping {
  return { ...proposeMapping(columns, nothingExamined, { preset: "fixtwice" }).mapping, preset };
}
