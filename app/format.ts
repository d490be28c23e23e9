/**
 * The one place that turns a number, share, date, period, time, amount or code word into text for a reader.
 * English (en-GB) whatever the machine's locale, so that the server and the browser print the same characters.
 * A CSV never comes through here. `null` is "unknown" for a word and "–" for a number.
 */
import { formatDay, formatQuarter, type Period } from "#analytics/period.ts";
import type { Interval } from "#analytics/statistics/interval.ts";
import type { CellKind, CellValue } from "#app/tables/table.ts";

const locale = "en-GB";
export const noNumber = "–";
export const unknown = "unknown";

/** Below this many cases a share is not shown at all, only the count. */
export const fewestForShare = 5;
/** Below this many cases a share is shown in grey. */
export const fewestForInk = 10;

const wholeNumber = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const score = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const threeFigures = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
const hundredths = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** 12345 -> "12,345". */
export function countText(count: number | null): string {
  return count === null ? noNumber : wholeNumber.format(count);
}

const plurals = new Intl.PluralRules(locale);

/** `counted(1, "case")` -> "1 case", `counted(1200, "reply")` -> "1,200 replies". */
export function counted(count: number, noun: string, plural = pluralOf(noun)): string {
  return `${countText(count)} ${plurals.select(count) === "one" ? noun : plural}`;
}

function pluralOf(noun: string): string {
  if (/(s|x|z|ch|sh)$/.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** `partText(23, 56)` -> "23 of 56". */
export function partText(part: number, whole: number): string {
  return `${countText(part)} of ${countText(whole)}`;
}

/**
 * 0.4137 -> "41%", and "41.4%" where `n` >= 100 cases carry the third figure. Only none is "0%" and only all is
 * "100%": what merely rounds to them is "<0.1%" or ">99%".
 * @param n how many cases the share rests on; unknown counts as few
 */
export function shareText(share: number | null, n: number | null = null): string {
  if (share === null) return noNumber;
  if (share === 0 || share === 1) return `${share * 100}%`;
  const hasThirdFigure = n !== null && n >= 100;
  const decimals = hasThirdFigure || Number((share * 100).toPrecision(2)) < 10 ? 1 : 0;
  const step = 10 ** -decimals;
  const percent = (share * 100).toFixed(decimals);
  if (Number(percent) === 0) return `<${step}%`;
  return Number(percent) === 100 ? `>${100 - step}%` : `${percent}%`;
}

/** (0.3, 0.53) -> "30–53%". Both ends have the same decimals: one where they are small or close together. */
export function rangeText(low: number, high: number): string {
  const decimals = high < 0.1 || high - low < 0.02 ? 1 : 0;
  const percent = (share: number) => (share * 100).toFixed(decimals);
  return `${percent(low)}–${percent(high)}%`;
}

/**
 * The beginning of a text, cut between two words: `("It rained all day", 9)` -> "It rained…". A text that fits stays
 * as it is. Where the one word is longer than the room, it is cut.
 */
export function openingText(text: string, most: number): string {
  if (text.length <= most) return text;
  const room = text.slice(0, most + 1);
  const end = room.search(/\s+\S*$/);
  return `${room.slice(0, end > 0 ? end : most).replace(/[\s,;:–-]+$/, "")}…`;
}

/** Memory, as one reads it: 8_200_000_000 -> "8.2 GB". */
export function gigabytesText(bytes: number): string {
  return `${oneDecimal.format(bytes / 1e9)} GB`;
}

/** How like two cases are, -1 to 1: 0.7149 -> "0.71". Only copies are "1.00": what merely rounds to it is "0.99". */
export function similarityText(similarity: number): string {
  return hundredths.format(similarity > 0.9999 ? 1 : Math.min(0.99, similarity));
}

/** 4.25 -> "4.3": a mean of scores keeps one decimal. */
export function scoreText(value: number | null): string {
  return value === null ? noNumber : score.format(value);
}

/** "2.2 (1.5–3.3)"; "0.44 (0.30–0.65)", where one decimal would hide the side of 1; without an upper end "0.91 or more". */
export function ratioText(ratio: number | null, { low, high }: Interval): string {
  const format = low < 1.05 ? hundredths : score;
  if (ratio === null || high === Infinity) return `${format.format(low)} or more`;
  return `${format.format(ratio)} (${format.format(low)}–${format.format(high)})`;
}

/** A number of cases that a rate would bring: 3.14 -> "3.1", and never "0.0". */
export function expectedText(count: number): string {
  return count < 0.1 ? "less than 0.1" : score.format(count);
}

/** A q or a p as small as it is read: two digits, and not smaller than that. */
export function chanceText(q: number): string {
  return q < 0.001 ? "below 0.001" : q.toPrecision(2);
}

/** A coefficient of agreement: 0.4286 -> "0.43", -0.2 -> "-0.20". Only full agreement is "1.00". */
export function kappaText(kappa: number): string {
  const text = hundredths.format(kappa);
  return text === "1.00" && kappa < 1 ? "0.99" : text;
}

/**
 * (123450, "GBP") -> "£1,234.50", whatever number of minor units the currency has.
 * @param minor minor units (cents), as a case stores them
 */
export function moneyText(minor: number | null, currency: string | null): string {
  if (minor === null) return noNumber;
  if (currency === null) return `${hundredths.format(minor / 100)} (currency unknown)`;
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** decimals);
}

// Not from Intl: "Sep" and "Sept" differ between versions of its data, and so between the browser and the server.
const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** "2026-11-22" -> "22 Nov 2026". */
export function dateText(date: string | null): string {
  if (date === null) return unknown;
  const { year, month, day } = parseDate(date);
  return `${day} ${shortMonth(month)} ${year}`;
}

/** "2026-03" (or any day of it) -> "March 2026"; short: "Mar 2026". */
export function monthText(month: string, length: "long" | "short" = "long"): string {
  const date = parseDate(`${month.slice(0, 7)}-01`);
  return `${length === "long" ? monthNames[date.month - 1] : shortMonth(date.month)} ${date.year}`;
}

/** The days of a period in inclusive words: "2026", "March 2026", "Jan–Mar 2026", "5 Jan – 7 Feb 2026". */
export function periodText(period: Period): string {
  if (period.end <= period.start) return "no days";
  const first = parseDate(formatDay(period.start));
  const last = parseDate(formatDay(period.end - 1));
  const next = parseDate(formatDay(period.end));
  const sameYear = first.year === last.year;
  if (first.day === 1 && next.day === 1) {
    if (sameYear && first.month === last.month) return `${monthNames[first.month - 1]} ${first.year}`;
    if (first.month === 1 && last.month === 12)
      return sameYear ? `${first.year}` : `${first.year}–${last.year}`;
    return sameYear
      ? `${shortMonth(first.month)}–${shortMonth(last.month)} ${last.year}`
      : `${shortMonth(first.month)} ${first.year} – ${shortMonth(last.month)} ${last.year}`;
  }
  if (period.end - period.start === 1) return dateText(formatDay(period.start));
  const start = `${first.day} ${shortMonth(first.month)}${sameYear ? "" : ` ${first.year}`}`;
  return `${start} – ${dateText(formatDay(period.end - 1))}`;
}

/** "Q3 2026 (Jul–Sep 2026)"; in a fiscal year of its own "FY26 Q3 (Jan–Mar 2026)". Always with the months. */
export function quarterText(quarter: Period, fiscalStart: number): string {
  const [year = "", number = ""] = formatQuarter(quarter, fiscalStart).split("-");
  const name = fiscalStart === 1 ? `${number} ${year}` : `FY${year.slice(2)} ${number}`;
  return `${name} (${periodText(quarter)})`;
}

/** "2026-11-22T01:16:34Z" -> "22 Nov 2026, 01:16 UTC"; elsewhere "22 Nov 2026, 02:16 UTC+1". */
export function instantText(instant: string | null, timeZone: string): string {
  if (instant === null) return unknown;
  const time = new Date(instant);
  if (Number.isNaN(time.getTime()))
    throw new RangeError(`Expected an instant like 2026-11-22T01:16:34Z, got "${instant}".`);
  const parts = new Intl.DateTimeFormat(locale, {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "shortOffset",
  }).formatToParts(time);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? "";
  const date = dateText(`${part("year")}-${part("month")}-${part("day")}`);
  const zone = part("timeZoneName").replace("GMT", "UTC").replace(/\+0$/, "");
  return `${date}, ${part("hour")}:${part("minute")} ${zone}`;
}

/** A moment of a case: an instant, or a local day that stays one. */
export function momentText(moment: string | null, timeZone: string): string {
  return moment !== null && moment.length > 10 ? instantText(moment, timeZone) : dateText(moment);
}

function parseDate(date: string): { year: number; month: number; day: number } {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || monthNames[month - 1] === undefined)
    throw new RangeError(`Expected a date like 2026-11-22, got "${date}".`);
  return { year, month, day };
}

