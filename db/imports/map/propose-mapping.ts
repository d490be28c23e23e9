import { BadInput } from "../bad-input.ts";
import { type EventFolding, foldedColumns } from "../read/fold-events.ts";
import { ColumnIndex } from "./column-names.ts";
import type { Examination } from "./examine-columns.ts";
import type { FieldRule, Mapping } from "./mapping.ts";
import { attributePrefix, fixtwice } from "./presets/fixtwice.ts";
import type { Preset } from "./presets/preset.ts";
import { namedPreset } from "./presets/presets.ts";
import { type Look, type ProposalGround, proposeRules } from "./propose-rules.ts";
import { type Question, questionsOf } from "./questions.ts";
import { confidenceOf, isKnown, recognise, recogniseAs } from "./recognise.ts";
import { timeReading } from "./rule-defaults.ts";
import { warningsOf } from "./warnings.ts";

export { type Question, questionsOf } from "./questions.ts";
export { score } from "./recognise.ts";

export interface Proposal {
  mapping: Mapping;
  preset: { name: string; title: string };
  /** Columns that the preset knows. */
  known: number;
  /** 0 to 1: 1 where the preset knows every column, over .9 where it is surely this export. */
  confidence: number;
  /** What must be settled before a load. */
  questions: Question[];
  /** What a person should know, in whole sentences. */
  warnings: string[];
}

export interface ProposalWish {
  preset?: string;
  /** Of columns whose cells leave it open. */
  dateOrder?: "dmy" | "mdy";
}

/** Cells that mean "nothing" in exports of all kinds. */
const commonNulls = ["?", "N/A", "n/a", "None", "null", "NULL", "(null)", "\\N", "#N/A", "NaN", "nan", "NaT"];

/**
 * How a header's columns would become cases: by the preset that it is recognised as, and for what that leaves open by
 * the names that exports use. Nothing is guessed that the cells leave open: it becomes a question.
 * @throws BadInput for a preset that isn't, and for columns of our own export that no case has
 */
export function proposeMapping(
  columns: readonly string[],
  examination: Examination,
  wish: ProposalWish = {},
): Proposal {
  const recognised =
    wish.preset === undefined ? recognise(columns) : recogniseAs(namedPreset(wish.preset), columns);
  const { preset } = recognised;
  if (preset === fixtwice) refuseUnknown(columns);
  const index = new ColumnIndex(columns);
  const look: Look = new Map(examination.columns.map((column) => [column.column, column]));
  const ground: ProposalGround = { preset, index, look, dateOrder: wish.dateOrder };
  const events = proposeFolding(ground);
  const rules = withFolded(proposeRules(ground), events, ground);
  const mapping: Mapping = {
    preset: preset.name,
    rules: withStatus(withKey(rules, preset)),
    dropped: (preset.dropped ?? []).flatMap((name) => index.find([name]) ?? []),
    nulls: preset === fixtwice ? [] : [...commonNulls, ...(preset.nulls ?? [])],
    events,
    answered:
      wish.dateOrder === undefined ? [] : rules.flatMap((rule) => (rule.as === "time" ? [rule.column] : [])),
    dialect: preset === fixtwice ? "fixtwice" : "plain",
  };
  return {
    mapping,
    preset: { name: preset.name, title: preset.title },
    known: recognised.known,
    confidence: confidenceOf(recognised, columns),
    questions: questionsOf(mapping, columns, examination),
    warnings: warningsOf(mapping, examination),
  };
}

function refuseUnknown(columns: readonly string[]): void {
  const unknown = columns.filter((column) => !isKnown(fixtwice, column));
  if (unknown.length === 0) return;
  throw new BadInput(
    `The header of this Fix It Twice export names columns that no case has: ${unknown.map((name) => `“${name}”`).join(", ")}. ` +
      `Correct or remove them; a column of your own is named “${attributePrefix}NAME”.`,
  );
}

/** The preset's event log, where its columns are there and a case has several rows. */
function proposeFolding({ preset, index, look }: ProposalGround): EventFolding | null {
  const { events } = preset;
  if (events === undefined || !events.signature.every((name) => index.hasOneOf([name]))) return null;
  const find = (name: string | null) => (name === null ? null : (index.find([name]) ?? null));
  const { folding } = events;
  const key = find(folding.key) ?? folding.key;
  const { distinct, distinctOf } = look.get(key) ?? { distinct: 0, distinctOf: 1 };
  if (distinct === distinctOf) return null;
  const { time, assignee, status, author } = folding;
  return {
    ...folding,
    key,
    time: find(time),
    assignee: find(assignee),
    status: find(status),
    author: find(author),
  };
}

/** What a folding finds out, for the fields that no column of the source tells. */
function withFolded(
  rules: readonly FieldRule[],
  events: EventFolding | null,
  { look, dateOrder }: ProposalGround,
): FieldRule[] {
  if (events === null) return [...rules];
  const { time, assignee, status } = events;
  const known = new Set(rules.map(({ field }) => field));
  const reading = timeReading(look.get(time ?? ""), null, dateOrder);
  const count = { as: "number", times: 1, plus: 0 } as const;
  const [, firstEventAt, resolvedAt, reopenedAt, transfers, reopens] = foldedColumns;
  const found: FieldRule[] = [
    ...(time === null ? [] : [{ field: "received_at" as const, column: firstEventAt, ...reading }]),
    ...(time === null || status === null
      ? []
      : [
          { field: "resolved_at" as const, column: resolvedAt, ...reading },
          { field: "reopened_at" as const, column: reopenedAt, ...reading },
        ]),
    ...(assignee === null ? [] : [{ field: "transfer_count" as const, column: transfers, ...count }]),
    ...(status === null ? [] : [{ field: "reopen_count" as const, column: reopens, ...count }]),
  ];
  return [...rules, ...found.filter(({ field }) => !known.has(field))];
}

function withKey(rules: readonly FieldRule[], preset: Preset): FieldRule[] {
  if (preset.sourceSystem === null) return [...rules];
  return [{ field: "source_system", as: "constant", value: preset.sourceSystem }, ...rules];
}

/** A case is open or resolved: by its status, else by whether a time of its resolution is there, else it is resolved. */
function withStatus(rules: readonly FieldRule[]): FieldRule[] {
  if (rules.some(({ field }) => field === "status")) return [...rules];
  const ended = rules.find((rule) => rule.field === "resolved_at" && "column" in rule);
  const status: FieldRule =
    ended !== undefined && "column" in ended
      ? { field: "status", column: ended.column, as: "presence", given: "resolved", empty: "open" }
      : { field: "status", as: "constant", value: "resolved" };
  return [...rules, status];
}
