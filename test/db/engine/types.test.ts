import { afterAll, beforeAll, expect, test } from "vitest";
import type { OpenDatabase } from "#db/open-database.ts";
import { openTestDatabase } from "#test/support/database.ts";

let database: OpenDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database?.close());

test.each([
  ["date '2026-01-01'", "2026-01-01"],
  ["timestamp '2026-03-29 02:30:00'", "2026-03-29 02:30:00"],
  ["timestamptz '2026-11-22 02:16:34+01'", "2026-11-22T01:16:34.000Z"],
  ["timestamptz '2026-11-22 01:16:34.5Z'", "2026-11-22T01:16:34.500Z"],
  ["timestamptz '2026-11-22 01:16:34.123999Z'", "2026-11-22T01:16:34.123Z"],
  ["timestamptz 'infinity'", "infinity"],
  ["9007199254740991::int8", 9007199254740991],
  ["count(*)", 1],
  ["1.10::numeric(10,2)", "1.10"],
  ["'{\"a\": [1, null]}'::jsonb", { a: [1, null] }],
  ["array['a', null, 'b,\"c']", ["a", null, 'b,"c']],
  ["array[date '2026-01-01', null]", ["2026-01-01", null]],
  ["array[1, null]::int8[]", [1, null]],
  [
    "array[[1, 2], [3, 4]]::int8[]",
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ["array[timestamptz '2026-11-22 01:16:34Z']", ["2026-11-22T01:16:34.000Z"]],
  ["array[1.10]::numeric[]", ["1.10"]],
  ["1.5::float8", 1.5],
  ["true", true],
  ["null::date", null],
])("%s becomes %j", async (expression, expected) => {
  const { rows } = await database.pool.query(`select ${expression} as value`);
  expect(rows).toEqual([{ value: expected }]);
});

test("an int8 that a number cannot hold is refused rather than rounded", async () => {
  await expect(database.pool.query("select 9007199254740993::int8")).rejects.toThrow(
    /9007199254740993 .*too large/,
  );
});

test("a cursor reads the same types", async () => {
  const days = database.db
    .selectNoFrom((eb) => [eb.cast<string>(eb.val("2026-01-01"), "date").as("day")])
    .stream(10);
  for await (const row of days) expect(row).toEqual({ day: "2026-01-01" });
});

test("every session speaks UTC", async () => {
  const { rows } = await database.pool.query("select current_setting('timezone') as zone");
  expect(rows).toEqual([{ zone: "UTC" }]);
});
