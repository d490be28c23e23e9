import {
  apologyVisibilities,
  type CaseRecord,
  countFields,
  emptyCase,
  findings,
  nameFields,
  outcomes,
  partedByValues,
  severities,
  statuses,
  textFields,
} from "#analytics/case.ts";

/** The fields of a record by what may stand in them: the mapping of our own export and the validation agree. */
export type CaseField = Exclude<keyof CaseRecord, "attributes">;

/** Every field but `attributes`, in the order of the record. */
export const caseFields = Object.keys(emptyCase("", "")).filter(isCaseField);

/** Fields that take one word of a list. */
export const wordFields = {
  status: statuses,
  severity: severities,
  apology_visibility: apologyVisibilities,
  outcome: outcomes,
  parted_by: partedByValues,
  finding: findings,
} as const;
export type WordField = keyof typeof wordFields;
export const wordFieldNames = [
  "status",
  "severity",
  "apology_visibility",
  "outcome",
  "parted_by",
  "finding",
] as const satisfies WordField[];

export const refFields = ["customer_ref", "handled_by_ref", "concerned_agent_ref"] as const;
export const keyFields = ["source_system", "source_case_id"] as const;

/** Fields that share an index entry with others, whose size an index limits. */
export const shortTextFields = [...keyFields, ...nameFields, ...refFields] as const;
export const freeTextFields = [...shortTextFields, ...textFields] as const;

export const wholeNumberFields = [...countFields, "csat_score", "compensation_minor"] as const;
export const yesNoFields = ["is_public", "retained"] as const;

function isCaseField(key: string): key is CaseField {
  return key !== "attributes";
}
