import { hash } from "node:crypto";
import type { CaseRecord } from "#analytics/case.ts";
import type { CaseField } from "./case-fields.ts";
import { compileCell } from "./compile-cell.ts";
import { unguardFormula } from "./formula-guard.ts";
import type { DurationUnit, FieldRule, Mapping } from "./mapping.ts";
import type { Rejection } from "./presets/preset.ts";
import { ZonedTimes } from "./zoned-times.ts";

export type FieldValue = CaseRecord[CaseField];

/** One rule, ready to be applied to many rows. */
export interface FieldReader {
  field: CaseField;
  /** `undefined`: its cell says nothing. */
  read(cells: readonly string[], record: CaseRecord): FieldValue | undefined | { rejection: Rejection };
}

/** What the rules of a mapping share. */
export interface RowContext {
  /** Where the columns stand. */
  at: ReadonlyMap<string, number>;
  /** What a cell says; `null`: nothing. */
  textAt(cells: readonly string[], index: number): string | null;
  zoneOf(timeZone: string | null): ZonedTimes;
}

export function rowContext(
  mapping: Mapping,
  columns: readonly string[],
  workspaceTimeZone: string,
): RowContext {
  const zones = new Map<string, ZonedTimes>();
  const nulls = new Set(["", ...mapping.nulls]);
  // Texts of our own export keep their blanks: what was exported comes back as it was.
  const plain = mapping.dialect === "fixtwice" ? unguardFormula : (cell: string) => cell.trim();
  return {
    at: new Map(columns.map((column, index) => [column, index])),
    textAt(cells, index) {
      const text = plain(cells[index] ?? "");
      return nulls.has(text) ? null : text;
    },
    zoneOf(timeZone) {
      const name = timeZone ?? workspaceTimeZone;
      const zone = zones.get(name) ?? new ZonedTimes(name);
      zones.set(name, zone);
      return zone;
    },
  };
}

export function compileRule(rule: FieldRule, context: RowContext): FieldReader {
  const { field } = rule;
  if (rule.as === "constant") {
    const { value } = rule; // of a text field or a word of ours: validateCase checks it
    return { field, read: () => value };
  }
  if (rule.as === "content")
    return { field, read: (cells) => `row-${hash("sha256", JSON.stringify(cells)).slice(0, 32)}` };
  const index = context.at.get(rule.column);
  if (index === undefined) return { field, read: () => undefined };
  if (rule.as === "presence") {
    const { given, empty } = rule;
    return { field, read: (cells) => (context.textAt(cells, index) === null ? empty : given) };
  }
  if (rule.as === "after") return { field, read: afterReader(rule, index, context) };
  const readCell = compileCell(rule, context.zoneOf(rule.as === "time" ? rule.timeZone : null));
  return {
    field,
    read(cells) {
      const text = context.textAt(cells, index);
      return text === null ? undefined : readCell(text);
    },
  };
}

function afterReader(
  rule: Extract<FieldRule, { as: "after" }>,
  index: number,
  context: RowContext,
): FieldReader["read"] {
  return (cells, record) => {
    const text = context.textAt(cells, index);
    const since = record[rule.since];
    if (text === null || since === null || since.length === 10) return undefined; // a day has no minutes after it
    const milliseconds = durationOf(text, rule.unit);
    if (milliseconds !== null) return new Date(Date.parse(since) + milliseconds).toISOString();
    const reason = `“${text}” is no duration; expected ${rule.unit}, or hours:minutes:seconds.`;
    return { rejection: { column: rule.column, value: text, code: "not_a_number", reason } };
  };
}

const unitMilliseconds = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
/** A hundred years: a longer duration is a mistake, and its end no time. */
const longestDuration = 100 * 366 * unitMilliseconds.days;

function durationOf(text: string, unit: DurationUnit): number | null {
  const clock = /^(\d{1,5}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (clock !== null) return ((Number(clock[1]) * 60 + Number(clock[2])) * 60 + Number(clock[3] ?? 0)) * 1000;
  const milliseconds = /^\d+(?:\.\d+)?$/.test(text)
    ? Math.round(Number(text) * unitMilliseconds[unit])
    : null;
  return milliseconds !== null && milliseconds <= longestDuration ? milliseconds : null;
}
