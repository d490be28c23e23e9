import { type CaseRecord, remedyTypes, textFields, timeFields } from "#analytics/case.ts";
import {
  freeTextFields,
  keyFields,
  shortTextFields,
  wholeNumberFields,
  wordFieldNames,
  wordFields,
} from "./case-fields.ts";
import { expectedMoment, isMoment } from "./moment.ts";
import type { Rejection, RejectionCode } from "./presets/preset.ts";

/** UTF-8. The three texts of a case share it, since one search index entry holds them. */
const maxTextBytes = 256 * 1024;
/** Keys and names stand in indexes, whose entries may have some 2,700 bytes. */
export const maxShortTextCharacters = 500;
const maxCount = 2_147_483_647;
const firstYear = 1900;
const lastYear = 2199;

/**
 * Whether a record may be stored: every path into the database asks this one function. `null`: it may; else the
 * first thing that is wrong, its column named by the record's field (`attribute:NAME` for an attribute).
 */
export function validateCase(record: CaseRecord): Rejection | null {
  return (
    checkTexts(record) ??
    checkKey(record) ??
    checkTimes(record) ??
    checkWords(record) ??
    checkNumbers(record) ??
    checkAgreement(record)
  );
}

function checkKey(record: CaseRecord): Rejection | null {
  const missing = keyFields.find((field) => record[field].trim() === "");
  return missing
    ? reject(missing, null, "missing", `The case has no ${missing}; every case needs one.`)
    : null;
}

function checkTimes(record: CaseRecord): Rejection | null {
  for (const field of timeFields) {
    const moment = record[field];
    if (moment === null) continue;
    if (!isMoment(moment))
      return reject(field, moment, "not_a_date", `“${moment}” is not a date; expected ${expectedMoment}.`);
    const year = Number(moment.slice(0, 4));
    if (year < firstYear || year > lastYear)
      return reject(
        field,
        moment,
        "not_a_date",
        `The year is ${year}; expected ${firstYear} to ${lastYear}.`,
      );
  }
  if (record.occurred_at ?? record.received_at ?? record.resolved_at) return null;
  const reason = "The case has no time; expected one of occurred_at, received_at and resolved_at.";
  return reject("received_at", null, "missing", reason);
}

function checkWords(record: CaseRecord): Rejection | null {
  for (const field of wordFieldNames) {
    const words: readonly string[] = wordFields[field];
    const value = record[field];
    if (value !== null && !words.includes(value)) return notAllowed(field, value, words);
  }
  const unknown = record.remedy_types?.find((type) => !remedyTypes.includes(type));
  return unknown === undefined ? null : notAllowed("remedy_types", unknown, remedyTypes);
}

function checkNumbers(record: CaseRecord): Rejection | null {
  for (const field of wholeNumberFields) {
    const value = record[field];
    if (value === null) continue;
    const [least, most] = rangeOf(field);
    if (!Number.isInteger(value) || value < least || value > most)
      return reject(
        field,
        String(value),
        "not_a_number",
        `Got ${value}; expected a whole number, ${least} to ${most}.`,
      );
  }
  return null;
}

function rangeOf(field: (typeof wholeNumberFields)[number]): [number, number] {
  if (field === "csat_score") return [1, 5];
  return [0, field === "compensation_minor" ? Number.MAX_SAFE_INTEGER : maxCount];
}

function checkAgreement(record: CaseRecord): Rejection | null {
  if (record.status === "open" && record.outcome !== null)
    return reject(
      "outcome",
      record.outcome,
      "inconsistent",
      "An open case has no outcome yet; expected none.",
    );
  const { compensation_minor: amount, compensation_currency: currency } = record;
  if ((amount === null) !== (currency === null)) {
    const reason = "A compensation needs its amount and its currency; got one of the two.";
    return reject("compensation_currency", currency, "inconsistent", reason);
  }
  if (currency === null || /^[A-Z]{3}$/.test(currency)) return null;
  return reject("compensation_currency", currency, "not_allowed", "Expected a currency code such as USD.");
}

function checkTexts(record: CaseRecord): Rejection | null {
  for (const field of freeTextFields) {
    const problem = checkText(field, record[field]);
    if (problem) return problem;
  }
  for (const field of shortTextFields) {
    const text = record[field];
    if (text !== null && text.length > maxShortTextCharacters) {
      const reason = `The text has ${text.length} characters; expected at most ${maxShortTextCharacters}.`;
      return reject(field, text, "too_long", reason);
    }
  }
  for (const [name, text] of Object.entries(record.attributes)) {
    const problem = checkText(`attribute:${name}`, text) ?? checkText(`attribute:${name}`, name);
    if (problem) return problem;
  }
  return checkTextsTogether(record);
}

function checkText(column: string, text: string | null): Rejection | null {
  if (text === null) return null;
  if (text.includes("\0"))
    return reject(
      column,
      text,
      "nul_character",
      "The text holds a NUL character, which no text may; remove it.",
    );
  if (!text.isWellFormed()) {
    const reason = "The text holds half of a character (a lone surrogate), which no text may; remove it.";
    return reject(column, text, "lone_surrogate", reason);
  }
  const bytes = mayExceed(text.length) ? Buffer.byteLength(text) : 0;
  return bytes > maxTextBytes ? tooLong(column, text, bytes) : null;
}

function checkTextsTogether(record: CaseRecord): Rejection | null {
  const texts = textFields.map((field) => ({ field, text: record[field] ?? "" }));
  if (!mayExceed(texts.reduce((sum, { text }) => sum + text.length, 0))) return null;
  const bytes = texts.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  if (bytes <= maxTextBytes) return null;
  const longest = texts.reduce((a, b) => (b.text.length > a.text.length ? b : a));
  return tooLong(longest.field, longest.text, bytes);
}

/** A UTF-16 unit takes at most three bytes: short texts need not be measured. */
function mayExceed(characters: number): boolean {
  return characters * 3 > maxTextBytes;
}

function tooLong(column: string, text: string, bytes: number): Rejection {
  const reason = `The text has ${bytes} bytes; expected at most ${maxTextBytes} (256 KB), the texts of a case together.`;
  return reject(column, text, "too_long", reason);
}

function notAllowed(column: string, value: string, words: readonly string[]): Rejection {
  return reject(
    column,
    value,
    "not_allowed",
    `“${value}” is not allowed; expected one of ${words.join(", ")}.`,
  );
}

function reject(column: string, value: string | null, code: RejectionCode, reason: string): Rejection {
  return { column, value, code, reason };
}
