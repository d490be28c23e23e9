/**
 * Calendar days and half-open periods of them. A day is counted in whole days since 1970-01-01 and has no time
 * zone: which local day an instant belongs to was decided when the case was loaded. This is the only module that
 * floors, shifts, lists and names periods.
 */
export type Day = number;

/** Half-open: `start` belongs to it, `end` does not. */
export interface Period {
  start: Day;
  end: Day;
}

const millisecondsPerDay = 86_400_000;

/** The day of `YYYY-MM-DD`; `null` when the text is not a day that exists. */
export function parseDay(text: string): Day | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(milliseconds)) return null;
  const day = milliseconds / millisecondsPerDay;
  return formatDay(day) === text ? day : null;
}

/** `YYYY-MM-DD` of a day. */
export function formatDay(day: Day): string {
  return new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
}

/** The first day of a month; months outside 1..12 carry into the years. */
export function monthStart(year: number, month: number): Day {
  return Date.UTC(year, month - 1, 1) / millisecondsPerDay;
}

function yearAndMonth(day: Day): [number, number] {
  const date = new Date(day * millisecondsPerDay);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1];
}

/** The first day of the month that holds `day`. */
export function floorMonth(day: Day): Day {
  return shiftMonths(day, 0);
}

/** The first day of the month `months` after the month that holds `day`. */
export function shiftMonths(day: Day, months: number): Day {
  const [year, month] = yearAndMonth(day);
  return monthStart(year, month + months);
}

/** The months that touch the period, whole, oldest first. An empty period has none. */
export function monthsOf(period: Period): Period[] {
  const months: Period[] = [];
  for (let start = floorMonth(period.start); start < period.end; start = shiftMonths(start, 1))
    months.push({ start, end: shiftMonths(start, 1) });
  return months;
}

/** `YYYY-MM` of the month that holds `day`. */
export function formatMonth(day: Day): string {
  return formatDay(day).slice(0, 7);
}

/** The fiscal quarter that holds `day`, where the fiscal year starts in month `fiscalStart` (1 = January). */
export function quarterOf(day: Day, fiscalStart: number): Period {
  const [year, month] = yearAndMonth(day);
  const monthsIntoYear = (month - fiscalStart + 12) % 12;
  const start = monthStart(year, month - (monthsIntoYear % 3));
  return { start, end: shiftMonths(start, 3) };
}

/**
 * `2026-Q3` of a fiscal quarter. A fiscal year that does not start in January is named for the calendar year in
 * which it ends, as most companies do.
 */
export function formatQuarter(quarter: Period, fiscalStart: number): string {
  const [year, month] = yearAndMonth(quarter.start);
  const number = Math.floor(((month - fiscalStart + 12) % 12) / 3) + 1;
  const fiscalYear = fiscalStart === 1 || month < fiscalStart ? year : year + 1;
  return `${fiscalYear}-Q${number}`;
}

/** The quarter of `YYYY-Qn`; `null` when the text is not one. */
export function parseQuarter(text: string, fiscalStart: number): Period | null {
  const match = /^([1-9]\d{3})-Q([1-4])$/.exec(text);
  if (match === null) return null;
  const startYear = fiscalStart === 1 ? Number(match[1]) : Number(match[1]) - 1;
  const start = monthStart(startYear, fiscalStart + (Number(match[2]) - 1) * 3);
  return { start, end: shiftMonths(start, 3) };
}

/** The fiscal year of `YYYY`; `null` when the text is not one. */
export function parseYear(text: string, fiscalStart: number): Period | null {
  const first = parseQuarter(`${text}-Q1`, fiscalStart);
  return first && { start: first.start, end: shiftMonths(first.start, 12) };
}

/** The month of `YYYY-MM`; `null` when the text is not one. */
export function parseMonth(text: string): Period | null {
  const start = parseDay(`${text}-01`);
  return start === null ? null : { start, end: shiftMonths(start, 1) };
}

/** The same months a number of months earlier: the previous quarter (3), the same quarter last year (12). */
export function monthsBefore(period: Period, months: number): Period {
  return { start: shiftMonths(period.start, -months), end: shiftMonths(period.end, -months) };
}

/** How many days the period has. */
export function lengthInDays(period: Period): number {
  return period.end - period.start;
}
