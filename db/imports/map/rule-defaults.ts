import type { CaseField } from "./case-fields.ts";
import { type ColumnExamination, dateOrders } from "./examine-columns.ts";
import { knownRemedies, knownWords } from "./known-words.ts";
import type { DateOrder, Interpretation, Otherwise, TimeReading, WordPair } from "./mapping.ts";
import type { PresetReading } from "./presets/preset.ts";

/** So many exact midnights are no chance: a minute of the day in 1,440. */
const [manyMidnights, fewestMidnights] = [0.05, 20];

/** How a column's times are read: in the order that reads most of its cells. Which of two that read as many is asked. */
export function timeReading(
  column: ColumnExamination | undefined,
  timeZone: string | null,
  wished?: "dmy" | "mdy",
): TimeReading {
  const { midnights = 0, withClock = 0 } = column ?? {};
  const isOften = midnights >= fewestMidnights && midnights >= manyMidnights * withClock;
  const isDay = withClock > 0 && (isOften || midnights === withClock);
  return { as: "time", order: orderOf(column, wished), midnight: isDay ? "day" : "instant", timeZone };
}

/** A wish decides between the two that the cells leave open; where they tell, what they tell holds. */
function orderOf(column: ColumnExamination | undefined, wished?: "dmy" | "mdy"): DateOrder {
  if (column === undefined) return "ymd";
  if (wished !== undefined && isOrderOpen(column)) return wished;
  return dateOrders.reduce((best, order) => (column.times[order] > column.times[best] ? order : best));
}

/** Whether the cells leave open if the day or the month comes first. */
export function isOrderOpen(column: ColumnExamination): boolean {
  return column.eitherWay > 0 && column.times.dmy === column.times.mdy;
}

type WordsReading = Extract<PresetReading, { as: "words" }> & { field: CaseField };
type Words = Pick<Extract<Interpretation, { as: "words" }>, "values" | "otherwise">;

/** The words of a field that a preset leaves to common usage: those of the column that are known there. */
export function defaultWords(rule: WordsReading, column: ColumnExamination | undefined): Words {
  const otherwise: Otherwise = rule.otherwise ?? (rule.field === "status" ? "reject" : { value: null });
  if (rule.values !== undefined) return { values: rule.values, otherwise };
  return { values: knownPairs(rule.field, column), otherwise };
}

function knownPairs(field: CaseField, column: ColumnExamination | undefined): WordPair[] {
  const words: Readonly<Partial<Record<string, readonly WordPair[]>>> = {
    ...knownWords,
    remedy_types: knownRemedies,
  };
  const pairs = words[field] ?? [];
  if (column === undefined || column.words.length === 0) return [...pairs];
  const ours = new Map(pairs.map(([theirs, word]) => [theirs, word]));
  return column.words.flatMap(([theirs]): WordPair[] => {
    const word = ours.get(theirs.toLowerCase());
    return word === undefined ? [] : [[theirs, word]];
  });
}
