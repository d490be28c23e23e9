import { hash } from "node:crypto";
import type { Selectable } from "kysely";
import { type CaseRecord, type NameField, nameFields, textFields, timeFields } from "#analytics/case.ts";
import type { Cases, CaseTexts } from "../../schema.ts";
import { type CaseField, caseFields } from "../map/case-fields.ts";
import { caseIdOf } from "./case-id.ts";
import { isDay, type LocalDays } from "./local-days.ts";

/**
 * A valid record with its rows; only the ids of its names and of the import are still to be given. Most fields of
 * most cases are unknown: columns that would be null are left out, which halves the work of a load.
 */
export interface PreparedCase {
  record: CaseRecord;
  row: KnownColumns & Partial<Omit<Selectable<Cases>, `${NameField}_id` | "import_id">>;
  text: CaseKey & Partial<Selectable<CaseTexts>>;
}

type CaseKey = Pick<Selectable<Cases>, "workspace_id" | "case_id">;
type KnownColumns = CaseKey &
  Pick<Selectable<Cases>, "date_only_fields" | "incidence_day" | "outcome_day" | "content_hash">;

/** What a workspace gives to its cases: its part of their ids, and its local days. */
export interface CaseHome {
  workspaceId: number;
  days: LocalDays;
}

/** `record` has passed `validateCase`. */
export function prepareCase(home: CaseHome, record: CaseRecord): PreparedCase {
  const incidence = record.occurred_at ?? record.received_at ?? record.resolved_at;
  if (incidence === null)
    throw new Error(`Got a case without a time (${record.source_case_id}); validate it first.`);
  const known = caseFields.filter((field) => record[field] !== null);
  const key = {
    workspace_id: home.workspaceId,
    case_id: caseIdOf(home.workspaceId, record.source_system, record.source_case_id),
  };
  return {
    record,
    row: {
      ...key,
      ...pick(
        record,
        known.filter((field) => ownColumns.has(field)),
      ),
      ...instantsOf(home.days, record),
      incidence_day: home.days.dayOf(incidence),
      outcome_day: record.status === "open" ? null : home.days.dayOf(record.resolved_at ?? incidence),
      content_hash: contentHash(record, known),
    },
    text: { ...key, ...pick(record, textFields), attributes: record.attributes },
  };
}

/** The fields that stand in the row of a case as they are: no names, texts or times. */
const elsewhere: readonly CaseField[] = [...nameFields, ...textFields, ...timeFields];
const ownColumns = new Set(caseFields.filter((field) => !elsewhere.includes(field)));

function pick<F extends CaseField>(record: CaseRecord, fields: readonly F[]): Partial<Pick<CaseRecord, F>> {
  const picked: Partial<Pick<CaseRecord, F>> = {};
  for (const field of fields) picked[field] = record[field];
  return picked;
}

/** The times as instants, and which of them are days. */
function instantsOf(days: LocalDays, record: CaseRecord) {
  const instants: Partial<Pick<CaseRecord, (typeof timeFields)[number]>> = {};
  let dateOnly = 0;
  for (let bit = 0; bit < timeFields.length; bit++) {
    const field = timeFields[bit];
    const moment = field && record[field];
    if (!field || !moment) continue;
    instants[field] = days.instantOf(moment);
    if (isDay(moment)) dateOnly |= 1 << bit;
  }
  return { ...instants, date_only_fields: dateOnly };
}

/** Tells "updated" from "unchanged"; does not depend on the order in which a source names its columns. */
function contentHash(record: CaseRecord, known: readonly CaseField[]): string {
  const values = known.map((field) => [field, record[field]]);
  const attributes = Object.keys(record.attributes)
    .sort()
    .map((name) => [name, record.attributes[name]]);
  return hash("sha256", JSON.stringify([values, attributes]), "base64url");
}
