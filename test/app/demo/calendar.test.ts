import { describe, expect, test } from "vitest";
import { simulationCalendar } from "#app/demo/calendar.ts";

const calendar = simulationCalendar("2026-11-22", "Europe/Berlin", 24);
const iso = (instant: number) => new Date(instant).toISOString();
const dayNamed = (date: string) =>
  Array.from({ length: calendar.dayCount }, (_, day) => day).find((day) => calendar.dateOf(day) === date) ??
  -1;
const nextOpen = (moment: string) => iso(calendar.nextOpen(Date.parse(moment), 60_000));

describe("simulationCalendar", () => {
  test("covers the complete local months before its clock, half-open", () => {
    expect(iso(calendar.start)).toBe("2024-10-31T23:00:00.000Z");
    expect(iso(calendar.end)).toBe("2026-10-31T23:00:00.000Z");
    expect(calendar.dayCount).toBe(730);
    expect([calendar.dateOf(0), calendar.dateOf(729), calendar.dateOf(-1)]).toEqual([
      "2024-11-01",
      "2026-10-31",
      "2024-10-31",
    ]);
    expect([calendar.monthOf(0), calendar.weekdayOf(0)]).toEqual([11, 5]);
    expect(calendar.dateOf(calendar.monthsBeforeEnd(9))).toBe("2026-02-01");
  });

  test("counts 731 days where a leap day lies inside", () => {
    expect(simulationCalendar("2025-02-10", "Europe/Berlin", 24).dayCount).toBe(731);
  });

  test("reads the wall clock before and after both changes of a year", () => {
    const spring = dayNamed("2026-03-29");
    expect(iso(calendar.instantAt(spring, 60))).toBe("2026-03-29T00:00:00.000Z");
    expect(iso(calendar.instantAt(spring, 9 * 60))).toBe("2026-03-29T07:00:00.000Z");
    const autumn = dayNamed("2025-10-26");
    expect(iso(calendar.instantAt(autumn, 60))).toBe("2025-10-25T23:00:00.000Z");
    expect(iso(calendar.instantAt(autumn, 9 * 60))).toBe("2025-10-26T08:00:00.000Z");
    expect(iso(calendar.instantAt(autumn + 1, 0))).toBe("2025-10-26T23:00:00.000Z");
  });

  test("finds the local day of an instant, on both sides of midnight", () => {
    const day = dayNamed("2026-07-01");
    expect(calendar.dayAt(Date.parse("2026-06-30T21:59:59.999Z"))).toBe(day - 1);
    expect(calendar.dayAt(Date.parse("2026-06-30T22:00:00.000Z"))).toBe(day);
  });

  test("waits for the next opening: same morning, next day, over a Sunday", () => {
    expect(nextOpen("2026-07-01T10:00:00.000Z")).toBe("2026-07-01T10:00:00.000Z");
    expect(nextOpen("2026-07-01T03:00:00.000Z")).toBe("2026-07-01T06:01:00.000Z");
    expect(nextOpen("2026-07-01T18:00:00.000Z")).toBe("2026-07-02T06:01:00.000Z");
    expect(nextOpen("2026-07-04T19:00:00.000Z")).toBe("2026-07-06T06:01:00.000Z");
    expect(nextOpen("2026-07-05T10:00:00.000Z")).toBe("2026-07-06T06:01:00.000Z");
  });
});
