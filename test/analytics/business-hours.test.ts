import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { businessHours, type Shift } from "#analytics/business-hours.ts";
import { type Day, formatDay, type Period } from "#analytics/period.ts";
import { dayOf } from "#test/support/facts.ts";
import { referenceTable } from "#test/support/reference.ts";

interface Row {
  zone: string;
  week: string;
  from: string;
  to: string;
  hours: number;
}

const span: Period = { start: dayOf("2025-08-01"), end: dayOf("2026-12-01") };
const holidays = referenceTable<{ day: string }>("business-hours", "holidays").map(({ day }) => dayOf(day));
const weeks = new Map(
  referenceTable<{ name: string; week: [number, number][][] }>("business-hours", "weeks").map(
    ({ name, week }) => [name, week.map((day) => day.map(([opens, closes]) => ({ opens, closes })))],
  ),
);
const office = weekOf("office");

describe("business hours", () => {
  // test/reference/business-hours.py: each quarter of an hour of UTC, turned into local time by Python's zoneinfo
  it("are those that Python's zoneinfo counts, in six zones and over both clock changes", () => {
    const rows = referenceTable<Row>("business-hours", "hours");
    for (const [key, ofKey] of Map.groupBy(rows, ({ zone, week }) => `${zone} ${week}`)) {
      const [zone = "", week = ""] = key.split(" ");
      const hours = businessHours({ week: weekOf(week), holidays, instantOf: clockOf(zone) }, span);
      for (const row of ofKey)
        expect(hours(Date.parse(row.from), Date.parse(row.to)), JSON.stringify(row)).toBe(row.hours);
    }
    expect(rows.length).toBeGreaterThan(300);
  });

  it("of a night shift are seven where the clock goes back, and five where it goes forward", () => {
    const week = office.map(() => [{ opens: 0, closes: 360 }]);
    const hours = businessHours({ week, holidays: [], instantOf: clockOf("Europe/Berlin") }, span);
    const ofNight = (day: string) => hours(at(`${day}T00:00+00:00`) - 7_200_000, at(`${day}T12:00+00:00`));
    expect(["2025-10-25", "2025-10-26", "2026-03-28", "2026-03-29"].map(ofNight)).toEqual([6, 7, 6, 5]);
  });

  it("leave a shift out that lies in the hour that the clock leaves out", () => {
    const week = office.map(() => [{ opens: 120, closes: 180 }]);
    const hours = businessHours({ week, holidays: [], instantOf: clockOf("Europe/Berlin") }, span);
    expect(hours(at("2026-03-28T12:00+00:00"), at("2026-03-29T12:00+00:00"))).toBe(0);
  });

  it("count no hour twice where a shift is moved forward onto another", () => {
    const week = office.map(() => [
      { opens: 120, closes: 150 },
      { opens: 180, closes: 240 },
    ]);
    const hours = businessHours({ week, holidays: [], instantOf: clockOf("Europe/Berlin") }, span);
    expect(hours(at("2026-03-28T12:00+00:00"), at("2026-03-29T12:00+00:00"))).toBe(1);
  });

  it("are none on a holiday, at a weekend, and between an instant and itself", () => {
    const hours = berlin();
    expect(hours(at("2025-12-25T00:00+01:00"), at("2025-12-29T00:00+01:00"))).toBe(0);
    expect(hours(at("2025-12-01T12:00+01:00"), at("2025-12-01T12:00+01:00"))).toBe(0);
  });

  it("are unknown, not none, where an instant is unknown or the end comes first", () => {
    const hours = berlin();
    const noon = at("2025-12-01T12:00+01:00");
    expect([hours(null, noon), hours(noon, null), hours(noon, noon - 1)]).toEqual([null, null, null]);
  });

  it("add up where a time is cut in two, are never negative, and a whole week later are the same", () => {
    const hours = businessHours({ week: office, holidays: [], instantOf: clockOf("UTC") }, span);
    const instant = fc.integer({ min: span.start * 86_400_000, max: (span.end - 7) * 86_400_000 });
    fc.assert(
      fc.property(fc.tuple(instant, instant, instant), (instants) => {
        const [a, b, c] = instants.toSorted((x, y) => x - y) as [number, number, number]; // three stay three
        const whole = hours(a, c) ?? Number.NaN;
        expect((hours(a, b) ?? Number.NaN) + (hours(b, c) ?? Number.NaN)).toBeCloseTo(whole, 8);
        expect(whole).toBeGreaterThanOrEqual(0);
        expect(whole).toBeLessThanOrEqual((c - a) / 3_600_000 + 1e-9);
        expect(hours(a + 7 * 86_400_000, c + 7 * 86_400_000)).toBeCloseTo(whole, 8);
      }),
    );
  });

  it("refuse an instant outside the span, and a week that is none", () => {
    expect(() => berlin()(at("2025-07-01T00:00+00:00"), at("2025-12-01T00:00+00:00"))).toThrow("of the span");
    expect(() => weekly([[{ opens: 0, closes: 60 }]])).toThrow("expected seven days, got 1");
    expect(() => weekly(office.map(() => [{ opens: 600, closes: 540 }]))).toThrow("got 600 to 540");
    expect(() =>
      weekly(
        office.map(() => [
          { opens: 0, closes: 60 },
          { opens: 30, closes: 90 },
        ]),
      ),
    ).toThrow("got 30");
  });
});

function weekOf(name: string): Shift[][] {
  const week = weeks.get(name);
  if (week === undefined) throw new Error(`no week ${name} in the reference`);
  return week;
}

function weekly(week: Shift[][]) {
  return businessHours({ week, holidays: [], instantOf: clockOf("UTC") }, span);
}

function berlin() {
  return businessHours({ week: office, holidays, instantOf: clockOf("Europe/Berlin") }, span);
}

function at(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}

function clockOf(zone: string): (day: Day, minute: number) => number {
  return (day, minute) =>
    Temporal.PlainDate.from(formatDay(day))
      .toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 })
      .toZonedDateTime(zone).epochMilliseconds;
}
