import { foldedColumns } from "../read/fold-events.ts";
import type { RowContext } from "./compile-rule.ts";
import type { FieldRule, Mapping } from "./mapping.ts";
import { attributePrefix } from "./presets/fixtwice.ts";

interface AttributeColumn {
  name: string;
  index: number;
}

/** The attributes of a row: every column that no rule takes whole, where it says something. */
export function compileAttributes(
  mapping: Mapping,
  columns: readonly string[],
  context: RowContext,
): (cells: readonly string[]) => Record<string, string> {
  const kept = attributeColumns(mapping, columns);
  return (cells) => {
    const attributes: Record<string, string> = {};
    for (const { name, index } of kept) {
      const text = context.textAt(cells, index);
      if (text === null) continue;
      if (name === "__proto__") ownProperty(attributes, name, text);
      else attributes[name] = text;
    }
    return attributes;
  };
}

function attributeColumns(mapping: Mapping, columns: readonly string[]): AttributeColumn[] {
  if (mapping.dialect === "fixtwice")
    return columns.flatMap((column, index) =>
      column.startsWith(attributePrefix) ? [{ name: column.slice(attributePrefix.length), index }] : [],
    );
  const taken = new Set<string>([...mapping.dropped, ...foldedColumns]);
  for (const rule of mapping.rules) if ("column" in rule && takesWhole(rule)) taken.add(rule.column);
  return columns.flatMap((column, index) => (taken.has(column) ? [] : [{ name: column, index }]));
}

function takesWhole(rule: FieldRule): boolean {
  return "column" in rule && rule.kept !== true && rule.as !== "presence";
}

/** Writing to `__proto__` would set what the object inherits from, and lose the cell. */
function ownProperty(attributes: Record<string, string>, name: string, value: string): void {
  Object.defineProperty(attributes, name, { value, enumerable: true, writable: true, configurable: true });
}
