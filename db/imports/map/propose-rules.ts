import { type CaseField, shortTextFields, wholeNumberFields } from "./case-fields.ts";
import type { ColumnIndex } from "./column-names.ts";
import type { ColumnExamination } from "./examine-columns.ts";
import type { FieldRule } from "./mapping.ts";
import { fixtwice } from "./presets/fixtwice.ts";
import { generic } from "./presets/generic.ts";
import type { Preset, PresetRule } from "./presets/preset.ts";
import { isKnown } from "./recognise.ts";
import { defaultWords, timeReading } from "./rule-defaults.ts";
import { maxShortTextCharacters } from "./validate-case.ts";

/** The columns by name, as they were examined. */
export type Look = ReadonlyMap<string, ColumnExamination>;

export interface ProposalGround {
  preset: Preset;
  index: ColumnIndex;
  look: Look;
  dateOrder: "dmy" | "mdy" | undefined;
}

/**
 * The rules of a preset for the columns that are there. For fields that it does not name, columns that it does not know
 * are mapped by the names that exports use.
 */
export function proposeRules(ground: ProposalGround): FieldRule[] {
  const { preset } = ground;
  if (preset === generic) return withoutTwins(preset.rules.flatMap((rule) => bySample(rule, ground)));
  const own = preset.rules.flatMap((rule) => byName(rule, ground));
  if (preset === fixtwice) return own;
  const fields = new Set<CaseField>(own.map(({ field }) => field));
  const further = generic.rules
    .filter(({ field }) => !fields.has(field))
    .map((rule) => ({ ...rule, columns: rule.columns.filter((column) => !isKnown(preset, column)) }))
    .flatMap((rule) => bySample(rule, ground));
  return withoutTwins([...own, ...further]);
}

/** A preset is sure of its columns: the first that is there. */
function byName(rule: PresetRule, ground: ProposalGround): FieldRule[] {
  const column = ground.index.find(rule.columns);
  return column === undefined ? [] : [ruleFor(rule, column, ground)];
}

/** A name says less: the first column of such a name whose cells are what the field holds. */
function bySample(rule: PresetRule, ground: ProposalGround): FieldRule[] {
  const named = ground.index.all(rule.columns);
  const fitting = named.filter((column) => fits(rule, ground.look.get(column)));
  const column = fitting.find((name) => (ground.look.get(name)?.filled ?? 0) > 0) ?? fitting[0];
  if (column !== undefined) return [ruleFor(rule, column, ground)];
  // A column that is called a status is one, in whatever language: its words are asked for.
  const status =
    rule.field === "status"
      ? named.find((name) => /status/i.test(name) && isChoice(ground.look.get(name)))
      : undefined;
  return status === undefined ? [] : [ruleFor(rule, status, ground)];
}

function ruleFor(rule: PresetRule, column: string, { preset, look, dateOrder }: ProposalGround): FieldRule {
  const { columns: _, ...rest } = rule;
  const examined = look.get(column);
  switch (rest.as) {
    case "time":
      // Our own export is read as it was written, whatever its times look like.
      return preset === fixtwice
        ? { field: rest.field, column, as: "time", order: "ymd", midnight: "instant", timeZone: null }
        : { field: rest.field, column, ...timeReading(examined, rest.timeZone ?? null, dateOrder) };
    case "number":
      return { ...rest, column, times: rest.times ?? 1, plus: rest.plus ?? 0 };
    case "words":
      return { ...rest, column, ...defaultWords(rest, examined) };
    default:
      return { ...rest, column };
  }
}

function fits(rule: PresetRule, column: ColumnExamination | undefined): boolean {
  if (column === undefined || column.filled === 0) return true;
  switch (rule.as) {
    case "time":
      return column.anyTime > 0;
    case "number":
      return isCount(rule.field, column);
    case "words":
      return defaultWords(rule, column).values.length > 0 && isChoice(column);
    default:
      return (
        !shortTextFields.some((field) => field === rule.field) || column.longest <= maxShortTextCharacters
      );
  }
}

/** So few different values that each can be given a meaning. */
function isChoice(column: ColumnExamination | undefined): boolean {
  return column === undefined || column.filled === 0 || column.words.length > 0;
}

function isCount(field: CaseField, { samples, words }: ColumnExamination): boolean {
  // A score of 1 to 10 is another score.
  if (field === "csat_score")
    return words.length > 0 && words.every(([text]) => !/^\d/.test(text) || /^[1-5](?:\.0+)?$/.test(text));
  return (
    wholeNumberFields.some((known) => known === field) &&
    samples.some((text) => /^\d[\d,]*(?:\.0+)?$/.test(text))
  );
}

/** A text column that two fields would be read from goes to the first; words and times may say several things. */
function withoutTwins(rules: readonly FieldRule[]): FieldRule[] {
  const taken = new Set(
    rules.flatMap((rule) => ("column" in rule && rule.as !== "text" ? [rule.column] : [])),
  );
  return rules.filter((rule) => {
    if (rule.as !== "text") return true;
    if (taken.has(rule.column)) return false;
    taken.add(rule.column);
    return true;
  });
}
