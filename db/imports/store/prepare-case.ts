import { hash } from "node:crypto";
import type { Selectable } from "kysely";
import { type CaseRecord, type TimeField, timeFields } from "#analytics/case.ts";
import type { Cases } from "../../schema.ts";
import { caseFields } from "../map/case-fields.ts";
import { caseIdOf } from "./case-id.ts";
import { isDay, type LocalDays } from "./local-days.ts";

/** A valid record with what its row has beyond it; its times are instants there. */
export interface PreparedCase {
  record: CaseRecord;
  row: Pick<Selectable<Cases>, TimeField | DerivedColumn>;
}

type DerivedColumn = "case_id" | "date_only_fields" | "incidence_day" | "outcome_day" | "content_hash";

/** What a workspace gives to its cases: its part of their ids, and its local days. */
export interface CaseHome {
  workspaceId: number;
  days: LocalDays;
}

/** `record` has passed `validateCase`. */
export function prepareCase({ workspaceId, days }: CaseHome, record: CaseRecord): PreparedCase {
  const incidence = record.occurred_at ?? record.received_at ?? record.resolved_at;
  if (incidence === null)
    throw new Error(`Got a case without a time (${record.source_case_id}); validate it first.`);
  const row: PreparedCase["row"] = {
    ...noTimes,
    case_id: caseIdOf(workspaceId, record.source_system, record.source_case_id),
    date_only_fields: 0,
    incidence_day: days.dayOf(incidence),
    outcome_day: record.status === "open" ? null : days.dayOf(record.resolved_at ?? incidence),
    content_hash: contentHash(record),
  };
  for (const [bit, field] of timeFields.entries()) {
    const moment = record[field];
    if (moment === null) continue;
    row[field] = days.instantOf(moment);
    if (isDay(moment)) row.date_only_fields |= 1 << bit;
  }
  return { record, row };
}

// a cast, because every key of the record is set
const noTimes = Object.fromEntries(timeFields.map((field) => [field, null])) as Record<TimeField, null>;

/**
 * Tells "updated" from "unchanged"; does not depend on the order in which a source names its columns. What is hashed
 * is `[[[field, value], ...], [[attribute, value], ...]]` as JSON, without the fields that are unknown.
 */
function contentHash(record: CaseRecord): string {
  let values = "";
  for (const field of caseFields) {
    const value = record[field];
    if (value !== null) values += `${values === "" ? "" : ","}["${field}",${JSON.stringify(value)}]`;
  }
  const attributes = Object.keys(record.attributes)
    .sort()
    .map((name) => [name, record.attributes[name]]);
  return hash("sha256", `[[${values}],${JSON.stringify(attributes)}]`, "base64url");
}
