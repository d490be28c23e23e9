import type { Mapping } from "#db/imports/map/mapping.ts";
import { mappableColumns } from "./mapping-to-form.ts";

/** A mapping that was made for another file, as far as this file has its columns; and those that it lacks. */
export function fitMapping(
  mapping: Mapping,
  columns: readonly string[],
): { mapping: Mapping; missing: string[] } {
  const { events } = mapping;
  const fits = events === null || columns.includes(events.key);
  const kept = fits ? events : null;
  const known = new Set(mappableColumns(columns, kept));
  const orNone = (column: string | null) => (column !== null && known.has(column) ? column : null);
  const missing = new Set(
    mapping.rules.flatMap((rule) => ("column" in rule && !known.has(rule.column) ? [rule.column] : [])),
  );
  return {
    mapping: {
      ...mapping,
      rules: mapping.rules.filter((rule) => !("column" in rule && missing.has(rule.column))),
      dropped: mapping.dropped.filter((column) => known.has(column)),
      events: kept && {
        ...kept,
        time: orNone(kept.time),
        assignee: orNone(kept.assignee),
        status: orNone(kept.status),
      },
    },
    missing: [...missing],
  };
}
