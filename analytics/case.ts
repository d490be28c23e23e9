/**
 * The vocabulary and the record of one case: a complaint, interaction, support case or incident.
 * Field-standard words; one word for one thing, in code, on screen and in CSV.
 */

export const statuses = ["open", "resolved"] as const;
/** `restored`: satisfied or stayed; `settled`: closed, no sign either way; `disputed`: resolution rejected; `parted`: relationship ended. */
export const outcomes = ["restored", "settled", "disputed", "parted"] as const;
export const findings = ["upheld", "partly_upheld", "not_upheld"] as const;
export const severities = ["low", "medium", "high", "critical"] as const;
/** The first fix. A case may carry several. */
export const remedyTypes = [
  "apology",
  "explanation",
  "correction",
  "replacement",
  "refund",
  "goodwill",
  "policy_change",
  "none",
] as const;
export const apologyVisibilities = ["public", "private", "both", "none"] as const;
export const partedByValues = ["us", "them"] as const;
/** The three kinds of cause. `null` is a cause that nobody has classified yet. */
export const categories = ["product", "process", "staff_training"] as const;

export type Status = (typeof statuses)[number];
export type Outcome = (typeof outcomes)[number];
export type Finding = (typeof findings)[number];
export type Severity = (typeof severities)[number];
export type RemedyType = (typeof remedyTypes)[number];
export type ApologyVisibility = (typeof apologyVisibilities)[number];
export type PartedBy = (typeof partedByValues)[number];
export type Category = (typeof categories)[number];

export const timeFields = [
  "occurred_at",
  "promised_at",
  "received_at",
  "acknowledged_at",
  "first_response_at",
  "escalated_at",
  "moved_private_at",
  "resolved_at",
  "resolution_communicated_at",
  "closed_at",
  "reopened_at",
] as const;
export type TimeField = (typeof timeFields)[number];

export const textFields = ["title", "narrative", "resolution_note"] as const;
export type TextField = (typeof textFields)[number];

/** Names that many cases share; each becomes a dictionary of small ids in the database and in the columns. */
export const nameFields = ["contact_reason", "product", "team", "channel", "region"] as const;
export type NameField = (typeof nameFields)[number];

export const countFields = [
  "audience",
  "affected_customers",
  "transfer_count",
  "escalation_level",
  "public_message_count",
  "public_after_resolution",
  "reopen_count",
  "responder_count",
  "offer_count",
  "handling_minutes",
] as const;
export type CountField = (typeof countFields)[number];

/**
 * A time as a source gave it: a UTC instant (`2026-11-22T01:16:34.000Z`) or, where the source has no time of
 * day, a local calendar day (`2026-11-22`), which stays one.
 */
export type Moment = string;

/**
 * One case, as an import, the demo and an export see it. A missing value is `null`, never 0 and never "".
 * Required: the key, `status`, and one of `occurred_at`, `received_at`, `resolved_at`.
 */
export type CaseRecord = {
  source_system: string;
  source_case_id: string;
  status: Status;
} & { [F in TimeField]: Moment | null } & { [F in TextField]: string | null } & {
  [F in NameField]: string | null;
} & { [F in CountField]: number | null } & {
  customer_ref: string | null;
  handled_by_ref: string | null;
  concerned_agent_ref: string | null;
  severity: Severity | null;
  is_public: boolean | null;
  remedy_types: RemedyType[] | null;
  apology_visibility: ApologyVisibility | null;
  /** Minor units (cents) of `compensation_currency`. */
  compensation_minor: number | null;
  /** ISO 4217. */
  compensation_currency: string | null;
  outcome: Outcome | null;
  parted_by: PartedBy | null;
  finding: Finding | null;
  csat_score: number | null;
  retained: boolean | null;
  /** Whatever else the source carried, kept as text. */
  attributes: Record<string, string>;
};

/** A case with nothing known but its key: the start of every mapping. */
export function emptyCase(sourceSystem: string, sourceCaseId: string): CaseRecord {
  const nulls = Object.fromEntries(
    [...timeFields, ...textFields, ...nameFields, ...countFields].map((field) => [field, null]),
  ) as Pick<CaseRecord, TimeField | TextField | NameField | CountField>; // every key of the four lists is set
  return {
    ...nulls,
    source_system: sourceSystem,
    source_case_id: sourceCaseId,
    status: "resolved",
    customer_ref: null,
    handled_by_ref: null,
    concerned_agent_ref: null,
    severity: null,
    is_public: null,
    remedy_types: null,
    apology_visibility: null,
    compensation_minor: null,
    compensation_currency: null,
    outcome: null,
    parted_by: null,
    finding: null,
    csat_score: null,
    retained: null,
    attributes: {},
  };
}

/** What is decided of a cause: fix it, watch it, or accept the risk until a day. */
export const calls = ["fix", "watch", "accept"] as const;
export type Call = (typeof calls)[number];

/** What kind of change a second fix is. */
export const secondFixKinds = [
  "documentation",
  "process",
  "product",
  "interface",
  "training",
  "coaching",
  "expectation_setting",
  "policy",
] as const;
export type SecondFixKind = (typeof secondFixKinds)[number];
