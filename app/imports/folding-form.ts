import type { Examination } from "#db/imports/map/examine-columns.ts";
import type { FieldRule, Mapping, TimeReading } from "#db/imports/map/mapping.ts";
import { type EventFolding, foldedColumns } from "#db/imports/read/fold-events.ts";
import { defaultRule } from "./default-rule.ts";
import { type ControlValues, control, type FoldPart, notSaid } from "./mapping-controls.ts";
import { type FormGround, yesNo } from "./mapping-to-form.ts";
import { linesOf } from "./read-controls.ts";

/** How the form says that the rows become cases; `null`: each row is one. */
export function editFolding(
  form: ControlValues,
  before: EventFolding | null,
  columns: readonly string[],
): EventFolding | null {
  const said = form[control.fold] ?? notSaid;
  if ((said === notSaid ? yesNo(before !== null) : said) === "no") return null;
  const chosen = (part: FoldPart, known: string | null): string | null => {
    const at = form[control.foldPart(part)];
    return at === undefined ? known : (columns[at === "" ? -1 : Number(at)] ?? null);
  };
  const key = chosen("key", before?.key ?? null);
  if (key === null) return before;
  return {
    key,
    time: chosen("time", before?.time ?? null),
    assignee: chosen("assignee", before?.assignee ?? null),
    status: chosen("status", before?.status ?? null),
    resolvedWords: linesOf(form[control.foldPart("words")], before?.resolvedWords ?? []),
    author: chosen("author", before?.author ?? null),
    customerWords: linesOf(form[control.foldPart("customer")], before?.customerWords ?? []),
  };
}

/** The rules that read what a folding found out, for fields that no column of the file tells better. */
export function foldedRules(events: EventFolding, mapping: Mapping, ground: FormGround): FieldRule[] {
  const time = timeReadingOf(events, mapping, ground.examination);
  const at = (
    field: "received_at" | "resolved_at" | "reopened_at",
    column: (typeof foldedColumns)[number],
  ) => ({
    field,
    column,
    ...time,
  });
  const count = (field: "transfer_count" | "reopen_count", column: (typeof foldedColumns)[number]) => ({
    field,
    column,
    as: "number" as const,
    times: 1,
    plus: 0,
  });
  return [
    at("received_at", "_first_event_at"),
    at("resolved_at", "_resolved_at"),
    at("reopened_at", "_reopened_at"),
    count("transfer_count", "_transfers"),
    count("reopen_count", "_reopens"),
  ];
}

/** The columns that a folding adds hold the cells of its own time column, and are read as that is. */
function timeReadingOf({ time }: EventFolding, mapping: Mapping, { columns }: Examination): TimeReading {
  const known = mapping.rules.find((rule) => "column" in rule && rule.column === time && rule.as === "time");
  const rule =
    known ??
    defaultRule(
      "received_at",
      time ?? "",
      columns.find(({ column }) => column === time),
    );
  if (rule.as === "time")
    return { as: "time", order: rule.order, midnight: rule.midnight, timeZone: rule.timeZone };
  return { as: "time", order: "ymd", midnight: "instant", timeZone: null };
}

/** Each row is a case again: nothing may read a column that only the folding had. */
export function withoutFolding(mapping: Mapping): Mapping {
  const added = new Set<string>(foldedColumns);
  return {
    ...mapping,
    events: null,
    rules: mapping.rules.filter((rule) => !("column" in rule && added.has(rule.column))),
    dropped: mapping.dropped.filter((column) => !added.has(column)),
  };
}
