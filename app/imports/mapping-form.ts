import type { FieldRule, Mapping } from "#db/imports/map/mapping.ts";
import { parseMapping } from "#db/imports/map/parse-mapping.ts";
import { questionsOf } from "#db/imports/map/questions.ts";
import { defaultRule } from "./default-rule.ts";
import { editRule } from "./edit-rule.ts";
import { isCaseField, leftOut } from "./field-choices.ts";
import { editFolding, foldedRules, withoutFolding } from "./folding-form.ts";
import { type ControlValues, control } from "./mapping-controls.ts";
import { dayRuleOf, type FormGround, mappableColumns, mappingToForm, rulesOf } from "./mapping-to-form.ts";
import { linesOf, parseJson } from "./read-controls.ts";

/**
 * The mapping that a form says. A control that was not sent leaves what stands in the mapping that the form carries; a
 * column that becomes another field than before is read as that field usually is.
 * @throws BadInput where the form carries no mapping, or an answer can't be one
 */
export function formToMapping(form: ControlValues, ground: FormGround): Mapping {
  const base = parseMapping(parseJson(form[control.base]));
  const columns = readColumns(form, base, ground);
  const rules = base.rules.flatMap((rule, index) => {
    const edited = "column" in rule ? columns.rules.get(index) : editFixed(form, base, index);
    return edited === undefined ? [rule] : edited === null ? [] : [edited];
  });
  const answered = answeredIn(form, base, ground);
  const edited: Mapping = {
    ...base,
    rules: [...rules, ...columns.added, ...addedFixed(form, base)],
    dropped: columns.dropped,
    nulls: linesOf(form[control.nulls], base.nulls),
    ...(answered.length > 0 && { answered }),
  };
  return foldAs(editFolding(form, base.events, ground.columns), edited, ground);
}

/** The rules of the columns: a rule's position -> what it became, `null` where it is gone. */
interface ReadColumns {
  rules: Map<number, FieldRule | null>;
  added: FieldRule[];
  dropped: string[];
}

function readColumns(form: ControlValues, base: Mapping, ground: FormGround): ReadColumns {
  const columns = mappableColumns(ground.columns, base.events);
  const before = mappingToForm(base, ground);
  const read: ReadColumns = { rules: new Map(), added: [], dropped: [] };
  const choice = (at: number, slot: number) => {
    const name = control.becomes(at, slot);
    return form[name] ?? before[name] ?? "";
  };
  const droppedNow = new Set<string>();
  columns.forEach((column, at) => {
    const examined = ground.examination.columns.find((found) => found.column === column);
    const rules = rulesOf(base, column);
    const choices = Array.from({ length: rules.length + 1 }, (_, slot) => choice(at, slot));
    if (choices.includes(leftOut)) droppedNow.add(column);
    const wanted = choices.map((field) => (droppedNow.has(column) || !isCaseField(field) ? null : field));
    rules.forEach(({ rule, index }, slot) => {
      const field = wanted[slot] ?? null;
      if (field === null) read.rules.set(index, null);
      else if (field === rule.field) read.rules.set(index, editRule(form, rule, index));
      else read.rules.set(index, defaultRule(field, column, examined));
    });
    const free = wanted[rules.length] ?? null;
    if (free !== null) read.added.push(defaultRule(free, column, examined));
  });
  const stillDropped = base.dropped.filter((column) => droppedNow.has(column) || !columns.includes(column));
  read.dropped = [...stillDropped, ...[...droppedNow].filter((column) => !base.dropped.includes(column))];
  return read;
}

/** The columns whose open questions a person has settled, now or before: what is not to be asked again. */
function answeredIn(form: ControlValues, base: Mapping, ground: FormGround): string[] {
  const columns = mappableColumns(ground.columns, base.events);
  const settled = questionsOf(base, columns, ground.examination).flatMap(({ code, column }): string[] => {
    if (column === null) return [];
    if (code === "several_rows_a_case") return form[control.fold] === "no" ? [column] : [];
    if (code !== "date_order") return [];
    const times = rulesOf(base, column).filter(({ rule }) => rule.as === "time");
    return times.every(({ index }) => form[control.rule(index, "order")] !== undefined) ? [column] : [];
  });
  return [...new Set([...(base.answered ?? []), ...settled])];
}

/** A rule that reads no column; `null` where it is gone, `undefined` where the form does not speak of it. */
function editFixed(form: ControlValues, base: Mapping, index: number): FieldRule | null | undefined {
  const rule = base.rules[index];
  if (rule?.as === "content") return form[control.content] === "no" ? null : undefined;
  if (rule?.as !== "constant") return undefined;
  const value = form[index === dayRuleOf(base) ? control.day : control.constant(index)]?.trim();
  if (value === undefined || value === rule.value) return undefined;
  return value === "" ? null : { ...rule, value };
}

function addedFixed(form: ControlValues, base: Mapping): FieldRule[] {
  const added: FieldRule[] = [];
  const day = form[control.day]?.trim();
  if (day && dayRuleOf(base) === null) added.push({ field: "received_at", as: "constant", value: day });
  const system = form[control.system]?.trim();
  if (system) added.push({ field: "source_system", as: "constant", value: system });
  if (form[control.content] === "yes" && !base.rules.some(({ as }) => as === "content"))
    added.push({ field: "source_case_id", as: "content" });
  return added;
}

/** A folding brings columns of its own, whose reading is known; without it they are gone. */
function foldAs(events: Mapping["events"], mapping: Mapping, ground: FormGround): Mapping {
  if (events === null) return mapping.events === null ? mapping : withoutFolding(mapping);
  if (mapping.events !== null) return { ...mapping, events };
  return { ...mapping, events, rules: [...mapping.rules, ...foldedRules(events, mapping, ground)] };
}
