import type { CaseField } from "#db/imports/map/case-fields.ts";

/** What a column may become, as a person looks for it. Every field of a case stands in one of the groups. */
export const fieldGroups: readonly { label: string; fields: readonly CaseField[] }[] = [
  { label: "Which case", fields: ["source_case_id", "source_system"] },
  {
    label: "When",
    fields: [
      "occurred_at",
      "received_at",
      "acknowledged_at",
      "first_response_at",
      "escalated_at",
      "moved_private_at",
      "resolved_at",
      "resolution_communicated_at",
      "closed_at",
      "reopened_at",
      "promised_at",
    ],
  },
  { label: "In words", fields: ["title", "narrative", "resolution_note"] },
  { label: "What about", fields: ["contact_reason", "product", "team", "channel", "region", "severity"] },
  { label: "Who", fields: ["customer_ref", "handled_by_ref", "concerned_agent_ref"] },
  {
    label: "What became of it",
    fields: ["status", "outcome", "finding", "retained", "parted_by", "csat_score"],
  },
  {
    label: "What was done",
    fields: ["remedy_types", "apology_visibility", "compensation_minor", "compensation_currency"],
  },
  {
    label: "How much",
    fields: [
      "transfer_count",
      "reopen_count",
      "handling_minutes",
      "escalation_level",
      "responder_count",
      "offer_count",
      "affected_customers",
      "is_public",
      "public_message_count",
      "public_after_resolution",
      "audience",
    ],
  },
];

const mappable: ReadonlySet<string> = new Set(fieldGroups.flatMap(({ fields }) => fields));

export function isCaseField(text: string): text is CaseField {
  return mappable.has(text);
}

/** What a column becomes where it becomes no field. */
export const keptAsAttribute = "attribute";
export const leftOut = "drop";

const names: Partial<Record<CaseField, string>> = {
  source_case_id: "case id",
  source_system: "source system",
  is_public: "public (yes or no)",
  retained: "customer stayed (yes or no)",
  compensation_minor: "compensation, in cents",
};

/** A field as a person reads it. */
export function fieldName(field: CaseField): string {
  return names[field] ?? field.replaceAll("_", " ");
}
