import { readSync } from "node:fs";
import { expect, it } from "vitest";
import { uuidOf } from "#analytics/facts/assemble-facts.ts";
import { openCaseIds, writeCaseIds } from "#app/server/segments/write-case-ids.ts";

it("gives the ids of parts one behind the other, in any order, and to whoever has the file's number", () => {
  const bytes = Buffer.from(Array.from({ length: 16 * 700 }, (_, i) => (i * 31) % 251));
  const cuts = [0, 16 * 3, 16 * 3, 16 * 699, 16 * 700];
  const parts = cuts.slice(1).map((end, i) => ({ caseId: bytes.subarray(cuts[i], end) }));
  const ids = openCaseIds();
  writeCaseIds(ids.place, parts);
  const idOf = (row: number) => uuidOf(bytes.subarray(16 * row, 16 * row + 16));
  for (const row of [0, 699, 255, 256, 3, 2, 698, 511, 512]) expect(ids.at(row)).toBe(idOf(row));
  const one = Buffer.alloc(16);
  readSync(ids.place, one, 0, 16, 16 * 256);
  expect(uuidOf(one)).toBe(idOf(256));
});
