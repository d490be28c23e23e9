import { type CustomTypesConfig, types } from "pg";

/**
 * How values of PostgreSQL become values of JavaScript, on both engines, set here and nowhere else.
 *
 * | PostgreSQL                        | JavaScript                                                              |
 * |-----------------------------------|-------------------------------------------------------------------------|
 * | int8 (so also `count(*)`)         | number; throws beyond 2^53 - 1 rather than round                         |
 * | numeric                           | string, exact (cast `::float8` or `::int` in SQL where a number is meant) |
 * | date                              | string `YYYY-MM-DD`: a calendar day, no instant                          |
 * | timestamp                         | string as PostgreSQL writes it                                          |
 * | timestamptz                       | string, UTC, as `Date.toISOString` writes it: `2026-11-22T01:16:34.000Z` |
 * | arrays of these                   | arrays of the same, null elements stay null                              |
 * | the rest (int4, bool, jsonb, ...) | as `pg` does                                                            |
 *
 * No `Date` anywhere: `pg` would read a `date` as midnight in the zone of the process. Microseconds are cut to
 * milliseconds. Every pool sets the session's time zone to UTC; a value in another zone, `infinity`, and years that
 * ISO cannot write stay the text that PostgreSQL sent.
 */
export const typeParsers: CustomTypesConfig = {
  // A cast, because the declared overloads speak of `any`: text in, value out; nothing here asks for binary results.
  getTypeParser: ((oid: number) =>
    parsers.get(oid) ?? types.getTypeParser(oid)) as typeof types.getTypeParser,
};

type Parser = (value: string) => unknown;

const textArray: number = 1009;
const readTextArray: Parser = types.getTypeParser(textArray);

const parsers = new Map<number, Parser>([
  [20, safeInteger],
  [1016, arrayOf(safeInteger)],
  [1082, asText],
  [1182, arrayOf(asText)],
  [1114, asText],
  [1115, arrayOf(asText)],
  [1184, isoInstant],
  [1185, arrayOf(isoInstant)],
  [1231, arrayOf(asText)], // numeric[]: `pg` would make floats of it
]);

function asText(value: string): string {
  return value;
}

function safeInteger(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`${value} (int8) is too large for a JavaScript number`);
  return number;
}

/** UTC, as `Date.toISOString` writes it, of a timestamptz as PostgreSQL writes it in a session in UTC. */
export function isoInstant(value: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/.exec(value);
  if (match === null) return value;
  const milliseconds = (match[3] ?? "").padEnd(3, "0").slice(0, 3);
  return `${match[1]}T${match[2]}.${milliseconds}Z`;
}

function arrayOf(parse: Parser): Parser {
  return (value) => nested(readTextArray(value), parse);
}

/** Arrays of PostgreSQL may have several dimensions. */
function nested(element: unknown, parse: Parser): unknown {
  if (Array.isArray(element)) return element.map((inner) => nested(inner, parse));
  return typeof element === "string" ? parse(element) : element;
}
