import { timeFields } from "#analytics/case.ts";
import { type CaseField, wholeNumberFields } from "#db/imports/map/case-fields.ts";
import type { ColumnExamination } from "#db/imports/map/examine-columns.ts";
import type { Interpretation } from "#db/imports/map/mapping.ts";
import { defaultWords, timeReading } from "#db/imports/map/rule-defaults.ts";
import type { ColumnRule } from "./mapping-to-form.ts";
import { wordsOf } from "./word-choices.ts";

const times: ReadonlySet<CaseField> = new Set(timeFields);
const numbers: ReadonlySet<CaseField> = new Set(wholeNumberFields);

/** How a field is usually read from such a column: what a person sees who has just chosen the field. */
export function defaultRule(
  field: CaseField,
  column: string,
  examined: ColumnExamination | undefined,
): ColumnRule {
  return { field, column, ...interpretationOf(field, examined) };
}

function interpretationOf(field: CaseField, examined: ColumnExamination | undefined): Interpretation {
  if (times.has(field)) return timeReading(examined, null);
  if (wordsOf(field) !== null) return { as: "words", ...defaultWords({ field, as: "words" }, examined) };
  return numbers.has(field) ? { as: "number", times: 1, plus: 0 } : { as: "text" };
}
