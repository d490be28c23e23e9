import { expect, it } from "vitest";
import { exposedUntil, exposedWeeksBefore } from "#analytics/second-fix/weekly-exposure.ts";

/** Ten orders a day on all days of [start, end) but those named. */
function orders(start: number, end: number, ...missing: number[]): Map<number, number> {
  const days = Array.from({ length: end - start }, (_, i) => start + i);
  return new Map(days.filter((day) => !missing.includes(day)).map((day) => [day, 10]));
}

it("the weeks before a fix are known back to the first gap, and no further than the period", () => {
  expect(exposedWeeksBefore(orders(0, 200), { start: 50, end: 100 })).toEqual({ start: 51, end: 100 });
  expect(exposedWeeksBefore(orders(0, 200, 80), { start: 0, end: 100 })).toEqual({ start: 86, end: 100 });
  expect(exposedWeeksBefore(orders(0, 200, 99), { start: 0, end: 100 })).toEqual({ start: 100, end: 100 });
});

it("a week without an order is no week to compare with", () => {
  const closed = new Map(
    [...orders(0, 200)].map(([day, value]): [number, number] => [day, day < 86 ? 0 : value]),
  );
  expect(exposedWeeksBefore(closed, { start: 0, end: 100 })).toEqual({ start: 86, end: 100 });
});

it("the weeks since a fix are known until the first gap, else to the end of the data", () => {
  expect(exposedUntil(orders(0, 200), { start: 100, end: 150 })).toBe(150);
  expect(exposedUntil(orders(0, 200, 120), { start: 100, end: 150 })).toBe(114);
  expect(exposedUntil(orders(0, 200, 101), { start: 100, end: 150 })).toBe(100);
  expect(exposedUntil(orders(0, 150, 149), { start: 100, end: 150 })).toBe(150); // a part of a week is compared with nothing
  expect(exposedUntil(orders(0, 200), { start: 100, end: 90 })).toBe(90); // the fix lies after the data
});
