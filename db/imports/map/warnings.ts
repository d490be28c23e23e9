import type { ColumnExamination, Examination } from "./examine-columns.ts";
import type { FieldRule, Mapping, TimeReading } from "./mapping.ts";
import { generic } from "./presets/generic.ts";

/** What a person should know of a mapping, in whole sentences. */
export function warningsOf({ rules }: Pick<Mapping, "rules">, { columns }: Examination): string[] {
  const look = new Map(columns.map((column) => [column.column, column]));
  const found = rules.flatMap((rule) => {
    const column = "column" in rule ? look.get(rule.column) : undefined;
    if (rule.field === "status") return aboutStatus(rule);
    if (rule.field === "source_system") return aboutSource(rule);
    if (column === undefined) return [];
    if (rule.field === "source_case_id") return aboutId(column);
    return rule.as === "time" ? aboutTimes(rule, column) : [];
  });
  return [...new Set(found)];
}

/** Ids are unique within their source alone: two tables that nobody knows must not pass for one. */
function aboutSource(rule: FieldRule): string[] {
  if (rule.as !== "constant" || rule.value !== generic.sourceSystem) return [];
  return [
    `It is not known where this table comes from: its source system is “${generic.sourceSystem}”. A case of another such ` +
      "table with the same id in this workspace would be taken for the same case. If there is one, give the source " +
      "systems names of their own on the page of the mapping.",
  ];
}

function aboutStatus(rule: FieldRule): string[] {
  if (rule.as === "constant")
    return ["No column tells whether a case is open: every case is taken as resolved."];
  if (rule.as !== "presence") return [];
  return [
    `No column tells a case's status: it is taken as resolved where “${rule.column}” is filled, else as open.`,
  ];
}

function aboutId({ column, rounded, samples }: ColumnExamination): string[] {
  if (rounded === 0) return [];
  const example = samples.find((text) => /E\+/i.test(text)) ?? "1.23E+11";
  return [
    `${count(rounded)} of the ids in “${column}” were shortened by a spreadsheet (${example}): different cases may have ` +
      "the same id. Export the file again without opening it in a spreadsheet.",
  ];
}

const firsts = { dmy: "the day first", mdy: "the month first", ymd: "the year first" };

function aboutTimes(reading: TimeReading, look: ColumnExamination): string[] {
  const { column, filled, anyTime, withClock, midnights } = look;
  if (filled > 0 && anyTime === 0)
    return [
      `No cell of “${column}” is read as a date, such as “${look.samples[0] ?? ""}”: those rows are rejected.`,
    ];
  const warnings: string[] = [];
  const other = anyTime - look.times[reading.order];
  if (other > 0 && (reading.order === "dmy" || reading.order === "mdy")) {
    const open = look.eitherWay > 0 ? " Those that could be read either way may be wrong too." : "";
    warnings.push(
      `${count(other)} of ${count(anyTime)} dates in “${column}” cannot be read with ${firsts[reading.order]}, as the others are: ` +
        `those rows are rejected.${open}`,
    );
  }
  if (reading.midnight === "day" && midnights > 0)
    warnings.push(
      midnights === withClock
        ? `All times in “${column}” are exactly midnight: they are taken as days without a time.`
        : `${count(midnights)} of ${count(withClock)} times in “${column}” are exactly midnight: those are taken as days without a time.`,
    );
  return warnings;
}

function count(number: number): string {
  return number.toLocaleString("en-GB");
}
