import type { Examination } from "#db/imports/map/examine-columns.ts";
import type { FieldRule, Mapping, Otherwise } from "#db/imports/map/mapping.ts";
import { questionsOf } from "#db/imports/map/questions.ts";
import { type EventFolding, foldedColumns } from "#db/imports/read/fold-events.ts";
import { keptAsAttribute, leftOut } from "./field-choices.ts";
import { type ControlValues, control, notSaid, type RulePart, saysNothing } from "./mapping-controls.ts";

/** What a mapping's form is made of, and read against. */
export interface FormGround {
  /** Of the file, without those that a folding adds. */
  columns: readonly string[];
  examination: Examination;
}

/**
 * What stands in each control of the form for a mapping. What the cells leave open and nobody has settled stands in
 * none: it must be said.
 */
export function mappingToForm(mapping: Mapping, ground: FormGround): ControlValues {
  const columns = mappableColumns(ground.columns, mapping.events);
  const open = questionsOf(mapping, columns, ground.examination);
  const values: ControlValues = {
    [control.base]: JSON.stringify(mapping),
    [control.nulls]: mapping.nulls.join("\n"),
    [control.content]: yesNo(mapping.rules.some((rule) => rule.as === "content")),
    [control.day]: "",
    ...(!mapping.rules.some(({ field }) => field === "source_system") && { [control.system]: "" }),
    ...foldValues(mapping.events, ground.columns),
  };
  columns.forEach((column, index) => {
    const rules = rulesOf(mapping, column);
    rules.forEach(({ rule }, slot) => (values[control.becomes(index, slot)] = rule.field));
    const free = rules.length > 0 ? "" : mapping.dropped.includes(column) ? leftOut : keptAsAttribute;
    values[control.becomes(index, rules.length)] = free;
  });
  mapping.rules.forEach((rule, index) => Object.assign(values, ruleValues(rule, index)));
  for (const { code, column } of open) {
    if (code === "several_rows_a_case") values[control.fold] = notSaid;
    if (code !== "date_order" || column === null) continue;
    for (const { index } of rulesOf(mapping, column)) delete values[control.rule(index, "order")];
  }
  const day = dayRuleOf(mapping);
  if (day !== null) {
    const name = control.constant(day);
    values[control.day] = values[name] ?? "";
    delete values[name];
  }
  return values;
}

/** The rules that read a column, each with its position among all. */
export function rulesOf(mapping: Mapping, column: string): { rule: ColumnRule; index: number }[] {
  return mapping.rules.flatMap((rule, index) =>
    "column" in rule && rule.column === column ? [{ rule, index }] : [],
  );
}

export type ColumnRule = Extract<FieldRule, { column: string }>;

/** Position of the rule that gives every row its day; `null`: there is none. */
export function dayRuleOf(mapping: Mapping): number | null {
  const index = mapping.rules.findIndex(({ as, field }) => as === "constant" && field === "received_at");
  return index === -1 ? null : index;
}

function ruleValues(rule: FieldRule, index: number): ControlValues {
  const part = (name: RulePart) => control.rule(index, name);
  const kept = "column" in rule ? { [part("kept")]: yesNo(rule.kept === true) } : {};
  switch (rule.as) {
    case "constant":
      return { [control.constant(index)]: rule.value };
    case "content":
      return {};
    case "text":
      return kept;
    case "time":
      return {
        ...kept,
        [part("order")]: rule.order,
        [part("midnight")]: rule.midnight,
        [part("zone")]: rule.timeZone ?? "",
      };
    case "after":
      return { ...kept, [part("since")]: rule.since, [part("unit")]: rule.unit };
    case "number":
      return { ...kept, [part("times")]: String(rule.times), [part("plus")]: String(rule.plus) };
    case "presence":
      return { ...kept, [part("given")]: rule.given, [part("empty")]: rule.empty };
    case "words":
      return {
        ...kept,
        [part("otherwise")]: otherwiseText(rule.otherwise),
        ...Object.fromEntries(
          rule.values.map(([, ours], pair) => [control.word(index, pair), ours ?? saysNothing]),
        ),
      };
  }
}

/** `reject`, `same`, or `=` and the word of ours, which may be none. */
export function otherwiseText(otherwise: Otherwise): string {
  return typeof otherwise === "string" ? otherwise : `=${otherwise.value ?? saysNothing}`;
}

function foldValues(events: EventFolding | null, columns: readonly string[]): ControlValues {
  const at = (column: string | null | undefined) =>
    column == null || !columns.includes(column) ? "" : String(columns.indexOf(column));
  return {
    [control.fold]: yesNo(events !== null),
    [control.foldPart("key")]: at(events?.key),
    [control.foldPart("time")]: at(events?.time),
    [control.foldPart("assignee")]: at(events?.assignee),
    [control.foldPart("status")]: at(events?.status),
    [control.foldPart("words")]: events?.resolvedWords.join("\n") ?? "",
    [control.foldPart("author")]: at(events?.author),
    [control.foldPart("customer")]: events?.customerWords.join("\n") ?? "",
  };
}

/** The columns that rules may read: the file's own, and those that its folding adds. */
export function mappableColumns(columns: readonly string[], events: EventFolding | null): readonly string[] {
  return events === null || columns.includes(foldedColumns[0]) ? columns : [...columns, ...foldedColumns];
}

export function yesNo(yes: boolean): "yes" | "no" {
  return yes ? "yes" : "no";
}
