import { describe, expect, it } from "vitest";
import {
  floorMonth,
  formatDay,
  formatQuarter,
  monthsBefore,
  monthsOf,
  parseDay,
  parseMonth,
  parseQuarter,
  parseYear,
  quarterOf,
  shiftMonths,
} from "#analytics/period.ts";
import { dayOf } from "#test/support/facts.ts";

describe("a day", () => {
  it("goes to text and back", () => {
    for (const text of ["1970-01-01", "2024-02-29", "2026-11-22", "1969-12-31"])
      expect(formatDay(dayOf(text))).toBe(text);
  });

  it("is refused when it does not exist", () => {
    for (const text of ["2026-02-30", "2025-02-29", "2026-13-01", "2026-1-1", "yesterday", ""])
      expect(parseDay(text)).toBeNull();
  });
});

describe("a month", () => {
  it("is floored and shifted over year ends and leap days", () => {
    expect(formatDay(floorMonth(dayOf("2024-02-29")))).toBe("2024-02-01");
    expect(formatDay(shiftMonths(dayOf("2024-01-31"), 1))).toBe("2024-02-01");
    expect(formatDay(shiftMonths(dayOf("2026-01-15"), -1))).toBe("2025-12-01");
  });

  it("lists whole months that touch a period, also those it cuts", () => {
    const months = monthsOf({ start: dayOf("2025-12-15"), end: dayOf("2026-02-01") });
    expect(months.map((month) => formatDay(month.start))).toEqual(["2025-12-01", "2026-01-01"]);
  });
});

describe("a fiscal quarter", () => {
  it("holds each day of its three months, for each of the twelve fiscal years", () => {
    for (let fiscalStart = 1; fiscalStart <= 12; fiscalStart++)
      for (let day = dayOf("2023-12-31"); day < dayOf("2025-01-02"); day++) {
        const quarter = quarterOf(day, fiscalStart);
        expect(day >= quarter.start && day < quarter.end).toBe(true);
        expect(parseQuarter(formatQuarter(quarter, fiscalStart), fiscalStart)).toEqual(quarter);
      }
  });

  it("is named for the year in which its fiscal year ends", () => {
    const quarter = quarterOf(dayOf("2026-04-01"), 4);
    expect(formatQuarter(quarter, 4)).toBe("2027-Q1");
    expect(formatQuarter(quarter, 1)).toBe("2026-Q2");
  });

  it("tiles the fiscal year: the sum of the parts is the whole", () => {
    for (let fiscalStart = 1; fiscalStart <= 12; fiscalStart++) {
      const year = parseYear("2026", fiscalStart);
      const quarters = [1, 2, 3, 4].map((n) => parseQuarter(`2026-Q${n}`, fiscalStart));
      expect(quarters[0]?.start).toBe(year?.start);
      expect(quarters[3]?.end).toBe(year?.end);
      for (const i of [0, 1, 2]) expect(quarters[i]?.end).toBe(quarters[i + 1]?.start);
    }
  });

  it("is refused when the text is none", () => {
    for (const text of ["2026-Q5", "2026Q1", "Q1", "26-Q1"]) expect(parseQuarter(text, 1)).toBeNull();
    expect(parseMonth("2026-13")).toBeNull();
  });
});

it("the same months a year earlier keep their length in months, also over a leap day", () => {
  const before = monthsBefore({ start: dayOf("2025-01-01"), end: dayOf("2025-04-01") }, 12);
  expect([before.start, before.end].map(formatDay)).toEqual(["2024-01-01", "2024-04-01"]);
});
