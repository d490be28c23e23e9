import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** Rows of a table in test/reference, which an outside program wrote; "Infinity" is written as a string there. */
export function referenceTable<Row>(name: string, table: string): Row[] {
  const file = new URL(`../reference/${name}.json`, import.meta.url);
  const tables = JSON.parse(readFileSync(file, "utf8"), (_, value: unknown) =>
    value === "Infinity" ? Infinity : value === "-Infinity" ? -Infinity : value,
  ) as Record<string, Row[] | undefined>;
  const rows = tables[table];
  if (rows === undefined) throw new Error(`${name}.json has no table ${table}`);
  return rows;
}

/** Expects a number to be the reference's, but for a relative error; 0 and infinity must be met exactly. */
export function expectNear(actual: number | null | undefined, expected: number, relative = 1e-9): void {
  if (actual === expected) return;
  const error = Math.abs((actual ?? Number.NaN) - expected) / Math.abs(expected);
  expect(error, `got ${actual}, the reference has ${expected}`).toBeLessThanOrEqual(relative);
}
