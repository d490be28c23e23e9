import type { Facts } from "#analytics/facts/facts.ts";

/** How much memory the columns take: each array once, whoever shares it. */
export function columnBytes({ codes, attributes, ...facts }: Facts): number {
  const ofAttributes = Array.from(attributes.values(), (attribute) => attribute.codes);
  const columns = [...Object.values(facts), ...Object.values(codes), ...ofAttributes];
  const memory = new Set(columns.flatMap((column) => (ArrayBuffer.isView(column) ? [column.buffer] : [])));
  return Array.from(memory, ({ byteLength }) => byteLength).reduce((sum, bytes) => sum + bytes, 0);
}
