import { foldedColumns } from "../read/fold-events.ts";
import type { Examination } from "./examine-columns.ts";
import type { FieldRule, Mapping } from "./mapping.ts";
import type { Look } from "./propose-rules.ts";
import { isOrderOpen } from "./rule-defaults.ts";

export type QuestionCode =
  | "date_order"
  | "no_id"
  | "no_time"
  | "no_text"
  | "unknown_words"
  | "several_rows_a_case";

/** What must be settled before a load. */
export interface Question {
  code: QuestionCode;
  /** The column that it is about. */
  column: string | null;
  /** What was found, and what to do. */
  sentence: string;
  /** Of `unknown_words`: the words, and how many cells have each. */
  words?: [text: string, count: number][];
}

/** Everything about a mapping that a person has to settle; none: it may be loaded. */
export function questionsOf(
  mapping: Mapping,
  columns: readonly string[],
  examination: Examination,
): Question[] {
  const look = new Map(examination.columns.map((column) => [column.column, column]));
  const there = new Set<string>([...columns, ...(mapping.events === null ? [] : foldedColumns)]);
  const rules = mapping.rules.filter((rule) => !("column" in rule) || there.has(rule.column));
  return [
    ...missing(rules, columns),
    ...rules.flatMap((rule) => aboutDates(mapping, rule, look)),
    ...rules.flatMap((rule) => aboutWords(mapping, rule, look)),
    ...aboutRows(mapping, rules, look),
  ];
}

function missing(rules: readonly FieldRule[], columns: readonly string[]): Question[] {
  const has = (...fields: string[]) => rules.some(({ field }) => fields.includes(field));
  const got = `its columns are ${columns
    .slice(0, 8)
    .map((name) => `“${name}”`)
    .join(", ")}${columns.length > 8 ? ", …" : ""}`;
  const questions: Question[] = [];
  if (!has("source_case_id"))
    questions.push(
      ask(
        "no_id",
        null,
        `No column is known as the id of a case; ${got}. Choose the one that is, or let each row be known by its content.`,
      ),
    );
  if (!has("occurred_at", "received_at", "resolved_at"))
    questions.push(
      ask(
        "no_time",
        null,
        `No column is known that tells when a case happened; ${got}. Choose the one that does: without a day, a case belongs to no period.`,
      ),
    );
  if (!has("title", "narrative", "resolution_note", "contact_reason"))
    questions.push(
      ask(
        "no_text",
        null,
        `No column is known as text of a case or as its contact reason; ${got}. Choose one: causes are found from them.`,
      ),
    );
  return questions;
}

function ask(code: QuestionCode, column: string | null, sentence: string): Question {
  return { code, column, sentence };
}

/** A column's order is settled when its cells tell it, or when a person has marked it as their answer. */
function aboutDates(mapping: Mapping, rule: FieldRule, look: Look): Question[] {
  if (rule.as !== "time" || (rule.order !== "dmy" && rule.order !== "mdy")) return [];
  const column = look.get(rule.column);
  if (column === undefined || !isOrderOpen(column) || mapping.answered?.includes(rule.column)) return [];
  const [example = ""] = column.samples;
  return [
    ask(
      "date_order",
      rule.column,
      `The dates in “${rule.column}”, such as ${example}, can be read with the day or with the month first. ` +
        "Say which: on the page, or with --dates dmy or --dates mdy.",
    ),
  ];
}

function aboutWords(mapping: Mapping, rule: FieldRule, look: Look): Question[] {
  if (rule.as !== "words" || rule.otherwise !== "reject" || mapping.dialect === "fixtwice") return [];
  const named = new Set(rule.values.map(([theirs]) => theirs.trim().toLowerCase()));
  const nulls = new Set(mapping.nulls);
  const unknown = (look.get(rule.column)?.words ?? []).filter(
    ([text]) => !named.has(text.toLowerCase()) && !nulls.has(text),
  );
  // The words of the CFPB are published: another one is damage, and rejects its row.
  if (unknown.length === 0 || mapping.preset === "cfpb") return [];
  const shown = unknown.slice(0, 8).map(([text, count]) => `“${text}” (${count} rows)`);
  return [
    {
      ...ask(
        "unknown_words",
        rule.column,
        `“${rule.column}” has words of which it is not known what they mean for the ${rule.field.replaceAll("_", " ")}: ${shown.join(", ")}. Say for each.`,
      ),
      words: unknown,
    },
  ];
}

/** So many rows a case are no repetitions by mistake. */
const severalRows = 1.3;
const fewestRows = 20;

function aboutRows(mapping: Mapping, rules: readonly FieldRule[], look: Look): Question[] {
  const key = rules.find((rule) => rule.field === "source_case_id");
  // Of an export that is known, it is known whether its rows are cases.
  if (mapping.preset !== "generic" || mapping.events !== null) return [];
  if (key === undefined || !("column" in key)) return [];
  if (mapping.answered?.includes(key.column) || look.has("_events")) return [];
  const column = look.get(key.column);
  if (column === undefined || column.distinct === 0) return [];
  const { distinct, distinctOf: rows } = column;
  if (rows < fewestRows || rows < severalRows * distinct) return [];
  return [
    ask(
      "several_rows_a_case",
      key.column,
      `“${key.column}” has ${distinct} different values in ${rows} rows. If each row is an event of a case, they are ` +
        "folded into one case each; if not, another column is the id. Say which.",
    ),
  ];
}
