import { counted, momentText } from "#app/format.ts";
import { type ColumnExamination, dateOrders } from "#db/imports/map/examine-columns.ts";
import type { DateOrder, FieldRule, Mapping } from "#db/imports/map/mapping.ts";
import { type Question, questionsOf } from "#db/imports/map/questions.ts";
import { parseTime } from "#db/imports/map/read-time.ts";
import { reportColumns } from "#db/imports/read/rejection-report.ts";
import type { Import } from "#db/imports/store/queries.ts";
import { questionAtRow, questionText } from "./describe-question.ts";
import { findingsOf } from "./import-steps.ts";
import type { ControlValues } from "./mapping-controls.ts";
import {
  type ColumnRule,
  dayRuleOf,
  type FormGround,
  mappableColumns,
  mappingToForm,
  rulesOf,
} from "./mapping-to-form.ts";
import {
  type ColumnView,
  columnAnchor,
  fixedAnchor,
  foldingAnchor,
  type MappingView,
  type OrderView,
  type RuleView,
  tableAnchor,
  type WordView,
} from "./mapping-view.ts";
import { wordChoices, wordsOf } from "./word-choices.ts";

/** What the form of a draft's mapping is read against; `null` before its file was read. */
export function groundOf(
  row: Import,
): (FormGround & { mapping: Mapping; warnings: readonly string[] }) | null {
  const found = findingsOf(row);
  if (found?.state !== "read" || row.layout === null || row.mapping === null) return null;
  const columns = reportColumns(row.layout.columns) ?? row.layout.columns;
  return { columns, examination: found.examination, mapping: row.mapping, warnings: found.proposal.warnings };
}

/** What must be settled before a draft can be loaded. */
export function questionsOfDraft(row: Import): Question[] {
  const ground = groundOf(row);
  if (ground === null) return [];
  const { mapping, columns, examination } = ground;
  return questionsOf(mapping, mappableColumns(columns, mapping.events), examination);
}

/** @param typed what a person had in the form, where it could not be read */
export function buildMappingView(row: Import, typed: ControlValues | null = null): MappingView | null {
  const ground = groundOf(row);
  if (ground === null) return null;
  const { mapping, examination } = ground;
  const questions = questionsOfDraft(row);
  const names = mappableColumns(ground.columns, mapping.events);
  const columns = names.map((name, index) => columnView({ name, index }, { ground, mapping, questions }));
  const mapped = columns.filter(({ rules }) => rules.length > 0);
  return {
    headline: `${mapped.length} of ${counted(columns.length, "column")} ${mapped.length === 1 ? "becomes a field" : "become fields"} of a case`,
    rows: examination.rows,
    mapped,
    unmapped: columns.filter(({ rules }) => rules.length === 0),
    values: typed ?? mappingToForm(mapping, ground),
    questions: questions.map((question) => ({
      sentence: questionText(question),
      href: `#${anchorOf(question, names)}`,
    })),
    warnings: [...ground.warnings],
    fixed: {
      constants: constantsOf(mapping),
      asksSystem: !mapping.rules.some(({ field }) => field === "source_system"),
    },
    columns: ground.columns,
    asksFolding: questions.some(({ code }) => code === "several_rows_a_case"),
  };
}

function anchorOf({ code, column }: Question, names: readonly string[]): string {
  if (code === "several_rows_a_case") return foldingAnchor;
  if (code === "no_id" || code === "no_time") return fixedAnchor;
  return column === null ? tableAnchor : columnAnchor(names.indexOf(column));
}

function constantsOf(mapping: Mapping): MappingView["fixed"]["constants"] {
  const day = dayRuleOf(mapping);
  return mapping.rules.flatMap(({ as, field }, index) =>
    as === "constant" && index !== day ? [{ index, field }] : [],
  );
}

interface ColumnContext {
  ground: FormGround;
  mapping: Mapping;
  questions: readonly Question[];
}

