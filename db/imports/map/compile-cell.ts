import { type CaseRecord, remedyTypes } from "#analytics/case.ts";
import { type CaseField, wordFields, yesNoFields } from "./case-fields.ts";
import type { FieldRule, FromColumn, Interpretation } from "./mapping.ts";
import type { Rejection } from "./presets/preset.ts";
import { expectedTimes, readTime } from "./read-time.ts";
import type { ZonedTimes } from "./zoned-times.ts";

/** Reads a cell that says something; `undefined`: what it says is nothing that the field can hold, and that is all right. */
export type CellReader = (text: string) => CaseRecord[CaseField] | undefined | { rejection: Rejection };

type CellRule = Extract<FieldRule, FromColumn> &
  Exclude<Interpretation, { as: "after" } | { as: "presence" }>;

export function isRejected(value: unknown): value is { rejection: Rejection } {
  return typeof value === "object" && value !== null && "rejection" in value;
}

/**
 * How the cells of a column become the values of a field.
 * @param local the zone of times that tell none
 */
export function compileCell(rule: CellRule, local: ZonedTimes): CellReader {
  switch (rule.as) {
    case "time":
      return (text) =>
        readTime(text, rule, local) ??
        reject(rule, text, "not_a_date", `“${text}” is not a date; expected ${expectedTimes[rule.order]}.`);
    case "number":
      return numberReader(rule);
    case "words":
      return wordsReader(rule);
    default:
      return rule.digits === true ? digitsReader(rule) : (text) => text;
  }
}

function digitsReader(rule: CellRule): CellReader {
  return (text) =>
    /^\d+$/.test(text)
      ? text
      : reject(rule, text, "not_a_number", `“${text}” is not a ${rule.column}; expected digits only.`);
}

const grouped = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const decimal = /^-?\d{1,16}(?:\.\d+)?$/;

function numberReader(rule: Extract<CellRule, { as: "number" }>): CellReader {
  return (text) => {
    const plain = grouped.test(text) ? text.replaceAll(",", "") : text;
    const value = decimal.test(plain) ? Number(plain) * rule.times + rule.plus : Number.NaN;
    const whole = Math.round(value);
    // Stations of nobody are no transfer either: what is taken off never makes less than nothing.
    if (whole < 0 && !plain.startsWith("-") && rule.times > 0) return 0;
    if (Math.abs(value - whole) < 1e-6 * Math.max(1, Math.abs(whole))) return whole;
    return reject(
      rule,
      text,
      "not_a_number",
      `“${text}” is not allowed in ${rule.column}; expected a whole number.`,
    );
  };
}

function wordsReader(rule: Extract<CellRule, { as: "words" }>): CellReader {
  const ours = new Map(rule.values.map(([theirs, word]) => [theirs.trim().toLowerCase(), word]));
  const one = (text: string): string | null | { rejection: Rejection } => {
    const word = ours.get(text.toLowerCase());
    if (word !== undefined) return word;
    if (rule.otherwise === "same") return text;
    return rule.otherwise === "reject" ? unknownWord(rule, text) : rule.otherwise.value;
  };
  if (rule.field === "remedy_types") return (text) => remediesOf(rule, text, one);
  const isYesNo = yesNoFields.some((field) => field === rule.field);
  return (text) => {
    const word = one(text);
    if (word === null) return undefined;
    if (typeof word !== "string") return word;
    if (isYesNo) return word === "true" ? true : word === "false" ? false : unknownWord(rule, text);
    return rule.field === "csat_score" ? Number(word) : word; // validateCase checks that it is one of ours
  };
}

function remediesOf(
  rule: Extract<CellRule, { as: "words" }>,
  text: string,
  one: (text: string) => string | null | { rejection: Rejection },
): ReturnType<CellReader> {
  const parts = rule.separator === undefined ? [text] : text.split(rule.separator).map((part) => part.trim());
  const found: CaseRecord["remedy_types"] = [];
  for (const part of parts) {
    const word = one(part);
    if (word === null) continue;
    if (typeof word !== "string") return word;
    const remedy = remedyTypes.find((type) => type === word);
    if (remedy === undefined) return unknownWord(rule, text);
    if (!found.includes(remedy)) found.push(remedy);
  }
  return found.length === 0 ? undefined : found;
}

function unknownWord(rule: Extract<CellRule, { as: "words" }>, text: string): { rejection: Rejection } {
  const allowed: readonly string[] =
    rule.values.length > 0 ? rule.values.map(([theirs]) => theirs) : wordsOf(rule.field);
  return reject(
    rule,
    text,
    "not_allowed",
    `“${text}” is not known in ${rule.column}; expected one of: ${allowed.slice(0, 40).join(", ")}.`,
  );
}

function wordsOf(field: CaseField): readonly string[] {
  const words: Readonly<Partial<Record<CaseField, readonly string[]>>> = {
    ...wordFields,
    remedy_types: remedyTypes,
  };
  return words[field] ?? ["true", "false"];
}

function reject(
  rule: CellRule,
  value: string,
  code: Rejection["code"],
  reason: string,
): { rejection: Rejection } {
  return { rejection: { column: rule.column, value, code, reason } };
}
