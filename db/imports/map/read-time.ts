import type { Moment } from "#analytics/case.ts";
import type { DateOrder, TimeReading } from "./mapping.ts";
import { isDate } from "./moment.ts";
import type { ZonedTimes } from "./zoned-times.ts";

/** What a time may look like, for the sentences that refuse one. */
export const expectedTimes: Readonly<Record<DateOrder, string>> = {
  ymd: "a date such as 2026-03-29, 2026/3/29 or 2026-03-29T17:51:31Z",
  dmy: "a date with the day first, such as 29/03/2026 or 29 Mar 2026 17:51",
  mdy: "a date with the month first, such as 03/29/2026 or Mar 29, 2026 5:51 PM",
  unix_seconds: "seconds since 1970, such as 1774806691",
  unix_milliseconds: "milliseconds since 1970, such as 1774806691000",
  excel_serial: "days since 1900 as a spreadsheet counts them, such as 46110 or 46110.74",
};

/** A date as it was written, with a time of day where there was one. */
export interface WrittenTime {
  /** `YYYY-MM-DD`, a day that exists. */
  day: string;
  /** Milliseconds since its midnight; `null`: the day only. */
  time: number | null;
  /** Minutes east of UTC; `null`: not told. */
  offset: number | null;
}

/** The moment that a text stands for, as a record holds it; `null`: it is no time of this reading. */
export function readTime(text: string, reading: TimeReading, local: ZonedTimes): Moment | null {
  const written = parseTime(text, reading.order);
  if (written === null) return null;
  const { day, time, offset } = written;
  if (time === null || (time === 0 && reading.midnight === "day")) return day;
  if (offset === null) return local.instantOf(day, time);
  return new Date(Date.parse(`${day}T00:00:00Z`) + time - offset * 60_000).toISOString();
}

/**
 * A time in one of the orders, or `null` where the text is none. A year of four digits in front, and a month by its
 * English name, are understood in every order that has days and months.
 */
export function parseTime(text: string, order: DateOrder): WrittenTime | null {
  switch (order) {
    case "unix_seconds":
      return /^\d{9,10}(?:\.\d+)?$/.test(text) ? fromEpoch(Number(text) * 1000) : null;
    case "unix_milliseconds":
      return /^\d{12,13}$/.test(text) ? fromEpoch(Number(text)) : null;
    case "excel_serial":
      return /^\d{5}(?:[.,]\d+)?$/.test(text) ? fromSerial(Number(text.replace(",", "."))) : null;
    default:
      return parseDate(text, order);
  }
}

const clock = String.raw`(?:[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AP]\.?M\.?)?)?`;
const zone = String.raw`\s*(Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{2}:?(?:\d{2})?)?`;
const weekday = String.raw`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+)?`;
/** 2026-03-29, 29.3.2026, 29-Mar-26, 3/29/2026. */
const numbersForm = new RegExp(
  `^${weekday}(\\d{1,4})[-/.\\s](\\d{1,2}|[A-Z]{3,9})\\.?[-/.,\\s]+(\\d{1,4})${clock}${zone}$`,
  "i",
);
/** March 29, 2026. */
const nameForm = new RegExp(
  `^${weekday}([A-Z]{3,9})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${clock}${zone}$`,
  "i",
);
/** 20260329T175131Z, ISO 8601 without its signs. */
const basicForm = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?(?:\d{2})?)?)?$/;

function parseDate(text: string, order: "ymd" | "dmy" | "mdy"): WrittenTime | null {
  const numbers = numbersForm.exec(text);
  if (numbers !== null) {
    const [, a = "", b = "", c = "", ...rest] = numbers;
    return withClock(dayOf([a, b, c], order), rest);
  }
  const named = nameForm.exec(text);
  if (named !== null) {
    const [, month = "", day = "", year = "", ...rest] = named;
    return withClock(isoDay(year, monthOf(month), day), rest);
  }
  const basic = order === "ymd" ? basicForm.exec(text) : null;
  if (basic === null) return null;
  const [, year = "", month = "", day = "", hour, minute, second, offset] = basic;
  return withClock(isoDay(year, Number(month), day), [hour, minute, second, undefined, undefined, offset]);
}

