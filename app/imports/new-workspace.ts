import { textField } from "#app/server/read-form.ts";
import type { NewWorkspace } from "#db/workspaces.ts";

/** What was typed, as it stood in the form. */
export interface NewWorkspaceFields {
  name: string;
  timeZone: string;
  fiscalYearStart: string;
}

const mostCharacters = 80;

type ReadWorkspace = { fields: NewWorkspaceFields } & (
  | { workspace: NewWorkspace; problem: null }
  | { workspace: null; problem: string }
);

/** The workspace that a form asks for, or a sentence about the first field that can't be one. */
export function readNewWorkspace(form: FormData): ReadWorkspace {
  const field = (name: string) => textField(form, name, mostCharacters) ?? "";
  const fields = {
    name: field("name"),
    timeZone: field("timeZone"),
    fiscalYearStart: field("fiscalYearStart") || "1",
  };
  const problem = problemOf(fields);
  if (problem !== null) return { fields, problem, workspace: null };
  const { name, timeZone } = fields;
  const fiscalYearStartMonth = Number(fields.fiscalYearStart);
  return { fields, problem: null, workspace: { name, timeZone, fiscalYearStartMonth } };
}

function problemOf({ name, timeZone, fiscalYearStart }: NewWorkspaceFields): string | null {
  if (name === "") return "The workspace has no name. Expected one such as the company’s or the team’s.";
  if (name === "." || name === "..")
    return `“${name}” can’t stand in an address. Expected a name of letters.`;
  if (!isTimeZone(timeZone))
    return `There is no time zone “${timeZone}”. Expected an IANA name such as Europe/Berlin or UTC.`;
  if (!/^([1-9]|1[0-2])$/.test(fiscalYearStart))
    return `“${fiscalYearStart}” is not a month. Expected a number from 1 to 12.`;
  return null;
}

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat("en", { timeZone: name });
    return name !== "";
  } catch {
    return false;
  }
}