function shortMonth(month: number): string {
  return (monthNames[month - 1] ?? "").slice(0, 3);
}

/** A code word as people say it: "staff_training" -> "staff training". */
export function words(code: string | null): string {
  return code === null ? unknown : code.replaceAll("_", " ");
}

/** A cause's category: nobody has classified it yet, which is not the same as unknown. */
export function categoryText(category: string | null): string {
  return category === null ? "unclassified" : words(category);
}

/** "staff training" -> "Staff training". */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const list = new Intl.ListFormat(locale, { type: "conjunction" });

/** ["a", "b", "c"] -> "a, b and c". */
export function listText(items: readonly string[]): string {
  return list.format(items);
}

/** What a cell of a table needs beside its value. */
export interface CellContext {
  /** How many cases the value rests on. */
  n?: number | null;
  /** For instants; UTC where nothing else is said, and the text names it. */
  timeZone?: string;
}

const textKinds: ReadonlySet<CellKind> = new Set(["text", "word", "date", "instant"]);

/**
 * The text of one cell by the kind of its column. A unit that stands in the head of a column (days, hours, money)
 * is not repeated in its cells.
 */
export function cellText(value: CellValue, kind: CellKind, context: CellContext = {}): string {
  const { n = null, timeZone = "UTC" } = context;
  if (kind === "category") return categoryText(value === null ? null : String(value));
  if (value === null) return textKinds.has(kind) ? unknown : noNumber;
  if (typeof value === "string") return stringText(value, kind, timeZone);
  switch (kind) {
    case "count":
      return countText(value);
    case "share":
      return shareText(value, n);
    case "days":
    case "hours":
      return oneDecimal.format(value);
    case "score":
      return scoreText(value);
    case "rate":
      return threeFigures.format(value);
    case "money":
      return hundredths.format(value);
    default:
      return String(value);
  }
}

/** The interval of a value, as its kind is printed: (306, 379, "count") -> "306–379", a share -> "30–53%". */
export function intervalText(low: number, high: number | null, kind: CellKind): string {
  if (high === null) return `${cellText(low, kind)} or more`;
  return kind === "share" ? rangeText(low, high) : `${cellText(low, kind)}–${cellText(high, kind)}`;
}

function stringText(value: string, kind: CellKind, timeZone: string): string {
  if (kind === "instant") return momentText(value, timeZone);
  if (kind === "date") return value.length === 7 ? monthText(value, "short") : dateText(value);
  return value;
}