function columnView({ name, index }: { name: string; index: number }, context: ColumnContext): ColumnView {
  const examined = context.ground.examination.columns.find(({ column }) => column === name);
  const open = context.questions.filter(
    ({ column, code }) => column === name && code !== "several_rows_a_case",
  );
  const isAmbiguous = open.some(({ code }) => code === "date_order");
  return {
    index,
    name,
    filled: examined?.filled ?? null,
    samples: examined?.samples.slice(0, samplesShown) ?? [],
    rules: rulesOf(context.mapping, name).map(({ rule, index: at }) => ({
      index: at,
      field: rule.field,
      ...readingView(rule, {
        examined,
        isAmbiguous,
        nulls: context.mapping.nulls,
      }),
    })),
    questions: open.map(questionAtRow),
  };
}

const samplesShown = 3;

interface CellsContext {
  examined: ColumnExamination | undefined;
  isAmbiguous: boolean;
  nulls: readonly string[];
}

type ReadingView = RuleView extends infer View
  ? View extends RuleView
    ? Omit<View, "index" | "field">
    : never
  : never;

function readingView(rule: ColumnRule, { examined, isAmbiguous, nulls }: CellsContext): ReadingView {
  switch (rule.as) {
    case "time":
      return { as: "time", orders: orderViews(rule.order, examined), isAmbiguous };
    case "presence":
      return { as: "presence", choices: wordChoices(rule.field) };
    case "words":
      return { as: "words", ...wordViews(rule, examined, nulls), choices: wordChoices(rule.field) };
    default:
      return { as: rule.as };
  }
}

const orderLabels: Record<DateOrder, string> = {
  ymd: "with the year first",
  dmy: "with the day first",
  mdy: "with the month first",
  unix_seconds: "as seconds since 1970",
  unix_milliseconds: "as milliseconds since 1970",
  excel_serial: "as Excel’s day numbers",
};

/** The orders that can read some cell, and the one that is chosen. */
function orderViews(chosen: DateOrder, examined: ColumnExamination | undefined): OrderView[] {
  return dateOrders
    .filter((order) => order === chosen || (examined?.times[order] ?? 0) > 0)
    .map((order) => ({ order, label: orderLabels[order], example: exampleOf(order, examined) }));
}

/** A cell that the orders read as different days, where there is one: else it tells nothing. */
function exampleOf(order: DateOrder, examined: ColumnExamination | undefined): OrderView["example"] {
  const samples = examined?.samples ?? [];
  const telling = (cell: string) => parseTime(cell, "dmy")?.day !== parseTime(cell, "mdy")?.day;
  const cell = samples.find(telling) ?? samples[0];
  const read = cell === undefined ? null : parseTime(cell, order);
  return cell === undefined || read === null ? null : { cell, moment: momentText(read.day, "UTC") };
}

type WordsRule = Extract<FieldRule, { as: "words" }>;

/** The words of the column that pairs name, and those that none does. */
function wordViews(
  { values, otherwise, field, separator }: WordsRule,
  examined: ColumnExamination | undefined,
  nulls: readonly string[],
): Pick<Extract<RuleView, { as: "words" }>, "pairs" | "unnamed"> {
  const counts = new Map<string, WordView>();
  for (const [cell, count] of examined?.words ?? [])
    for (const theirs of separator === undefined
      ? [cell]
      : cell.split(separator).map((part) => part.trim())) {
      const key = theirs.toLowerCase();
      counts.set(key, { theirs, count: (counts.get(key)?.count ?? 0) + count });
    }
  const named = new Set(values.map(([theirs]) => theirs.trim().toLowerCase()));
  const isOurs = (word: string) => otherwise === "same" && (wordsOf(field)?.includes(word) ?? true);
  const pairs = values.flatMap(([theirs], pair) => {
    const found = counts.get(theirs.trim().toLowerCase());
    return found === undefined && counts.size > 0 ? [] : [{ pair, theirs, count: found?.count ?? null }];
  });
  const unnamed = [...counts].filter(
    ([word, { theirs }]) => word !== "" && !named.has(word) && !nulls.includes(theirs) && !isOurs(word),
  );
  return { pairs, unnamed: unnamed.map(([, view]) => view) };
}
