import { secondFixKinds } from "#analytics/case.ts";
import { formatDay, parseDay } from "#analytics/period.ts";
import type { FixFields } from "#db/queries/second-fixes.ts";
import { type CheckAround, type FixCheckDays, readDays } from "./check-days.ts";
import {
  type Add,
  checkNames,
  dayIn,
  type FixFieldName,
  type FixForm,
  type FixProblem,
  labels,
  mostCharacters,
  saidNames,
} from "./form-fields.ts";
import { readCost } from "./typed-amount.ts";

export interface ReadFixForm {
  form: FixForm;
  problems: FixProblem[];
  /** `null` where something can't be read. */
  fields: FixFields | null;
  days: FixCheckDays | null;
}

/**
 * Reads what was typed; every problem in a sentence with what was got and what was expected.
 */
export function readFixForm(form: FixForm, around: CheckAround): ReadFixForm {
  const problems: FixProblem[] = [];
  const add = (field: FixFieldName, sentence: string) => void problems.push({ field, sentence });
  checkLengths(form, [...saidNames, ...checkNames], add);
  const fields = readSaid(form, add);
  const days = readDays(form, { ...around, due: parseDay(form.due) }, add);
  return { form, problems, fields: problems.length === 0 ? fields : null, days };
}

/** Problems of what was typed, without those of fields that nobody has come to yet: what a preview says. */
export function shownProblems({ form, problems }: ReadFixForm): FixProblem[] {
  const isOfCheck = (field: FixFieldName) => checkNames.some((name) => name === field);
  return problems.filter(({ field }) => isOfCheck(field) || form[field] !== "");
}

/** What is said of a fix; `null` where a field of it can't be read, which was added to the problems. */
function readSaid(form: FixForm, add: Add): FixFields | null {
  const kind = secondFixKinds.find((known) => known === form.kind);
  if (kind === undefined)
    add("kind", `The kind “${form.kind}” is not known. Expected one of ${secondFixKinds.join(", ")}.`);
  if (form.title === "")
    add("title", "The title is empty. Expected a few words, such as “A cancel button on the page”.");
  if (form.description === "")
    add("description", "What changes is empty. Expected a sentence that says what will be different.");
  const due = dayIn(form, "due", add);
  if (form.ticket !== "" && !isWebAddress(form.ticket))
    add(
      "ticket",
      `The link to the ticket is “${form.ticket}”. Expected an address that begins with https:// or http://.`,
    );
  const cost = readCost(form, add);
  if (kind === undefined || due === undefined || cost === undefined) return null;
  return {
    kind,
    title: form.title,
    description: form.description,
    owner: form.owner || null,
    dueOn: due === null ? null : formatDay(due),
    cost,
    ticketUrl: form.ticket || null,
  };
}

function checkLengths(form: FixForm, names: readonly FixFieldName[], add: Add): void {
  for (const name of names) {
    const [length, most] = [form[name].length, mostCharacters[name]];
    if (length > most) add(name, `The ${labels[name]} has ${length} characters. Expected at most ${most}.`);
  }
}

/** The fields of a fix alone, of one that is in place. */
export function readSaidAlone(form: FixForm): Pick<ReadFixForm, "problems" | "fields"> {
  const problems: FixProblem[] = [];
  const add = (field: FixFieldName, sentence: string) => void problems.push({ field, sentence });
  checkLengths(form, saidNames, add);
  const fields = readSaid(form, add);
  return { problems, fields: problems.length === 0 ? fields : null };
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
