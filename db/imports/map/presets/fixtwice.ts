import { countFields, remedyTypes, timeFields } from "#analytics/case.ts";
import { type CaseField, freeTextFields, wordFieldNames, wordFields, yesNoFields } from "../case-fields.ts";
import type { WordPair } from "../mapping.ts";
import { count, type Preset, type PresetRule, plainPreset, text, time } from "./preset.ts";

/** Our own export of cases (`cases.csv`), so that what was exported can be corrected and loaded again. */
export const fixtwice: Preset = {
  ...plainPreset,
  name: "fixtwice",
  title: "Fix It Twice export of cases",
  sourceSystem: null,
  signature: [["source_system"], ["source_case_id"], ["status"]],
  known: [],
  // Loading a case computes these again.
  dropped: ["case_id", "incidence_day", "outcome_day", "cause", "cause_id", "category"],
  rules: [
    ...freeTextFields.map((field) => text(field, field)),
    ...timeFields.map((field) => time(field, field)),
    ...[...countFields, "csat_score" as const, "compensation_minor" as const].map((field) =>
      count(field, field),
    ),
    ...wordFieldNames.map((field) => ownWords(field, wordFields[field])),
    ...yesNoFields.map((field) => ownWords(field, ["true", "false"])),
    { ...ownWords("remedy_types", remedyTypes), separator: "|" },
    text("compensation_currency", "compensation_currency"),
  ],
};

/** How a column of another attribute is named in the export. */
export const attributePrefix = "attribute:";

type WordsRule = Extract<PresetRule, { as: "words" }>;

function ownWords(field: CaseField, words: readonly string[]): WordsRule {
  const values = words.map((word): WordPair => [word, word]);
  return { field, columns: [field], as: "words", otherwise: "reject", values };
}
