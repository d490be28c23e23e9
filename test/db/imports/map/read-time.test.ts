import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DateOrder, TimeReading } from "#db/imports/map/mapping.ts";
import { parseTime, readTime } from "#db/imports/map/read-time.ts";
import { ZonedTimes } from "#db/imports/map/zoned-times.ts";

function read(
  text: string,
  order: DateOrder,
  { zone = "UTC", midnight = "instant" }: { zone?: string; midnight?: TimeReading["midnight"] } = {},
) {
  return readTime(text, { as: "time", order, midnight, timeZone: null }, new ZonedTimes(zone));
}

test.each<[DateOrder, string, string | null]>([
  ["ymd", "2026-03-29", "2026-03-29"],
  ["ymd", "2026/3/9", "2026-03-09"],
  ["ymd", "2026.03.29", "2026-03-29"],
  ["ymd", "20260329", "2026-03-29"],
  ["ymd", "20260329T175131Z", "2026-03-29T17:51:31.000Z"],
  ["ymd", "2026-03-29T17:51:31Z", "2026-03-29T17:51:31.000Z"],
  ["ymd", "2026-03-29T17:51:31.123456Z", "2026-03-29T17:51:31.123Z"],
  ["ymd", "2026-03-29 17:51", "2026-03-29T17:51:00.000Z"],
  ["ymd", "2026-03-29 17:51:31,5", "2026-03-29T17:51:31.500Z"],
  ["ymd", "2026-03-29 17:51:31 UTC", "2026-03-29T17:51:31.000Z"],
  ["ymd", "2026-03-29 17:51:31 +0200", "2026-03-29T15:51:31.000Z"],
  ["ymd", "2026-03-29T17:51:31-05:30", "2026-03-29T23:21:31.000Z"],
  ["ymd", "2026-03-29T17:51:31+02", "2026-03-29T15:51:31.000Z"],
  ["ymd", "2026-03-29T23:30:00-05:00", "2026-03-30T04:30:00.000Z"],
  ["ymd", "2026-Mar-29", "2026-03-29"],
  ["dmy", "29/03/2026", "2026-03-29"],
  ["dmy", "29.3.26", "2026-03-29"],
  ["dmy", "29-03-2026 17:51", "2026-03-29T17:51:00.000Z"],
  ["dmy", "29.03.2026, 17:51:31", "2026-03-29T17:51:31.000Z"],
  ["dmy", "29-Mar-26", "2026-03-29"],
  ["dmy", "29 March 2026", "2026-03-29"],
  ["dmy", "11/May/24 03:26 PM", "2024-05-11T15:26:00.000Z"],
  ["dmy", "Thu, 29 Jan 2026 17:51:31 +0000", "2026-01-29T17:51:31.000Z"],
  ["dmy", "2026-03-29 17:51", "2026-03-29T17:51:00.000Z"],
  ["mdy", "3/29/2026", "2026-03-29"],
  ["mdy", "12/26/2013 12:59:08 AM", "2013-12-26T00:59:08.000Z"],
  ["mdy", "12/26/2013 12:59:08 PM", "2013-12-26T12:59:08.000Z"],
  ["mdy", "6/21/2025 16:14", "2025-06-21T16:14:00.000Z"],
  ["mdy", "Mar 29, 2026 5:51\u202FPM", "2026-03-29T17:51:00.000Z"],
  ["mdy", "Thursday, January 29th, 2026", "2026-01-29"],
  ["mdy", "3/29/69", "2069-03-29"],
  ["mdy", "3/29/70", "1970-03-29"],
  ["unix_seconds", "1774806691", "2026-03-29T17:51:31.000Z"],
  ["unix_seconds", "1774806691.5", "2026-03-29T17:51:31.500Z"],
  ["unix_milliseconds", "1774806691123", "2026-03-29T17:51:31.123Z"],
  ["excel_serial", "46110", "2026-03-29"],
  ["excel_serial", "46110.5", "2026-03-29T12:00:00.000Z"],
  ["excel_serial", "46110,75", "2026-03-29T18:00:00.000Z"],
  ["excel_serial", "46110.744108796", "2026-03-29T17:51:31.000Z"],
  ["excel_serial", "46110.9999999", "2026-03-30T00:00:00.000Z"],
  ["ymd", "soon", null],
  ["ymd", "", null],
  ["ymd", "2026-02-29", null],
  ["ymd", "2026-13-01", null],
  ["ymd", "2026-04-31", null],
  ["ymd", "1900-02-29", null],
  ["ymd", "2026-03-29 24:00", null],
  ["ymd", "2026-03-29 17:60", null],
  ["ymd", "2026-03-29 13:00 PM", null],
  ["ymd", "2026-03-29Z", null],
  ["ymd", "29/03/2026", null],
  ["ymd", "17:51", null],
  ["dmy", "03/29/2026", null],
  ["dmy", "29 Marble 2026", null],
  ["dmy", "10.1.2.3", null],
  ["mdy", "29/03/2026", null],
  ["mdy", "555-12-3456", null],
  ["unix_seconds", "12345", null],
  ["unix_milliseconds", "9999999999999", null],
  ["excel_serial", "60", null],
  ["excel_serial", "11217", null],
])("in the order %s, “%s” is %s", (order, text, moment) => {
  expect(read(text, order)).toBe(moment);
});

