import { type Day, parseDay } from "#analytics/period.ts";

/** What is said of a fix, and how it will be judged: the fields of its form. */
export const saidNames = [
  "kind",
  "title",
  "description",
  "owner",
  "due",
  "cost",
  "currency",
  "ticket",
] as const;
export const checkNames = ["expected", "target", "washIn", "checkOn", "windowEnd", "exposure"] as const;
export type FixFieldName = (typeof saidNames)[number] | (typeof checkNames)[number];

/** What was typed, as it stands in the form. */
export type FixForm = Record<FixFieldName, string>;

export interface FixProblem {
  field: FixFieldName;
  sentence: string;
}

export const mostCharacters: Record<FixFieldName, number> = {
  kind: 40,
  title: 120,
  description: 1_000, // a preview carries it in the address, which has its bounds
  owner: 100,
  due: 20,
  cost: 20,
  currency: 10,
  ticket: 400,
  expected: 20,
  target: 10,
  washIn: 10,
  checkOn: 20,
  windowEnd: 20,
  exposure: 250,
};

/** What was typed into a field, trimmed and without NUL, which no database keeps; empty where it is not there, or a file. */
export function textIn(source: FormData | URLSearchParams, name: string): string {
  const value = source.get(name);
  return typeof value === "string" ? value.replaceAll("\0", "").trim() : "";
}

/** The fields of a form or of an address, trimmed and without NUL; what is not there is taken from `usual`. */
export function fixFormOf(source: FormData | URLSearchParams, usual: FixForm): FixForm {
  const text = (name: FixFieldName) => (source.has(name) ? textIn(source, name) : usual[name]);
  return Object.fromEntries([...saidNames, ...checkNames].map((name) => [name, text(name)])) as FixForm; // every name is in one of the lists
}

/** An address that asks for a preview; `null`: it asks for none. */
export function typedIn(search: URLSearchParams): URLSearchParams | null {
  return checkNames.some((name) => search.has(name)) ? search : null;
}

export const emptyFixForm: FixForm = {
  kind: "process",
  title: "",
  description: "",
  owner: "",
  due: "",
  cost: "",
  currency: "",
  ticket: "",
  expected: "",
  target: "50",
  washIn: "14",
  checkOn: "",
  windowEnd: "",
  exposure: "",
};

export const labels: Record<FixFieldName, string> = {
  kind: "kind",
  title: "title",
  description: "text of what changes",
  owner: "owner",
  due: "day by which it is due",
  cost: "cost",
  currency: "currency",
  ticket: "link to the ticket",
  expected: "expected day of implementation",
  target: "target cut",
  washIn: "wash-in",
  checkOn: "check date",
  windowEnd: "end of the window",
  exposure: "exposure series",
};

/** Keeps a problem of a field. */
export type Add = (field: FixFieldName, sentence: string) => void;

/** A typed day; `null`: nothing was typed; `undefined`: it is none. */
export function dayIn(form: FixForm, name: FixFieldName, add: Add): Day | null | undefined {
  if (form[name] === "") return null;
  const day = parseDay(form[name]);
  if (day !== null) return day;
  add(name, `The ${labels[name]} is “${form[name]}”. Expected a date like 2026-12-15.`);
  return undefined;
}
