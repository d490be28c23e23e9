import { z } from "zod";
import { timeFields } from "#analytics/case.ts";
import { BadInput } from "../bad-input.ts";
import { type CaseField, caseFields } from "./case-fields.ts";
import type { Mapping } from "./mapping.ts";

const field = z.custom<CaseField>(
  (value) => caseFields.some((known) => known === value),
  "expected a field of a case",
);
const word = z.tuple([z.string(), z.string().nullable()]);
const fromColumn = { field, column: z.string(), kept: z.boolean().optional() };

const rule = z.discriminatedUnion("as", [
  z.object({ field, as: z.literal("constant"), value: z.string() }),
  z.object({ field, as: z.literal("content") }),
  z.object({ ...fromColumn, as: z.literal("text"), digits: z.boolean().optional() }),
  z.object({
    ...fromColumn,
    as: z.literal("time"),
    order: z.enum(["ymd", "dmy", "mdy", "unix_seconds", "unix_milliseconds", "excel_serial"]),
    midnight: z.enum(["instant", "day"]),
    timeZone: z.string().nullable().refine(isTimeZone, "expected an IANA time zone such as Europe/Berlin"),
  }),
  z.object({
    ...fromColumn,
    as: z.literal("after"),
    since: z.enum(timeFields),
    unit: z.enum(["seconds", "minutes", "hours", "days"]),
  }),
  z.object({ ...fromColumn, as: z.literal("number"), times: z.number(), plus: z.number() }),
  z.object({
    ...fromColumn,
    as: z.literal("words"),
    values: z.array(word),
    otherwise: z.union([z.enum(["reject", "same"]), z.object({ value: z.string().nullable() })]),
    separator: z.string().min(1).optional(),
  }),
  z.object({ ...fromColumn, as: z.literal("presence"), given: z.string(), empty: z.string() }),
]);

const mapping = z.object({
  preset: z.string(),
  rules: z.array(rule).max(1_000),
  dropped: z.array(z.string()),
  nulls: z.array(z.string()),
  events: z
    .object({
      key: z.string(),
      time: z.string().nullable(),
      assignee: z.string().nullable(),
      status: z.string().nullable(),
      resolvedWords: z.array(z.string()),
      author: z.string().nullable(),
      customerWords: z.array(z.string()),
    })
    .nullable(),
  answered: z.array(z.string()).optional(),
  dialect: z.enum(["plain", "fixtwice"]),
});

/** A mapping that came from outside as JSON. @throws BadInput with where it is wrong */
export function parseMapping(json: unknown): Mapping {
  const parsed = mapping.safeParse(json);
  if (parsed.success) return parsed.data as Mapping; // the schema says the same, but for `undefined` in optional members
  const [issue] = parsed.error.issues;
  const where =
    issue === undefined || issue.path.length === 0 ? "its outermost object" : issue.path.join(".");
  throw new BadInput(`This is no mapping: at ${where}, ${issue?.message ?? "something else was expected"}.`);
}

function isTimeZone(name: string | null): boolean {
  if (name === null) return true;
  try {
    Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