test.each([
  ["01/02/2026", "2026-02-01", "2026-01-02"],
  ["1/2/26", "2026-02-01", "2026-01-02"],
  ["3.4.2026", "2026-04-03", "2026-03-04"],
  ["05-06-2026", "2026-06-05", "2026-05-06"],
  ["7/8/2026 09:10", "2026-08-07T09:10:00.000Z", "2026-07-08T09:10:00.000Z"],
  ["09/10/2026 11:12 PM", "2026-10-09T23:12:00.000Z", "2026-09-10T23:12:00.000Z"],
  ["11/12/2026 01:02:03", "2026-12-11T01:02:03.000Z", "2026-11-12T01:02:03.000Z"],
  ["12.11.26, 10:09", "2026-11-12T10:09:00.000Z", "2026-12-11T10:09:00.000Z"],
  ["10/9/2026 08:07 +0100", "2026-09-10T07:07:00.000Z", "2026-10-09T07:07:00.000Z"],
  ["08/07/2026 00:00", "2026-07-08T00:00:00.000Z", "2026-08-07T00:00:00.000Z"],
  ["6 5 2026", "2026-05-06", "2026-06-05"],
  ["04/03/2026 02:01Z", "2026-03-04T02:01:00.000Z", "2026-04-03T02:01:00.000Z"],
])("“%s” is %s with the day first, and %s with the month first", (text, dayFirst, monthFirst) => {
  expect([read(text, "dmy"), read(text, "mdy")]).toEqual([dayFirst, monthFirst]);
});

describe("a time without an offset", () => {
  test.each([
    ["Europe/Berlin", "2026-03-29 01:59", "2026-03-29T00:59:00.000Z"],
    ["Europe/Berlin", "2026-03-29 02:00", "2026-03-29T01:00:00.000Z"], // left out: 03:00 summer time
    ["Europe/Berlin", "2026-03-29 02:30", "2026-03-29T01:30:00.000Z"],
    ["Europe/Berlin", "2026-03-29 03:00", "2026-03-29T01:00:00.000Z"],
    ["Europe/Berlin", "2026-10-25 01:59", "2026-10-24T23:59:00.000Z"],
    ["Europe/Berlin", "2026-10-25 02:30", "2026-10-25T00:30:00.000Z"], // comes twice: the first
    ["Europe/Berlin", "2026-10-25 03:00", "2026-10-25T02:00:00.000Z"],
    ["America/New_York", "2026-03-08 01:59", "2026-03-08T06:59:00.000Z"],
    ["America/New_York", "2026-03-08 02:30", "2026-03-08T07:30:00.000Z"],
    ["America/New_York", "2026-03-08 03:00", "2026-03-08T07:00:00.000Z"],
    ["America/New_York", "2026-11-01 00:59", "2026-11-01T04:59:00.000Z"],
    ["America/New_York", "2026-11-01 01:30", "2026-11-01T05:30:00.000Z"],
    ["America/New_York", "2026-11-01 02:00", "2026-11-01T07:00:00.000Z"],
    ["Australia/Lord_Howe", "2026-10-04 02:45", "2026-10-03T15:45:00.000Z"], // its clocks change by half an hour
    ["Asia/Kathmandu", "2026-03-29 12:00", "2026-03-29T06:15:00.000Z"],
  ])("in %s, %s is %s", (zone, text, instant) => {
    expect(read(text, "ymd", { zone })).toBe(instant);
  });

  test("is one of the column's own zone, and with an offset of no zone", () => {
    const berlin = new ZonedTimes("Europe/Berlin");
    const reading = { as: "time", order: "ymd", midnight: "instant", timeZone: "Europe/Berlin" } as const;
    expect(readTime("2026-07-01 12:00", reading, berlin)).toBe("2026-07-01T10:00:00.000Z");
    expect(readTime("2026-07-01 12:00Z", reading, berlin)).toBe("2026-07-01T12:00:00.000Z");
  });

  test("is what the zone's own clock shows", () => {
    const zones = fc.constantFrom(
      "UTC",
      "Europe/Berlin",
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
    );
    const instants = fc.date({
      min: new Date("2000-01-01"),
      max: new Date("2030-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(zones, instants, (timeZone, instant) => {
        const clock = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
        const shown = clock.format(instant);
        const back = read(shown, "ymd", { zone: timeZone });
        expect(clock.format(new Date(back ?? ""))).toBe(shown);
      }),
    );
  });
});