function dayOf([a = "", b = "", c = ""]: readonly string[], order: "ymd" | "dmy" | "mdy"): string | null {
  const name = monthOf(b);
  if (a.length === 4) return isoDay(a, name ?? Number(b), c);
  if (a.length > 2 || c.length === 3 || c.length === 1) return null;
  if (name !== null) return isoDay(c, name, a);
  if (order === "ymd") return null;
  return order === "dmy" ? isoDay(c, Number(b), a) : isoDay(c, Number(a), b);
}

const monthNames =
  "january february march april may june july august september october november december".split(" ");

/** 1 to 12 of an English name or its beginning; `null`: it is none. */
function monthOf(text: string): number | null {
  if (text.length < 3) return null;
  const name = text.toLowerCase();
  const month = monthNames.findIndex((full) => full.startsWith(name));
  return month === -1 ? null : month + 1;
}

/** Two digits of a year are those of 2000 to 2069 or 1970 to 1999. */
function isoDay(year: string, month: number | null, day: string): string | null {
  if (month === null || day.length > 2) return null;
  const full = year.length === 2 ? (Number(year) < 70 ? `20${year}` : `19${year}`) : year;
  if (!isDate(Number(full), month, Number(day))) return null;
  return `${full}-${month < 10 ? "0" : ""}${month}-${day.length < 2 ? "0" : ""}${day}`;
}

function withClock(day: string | null, parts: readonly (string | undefined)[]): WrittenTime | null {
  if (day === null) return null;
  const [hour, minute, second = "0", fraction = "", half, zoneText] = parts;
  if (hour === undefined || minute === undefined)
    return zoneText === undefined ? { day, time: null, offset: null } : null;
  const hours = hourOf(Number(hour), half);
  if (hours === null || Number(minute) > 59 || Number(second) > 59) return null;
  const milliseconds = fraction === "" ? 0 : Number(fraction.padEnd(3, "0").slice(0, 3));
  const time = ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000 + milliseconds;
  return { day, time, offset: offsetOf(zoneText) };
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour > 23 ? null : hour;
  if (hour > 12) return null;
  return (hour % 12) + (half.toLowerCase().startsWith("p") ? 12 : 0); // 00:15 AM is 12:15 AM
}

function offsetOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const match = /([+-])(\d{2}):?(\d{2})?$/.exec(text);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === "-" ? -minutes : minutes;
}

const dayMilliseconds = 86_400_000;
/** From 2000 to 2099: other numbers of as many digits are ids. */
const [firstEpoch, lastEpoch] = [Date.UTC(2000, 0, 1), Date.UTC(2100, 0, 1)];

function fromEpoch(milliseconds: number): WrittenTime | null {
  if (milliseconds < firstEpoch || milliseconds >= lastEpoch) return null;
  const iso = new Date(milliseconds).toISOString();
  return { day: iso.slice(0, 10), time: Math.floor(milliseconds % dayMilliseconds), offset: 0 };
}

/**
 * Serial 1 is 1 January 1900, and serial 60 a 29 February 1900 that never was: five digits are behind it, where
 * counting from 30 December 1899 is right. A fraction is the time, to the second.
 */
function fromSerial(serial: number): WrittenTime | null {
  const whole = Math.floor(serial);
  const seconds = Math.round((serial - whole) * 86_400);
  const date = new Date(Date.UTC(1899, 11, 30) + whole * dayMilliseconds + seconds * 1000);
  if (date.getTime() < Date.UTC(1970, 0, 1) || date.getTime() >= lastEpoch) return null;
  const isDay = Number.isInteger(serial);
  return {
    day: date.toISOString().slice(0, 10),
    time: isDay ? null : (seconds % 86_400) * 1000,
    offset: null,
  };
}
