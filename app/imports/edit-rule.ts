import { timeFields } from "#analytics/case.ts";
import { BadInput } from "#db/imports/bad-input.ts";
import type { DateOrder, DurationUnit, FieldRule, Otherwise, WordPair } from "#db/imports/map/mapping.ts";
import { type ControlValues, control, notChosen, type RulePart, saysNothing } from "./mapping-controls.ts";
import type { ColumnRule } from "./mapping-to-form.ts";
import { parseJson } from "./read-controls.ts";

const orders: readonly DateOrder[] = [
  "ymd",
  "dmy",
  "mdy",
  "unix_seconds",
  "unix_milliseconds",
  "excel_serial",
];
const durationUnits: readonly DurationUnit[] = ["seconds", "minutes", "hours", "days"];

/** A rule with the answers that the form gives about its reading. @throws BadInput where an answer can't be one */
export function editRule(form: ControlValues, rule: ColumnRule, index: number): FieldRule {
  const answer = (part: RulePart) => form[control.rule(index, part)];
  const kept = answer("kept");
  const told =
    kept === undefined || (kept === "yes") === (rule.kept === true) ? rule : keep(rule, kept === "yes");
  switch (told.as) {
    case "text":
      return told;
    case "time":
      return {
        ...told,
        order: oneOf(answer("order"), orders) ?? told.order,
        midnight: oneOf(answer("midnight"), ["instant", "day"] as const) ?? told.midnight,
        timeZone: timeZoneOf(answer("zone"), told.timeZone),
      };
    case "after":
      return {
        ...told,
        since: oneOf(answer("since"), timeFields) ?? told.since,
        unit: oneOf(answer("unit"), durationUnits) ?? told.unit,
      };
    case "number":
      return {
        ...told,
        times: numberOf(answer("times"), told.times),
        plus: numberOf(answer("plus"), told.plus),
      };
    case "presence":
      return { ...told, given: answer("given") || told.given, empty: answer("empty") || told.empty };
    case "words":
      return {
        ...told,
        values: [...editedPairs(form, told.values, index), ...newPairs(form, index)],
        otherwise: otherwiseOf(answer("otherwise")) ?? told.otherwise,
      };
  }
}

function keep(rule: ColumnRule, yes: boolean): ColumnRule {
  const { kept: _, ...rest } = rule;
  return yes ? { ...rest, kept: true } : rest;
}

function editedPairs(form: ControlValues, pairs: readonly WordPair[], index: number): WordPair[] {
  return pairs.map(([theirs, ours], pair) => {
    const word = form[control.word(index, pair)];
    return [theirs, word === undefined ? ours : wordOf(word)];
  });
}

/** Words that were shown because nothing said what they mean, and are answered now. */
function newPairs(form: ControlValues, index: number): WordPair[] {
  const pairs: WordPair[] = [];
  for (let word = 0; form[control.theirs(index, word)] !== undefined; word++) {
    const theirs = parseJson(form[control.theirs(index, word)]);
    const ours = form[control.newWord(index, word)] ?? notChosen;
    if (typeof theirs === "string" && ours !== notChosen) pairs.push([theirs, wordOf(ours)]);
  }
  return pairs;
}

function wordOf(text: string): string | null {
  return text.trim() === saysNothing ? null : text.trim();
}

function otherwiseOf(text: string | undefined): Otherwise | undefined {
  if (text === "reject" || text === "same") return text;
  return text?.startsWith("=") ? { value: wordOf(text.slice(1)) } : undefined;
}

function oneOf<const T extends string>(text: string | undefined, known: readonly T[]): T | undefined {
  return known.find((value) => value === text);
}

function numberOf(text: string | undefined, before: number): number {
  if (text === undefined || text.trim() === "") return before;
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  throw new BadInput(`“${text}” is not a number; expected one such as 100 or -1.`);
}

/** An empty answer is the workspace's own zone. */
function timeZoneOf(text: string | undefined, before: string | null): string | null {
  const name = text?.trim();
  if (name === undefined) return before;
  if (name === "") return null;
  try {
    Intl.DateTimeFormat("en", { timeZone: name });
    return name;
  } catch {
    throw new BadInput(
      `There is no time zone “${name}”; expected an IANA name such as Europe/Berlin, or nothing.`,
    );
  }
}