test("a day stays a day in every zone, and midnight becomes one where the source knew no time", () => {
  expect(read("2026-03-29", "ymd", { zone: "Pacific/Kiritimati" })).toBe("2026-03-29");
  expect(read("29/03/2026 00:00:00", "dmy", { zone: "America/New_York", midnight: "day" })).toBe(
    "2026-03-29",
  );
  expect(read("29/03/2026 00:00:01", "dmy", { midnight: "day" })).toBe("2026-03-29T00:00:01.000Z");
});

test("an instant that is written in any order is read back as the same", () => {
  const two = (number: number) => String(number).padStart(2, "0");
  const writers: Record<DateOrder, (at: Date, seconds: string) => string> = {
    ymd: (at, clock) =>
      `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())} ${clock}`,
    dmy: (at, clock) => `${at.getUTCDate()}.${at.getUTCMonth() + 1}.${at.getUTCFullYear()} ${clock}`,
    mdy: (at, clock) =>
      `${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())}/${at.getUTCFullYear()} ${clock}`,
    unix_seconds: (at) => String(at.getTime() / 1000),
    unix_milliseconds: (at) => String(at.getTime()),
    excel_serial: (at) => String(at.getTime() / 86_400_000 + 25_569),
  };
  const seconds = fc.integer({ min: Date.UTC(2001, 9, 1) / 1000, max: Date.UTC(2099, 0, 1) / 1000 });
  const orders = fc.constantFrom<DateOrder>(
    "ymd",
    "dmy",
    "mdy",
    "unix_seconds",
    "unix_milliseconds",
    "excel_serial",
  );
  fc.assert(
    fc.property(orders, seconds, fc.boolean(), (order, second, halves) => {
      const at = new Date(second * 1000);
      const [hour, rest] = [at.getUTCHours(), `${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`];
      const clock = halves ? `${hour % 12 || 12}:${rest} ${hour < 12 ? "AM" : "PM"}` : `${two(hour)}:${rest}`;
      const moment = read(writers[order](at, clock), order);
      // A whole serial number is a day.
      expect(moment?.length === 10 ? `${moment}T00:00:00.000Z` : moment).toBe(at.toISOString());
    }),
  );
});

test("no text makes it fail", () => {
  const anyOrder = fc.constantFrom<DateOrder>(
    "ymd",
    "dmy",
    "mdy",
    "unix_seconds",
    "unix_milliseconds",
    "excel_serial",
  );
  const nearly = fc.stringMatching(/^[\d/.:, TZ+-]{0,30}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string(), nearly), anyOrder, (text, order) => {
      expect(parseTime(text, order)?.day ?? "2026-03-29").toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }),
    { numRuns: 2_000 },
  );
});
