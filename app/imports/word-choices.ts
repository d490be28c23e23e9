import { remedyTypes } from "#analytics/case.ts";
import { type CaseField, wordFields, yesNoFields } from "#db/imports/map/case-fields.ts";

const yesNo: ReadonlySet<CaseField> = new Set(yesNoFields);

/** Our words for a field; `null` where any text may stand in it. */
export function wordsOf(field: CaseField): readonly string[] | null {
  if (field === "remedy_types") return remedyTypes;
  if (yesNo.has(field)) return ["true", "false"];
  return Object.hasOwn(wordFields, field) ? wordFields[field as keyof typeof wordFields] : null; // its own key
}

/** The same, each with its meaning where the word alone may be misread. */
export function wordChoices(field: CaseField): { value: string; label: string }[] | null {
  return (
    wordsOf(field)?.map((value) => ({ value, label: labels[value] ?? value.replaceAll("_", " ") })) ?? null
  );
}

const labels: Record<string, string> = {
  true: "yes",
  false: "no",
  restored: "restored: satisfied, or stayed",
  settled: "settled: closed, no sign either way",
  disputed: "disputed: the resolution was rejected",
  parted: "parted: the relationship ended",
};
