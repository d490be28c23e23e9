import { type CaseRecord, emptyCase, timeFields } from "#analytics/case.ts";
import { BadInput } from "../bad-input.ts";
import { foldedColumns } from "../read/fold-events.ts";
import { type CaseField, keyFields } from "./case-fields.ts";
import { compileAttributes } from "./compile-attributes.ts";
import { isRejected } from "./compile-cell.ts";
import { compileRule, type FieldValue, rowContext } from "./compile-rule.ts";
import type { DateOrder, Mapping } from "./mapping.ts";
import type { Reading, Rejection } from "./presets/preset.ts";
import { parseTime } from "./read-time.ts";
import { ZonedTimes } from "./zoned-times.ts";

/** Reads rows as a mapping says. */
export interface CompiledMapping {
  columns: readonly string[];
  /** @param cells in the order of the columns, and as many */
  read(cells: readonly string[]): Reading;
  /** The source's column that a field of the record was read from. */
  columnOf(field: string): string;
}

/**
 * A mapping made ready for many rows.
 * @param columns of the source, in the order of its cells
 * @throws BadInput when the mapping names a column that is not there
 */
export function compileMapping(
  mapping: Mapping,
  columns: readonly string[],
  workspaceTimeZone: string,
): CompiledMapping {
  refuseMissing(mapping, columns);
  const context = rowContext(mapping, columns, workspaceTimeZone);
  // A duration is added to a time of the record: that has to be read first.
  const rules = [...mapping.rules].sort((a, b) => Number(a.as === "after") - Number(b.as === "after"));
  const readers = rules.map((rule) => compileRule(rule, context));
  const attributesOf = compileAttributes(mapping, columns, context);
  const blank = emptyCase("", "");
  return {
    columns,
    columnOf: (field) => columnOf(mapping, field),
    read(cells) {
      const record: CaseRecord = { ...blank, attributes: attributesOf(cells) };
      const values = record as Record<CaseField, FieldValue>; // each reader gives its own field's type
      const found = new Set<CaseField>();
      for (const reader of readers) {
        if (found.has(reader.field)) continue;
        const value = reader.read(cells, record);
        if (value === undefined) continue;
        if (isRejected(value)) return { rejection: value.rejection };
        found.add(reader.field);
        values[reader.field] = value;
      }
      const missing = neededFields.find((field) => !found.has(field));
      if (missing !== undefined) return { rejection: withoutNeeded(columnOf(mapping, missing)) };
      if (mapping.dialect === "plain" && record.status === "open") record.outcome = null;
      return { record };
    },
  };
}

/** What no case may lack. An open one has no outcome yet, even where its source says already how it will end. */
const neededFields: readonly CaseField[] = [...keyFields, "status"];

function withoutNeeded(column: string): Rejection {
  const reason = `The row has no ${column}; every case needs one.`;
  return { column, value: null, code: "missing", reason };
}

/** Columns that folding adds may be missing: they are there once the log is folded. */
function refuseMissing(mapping: Mapping, columns: readonly string[]): void {
  const there = new Set([...columns, ...foldedColumns]);
  const missing = mapping.rules.find((rule) => "column" in rule && !there.has(rule.column));
  if (missing === undefined || !("column" in missing)) return;
  const names = columns.slice(0, 12).map((name) => `“${name}”`);
  throw new BadInput(
    `The mapping reads ${missing.field} from the column “${missing.column}”, which the source does not have; its columns are ` +
      `${names.join(", ")}${columns.length > names.length ? ", …" : ""}.`,
  );
}

function columnOf(mapping: Mapping, field: string): string {
  const rule = mapping.rules.find((known) => known.field === field && "column" in known);
  if (rule !== undefined && "column" in rule) return rule.column;
  const times: readonly string[] = timeFields;
  const anyTime = times.includes(field)
    ? mapping.rules.find((known) => times.includes(known.field) && "column" in known)
    : undefined;
  if (anyTime !== undefined && "column" in anyTime) return anyTime.column;
  return mapping.dialect === "fixtwice" ? field : field.replace(/^attribute:/, "");
}

/**
 * How the times of an event log are put in order, for folding it: `null` where a cell is no time. A log's time is often
 * mapped to no field; it is then read like the other times, or as what can be read in one way only.
 */
export function compileTimeOrder(
  mapping: Mapping,
  workspaceTimeZone: string,
): (cell: string) => number | null {
  const times = mapping.rules.flatMap((rule) => (rule.as === "time" ? [rule] : []));
  const folded: readonly string[] = foldedColumns;
  const own = times.find(({ column }) => column === mapping.events?.time || folded.includes(column));
  const reading = own ?? times[0];
  const local = new ZonedTimes(reading?.timeZone ?? workspaceTimeZone);
  const orders = new Set<DateOrder>([
    ...(reading === undefined ? [] : [reading.order]),
    ...(["ymd", "unix_seconds", "unix_milliseconds", "excel_serial"] as const),
  ]);
  return (cell) => {
    for (const order of orders) {
      const written = parseTime(cell, order);
      if (written === null) continue;
      const { day, time, offset } = written;
      if (time !== null && offset === null) return Date.parse(local.instantOf(day, time));
      return Date.parse(`${day}T00:00:00Z`) + (time ?? 0) - (offset ?? 0) * 60_000;
    }
    return null;
  };
}
