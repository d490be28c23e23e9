import type { Facts } from "#analytics/facts/facts.ts";

/** Columns, wherever their ids are. */
export type ColumnArrays = Omit<Facts, "caseIds">;

/** How much memory the columns take: each array once, whoever shares it. */
export function columnBytes({ codes, attributes, ...facts }: ColumnArrays): number {
  const ofAttributes = Array.from(attributes.values(), (attribute) => attribute.codes);
  const columns = [...Object.values(facts), ...Object.values(codes), ...ofAttributes];
  const memory = new Set(columns.flatMap((column) => (ArrayBuffer.isView(column) ? [column.buffer] : [])));
  return Array.from(memory, ({ byteLength }) => byteLength).reduce((sum, bytes) => sum + bytes, 0);
}
