import { instantText, listText, sentenceCase, words } from "#app/format.ts";
import { textParts } from "#app/retrospectives/parts.ts";

/** The one place that says in plain words what an audit event's action was; what is not here is said by its own words. */
const actionWords: Readonly<Record<string, string>> = {
  "case.code": "Coded a case of a sample",
  "case.undo_code": "Took a code of a sample back",
  "case.move": "Moved the case to another cause",
  "case.undo_move": "Took the move of the case back",
  "case.pin": "Confirmed the case",
  "case.undo_pin": "Took the confirmation of the case back",
  "case.contribute": "Named a contributing cause",
  "case.undo_contribute": "Took a contributing cause back",
  "cause.rename": "Named the cause",
  "cause.set_category": "Said what category the cause has",
  "cause.undo_set_category": "Went back to the machine’s category",
  "cause.not_a_cause": "Said whether it is a cause at all",
  "cause.merge": "Merged the cause into another one",
  "cause.undo_merge": "Took the merge back",
  "cause.split": "Split the cause",
  "cause.undo_split": "Took the split back",
  "cause.promote": "Made a cause of emerging cases",
  "cause.undo_promote": "Took back that emerging cases are a cause",
  "retrospective.create": "Wrote the first draft",
  "retrospective.import": "Imported it from a file as a draft",
  "retrospective.save": "Changed the draft",
  "retrospective.review": "Reviewed it",
  "retrospective.publish": "Published it",
  "retrospective.take_back": "Took it back to draft",
  "retrospective.delete": "Deleted the draft",
  "cause.call": "Made a call on the cause",
  "playbook.add_version": "Added a version to the playbook",
  "second_fix.open": "Opened the second fix",
  "second_fix.change": "Changed the second fix",
  "second_fix.planned": "Planned the second fix",
  "second_fix.implemented": "Said that the second fix is in place",
  "second_fix.dropped": "Dropped the second fix",
  "second_fix.verdict": "Reached a verdict",
  "second_fix.override": "Gave another verdict than the statistics",
  "second_fix.revoke_verdict": "Took a verdict back",
};

/** "retrospective.publish" -> "Published it"; an action that has no words of its own: "cause.x_y" -> "Cause: x y". */
export function auditActionText(action: string): string {
  const [object = "", verb = ""] = action.split(".");
  return actionWords[action] ?? `${sentenceCase(words(object))}: ${words(verb)}`;
}

const fieldWords: Readonly<Record<string, string>> = {
  ...Object.fromEntries(textParts.map(({ key, heading }) => [key, heading])),
  factors: "Contributing factors",
  whys: "Five whys",
  merged_into: "Merged into cause",
  moved_to: "Moved to cause",
  contributing_cause: "Contributing cause",
  causeId: "Of cause",
  caseId: "Of case",
  setAside: "No cause",
  set_aside: "No cause",
  review_on: "Accepted until",
  in_force_from: "In force from",
  helpers: "Who helps",
  highest_level: "Highest level of the ladder",
  offers: "May be offered",
  ceiling_minor: "Most that may be paid, in minor units",
  ceiling_currency: "Its currency",
  due_on: "Due",
  cost_minor: "Cost in minor units",
  cost_currency: "Currency",
  ticket_url: "Ticket",
  implemented_on: "In place since",
  implemented_to: "In place until",
  dropped_because: "Dropped because",
  wash_in_days: "Wash-in in days",
  target_cut: "Target cut",
  check_on: "Check date",
  window_end: "End of the window",
  exposure_id: "Exposure series",
  exposure_scope: "Exposure of",
  judged_on: "Judged on",
};

/** What a field of an audit event is called. */
export function auditFieldText(field: string): string {
  return fieldWords[field] ?? sentenceCase(words(field));
}

/** A value of an audit event, before or after. Nothing there is said as “nothing”. */
export function auditValueText(value: unknown, timeZone: string): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value); // it may be the number of a cause as well as a count
  if (Array.isArray(value))
    return value.length === 0 ? "nothing" : listText(value.map((item) => auditValueText(item, timeZone)));
  if (typeof value === "object") return JSON.stringify(value);
  if (typeof value !== "string") throw new TypeError(`Expected what JSON holds, got a ${typeof value}.`);
  return value.replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (instant) =>
    instantText(instant, timeZone),
  );
}
