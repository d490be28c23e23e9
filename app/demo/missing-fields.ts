import type { CaseRecord } from "#analytics/case.ts";
import type { Random } from "./random.ts";

/** The fields that may be missing: all that admit null. */
type Nullable = { [F in keyof CaseRecord]: null extends CaseRecord[F] ? F : never }[keyof CaseRecord];

/** How often a field that the company knows doesn't reach the record: help desks are filled in by people. */
const missingShare: readonly (readonly [Nullable, number])[] = [
  ["occurred_at", 0.4],
  ["acknowledged_at", 0.12],
  ["first_response_at", 0.04],
  ["closed_at", 0.1],
  ["promised_at", 0.15],
  ["title", 0.04],
  ["narrative", 0.06],
  ["resolution_note", 0.22],
  ["contact_reason", 0.05],
  ["product", 0.09],
  ["customer_ref", 0.03],
  ["region", 0.06],
  ["severity", 0.05],
  ["handled_by_ref", 0.02],
  ["concerned_agent_ref", 0.12],
  ["remedy_types", 0.07],
  ["apology_visibility", 0.2],
  ["handling_minutes", 0.3],
  ["responder_count", 0.1],
  ["affected_customers", 0.35],
  ["offer_count", 0.25],
  ["outcome", 0.06],
  ["finding", 0.25],
  ["retained", 0.2],
];

/** Leaves out what people forgot to fill in, and what falls with it. */
export function forgetFields(record: CaseRecord, random: Random): CaseRecord {
  for (const [field, share] of missingShare) {
    if (random.chance(share)) record[field] = null;
  }
  if (record.outcome === null) record.parted_by = null;
  if (record.remedy_types === null) {
    record.compensation_minor = null;
    record.compensation_currency = null;
  }
  return record;
}
