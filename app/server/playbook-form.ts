import { type RemedyType, remedyTypes } from "#analytics/case.ts";
import { parseDay } from "#analytics/period.ts";
import { amountField, minorUnits } from "#app/amount-fields.ts";
import type { NewPlaybook, PlaybookVersion } from "#db/queries/playbooks.ts";
import { textField } from "./read-form.ts";

/** The form of a version, as it was filled in. */
export interface PlaybookFields {
  from: string;
  teams: string[];
  /** One a line. */
  otherTeams: string;
  level: string;
  /** Whether there is a rule on what may be offered. */
  offersRule: boolean;
  offers: string[];
  amount: string;
  currency: string;
  notes: string;
  reason: string;
}

/** What may be offered, as the form lists it: `none` always may. */
export const offerable = remedyTypes.filter((remedy) => remedy !== "none");

export const mostCharacters = { teams: 4000, short: 40, notes: 4000, reason: 500 };
const highestLevel = 100;

/** The form filled in with the latest version. */
export function prefilled(
  latest: PlaybookVersion | undefined,
  { teams, currency, today }: { teams: readonly string[]; currency: string | null; today: string },
): PlaybookFields {
  const helpers = latest?.helpers ?? [];
  const paid = latest?.ceiling_currency ?? null;
  return {
    from: today,
    teams: helpers.filter((helper) => teams.includes(helper)),
    otherTeams: helpers.filter((helper) => !teams.includes(helper)).join("\n"),
    level: latest?.highest_level?.toString() ?? "",
    offersRule: latest?.offers != null,
    offers: latest?.offers ?? [],
    amount: latest?.ceiling_minor == null || paid === null ? "" : amountField(latest.ceiling_minor, paid),
    currency: paid ?? currency ?? "",
    notes: latest?.notes ?? "",
    reason: "",
  };
}

export function readPlaybookFields(form: FormData): PlaybookFields {
  const text = (name: string, most: number) => textField(form, name, most) ?? "";
  const texts = (name: string) => form.getAll(name).filter((value) => typeof value === "string");
  return {
    from: text("from", mostCharacters.short),
    teams: texts("team").map((team) => team.replaceAll("\0", "").trim()),
    otherTeams: text("other_teams", mostCharacters.teams),
    level: text("level", mostCharacters.short),
    offersRule: form.get("offers_rule") === "only",
    offers: texts("offer"),
    amount: text("amount", mostCharacters.short),
    currency: text("currency", mostCharacters.short).toUpperCase(),
    notes: text("notes", mostCharacters.notes),
    reason: text("reason", mostCharacters.reason),
  };
}

export type ReadPlaybook = Omit<NewPlaybook, "causeId" | "actor">;

/** The version that the fields say, or a sentence on what is wrong with them. */
export function playbookOf(fields: PlaybookFields, isFirst: boolean): ReadPlaybook | { problem: string } {
  const { from, level, offersRule, amount, currency, notes, reason } = fields;
  if (parseDay(from) === null)
    return { problem: `The day from which it is in force is “${from}”. Expected a day such as 2026-11-22.` };
  const named = [...fields.teams, ...fields.otherTeams.split(/\r\n|\n|\r/)].map((team) => team.trim());
  const helpers = [...new Set(named)].filter((team) => team !== "");
  if (level !== "" && !(/^\d{1,3}$/.test(level) && Number(level) <= highestLevel))
    return {
      problem: `The highest level is “${level}”. Expected a whole number from 0 to ${highestLevel}, or nothing.`,
    };
  const offers = fields.offers.filter((offer): offer is RemedyType =>
    offerable.some((known) => known === offer),
  );
  if (offers.length < fields.offers.length)
    return { problem: `What may be offered is not known. Expected some of ${offerable.join(", ")}.` };
  if (!offersRule && offers.length > 0)
    return {
      problem: "Offers are ticked, and “No rule” is chosen. Choose “Only what is ticked here”, or tick none.",
    };
  const ceiling = ceilingOf(amount, currency);
  if (ceiling !== null && "problem" in ceiling) return ceiling;
  if (helpers.length === 0 && level === "" && !offersRule && ceiling === null && notes === "")
    return { problem: "The version says nothing. Set at least one rule, or write notes." };
  if (!isFirst && reason === "")
    return { problem: "Why does the playbook change? Give the reason: a later reader will ask." };
  return {
    inForceFrom: from,
    helpers: helpers.length === 0 ? null : helpers,
    highestLevel: level === "" ? null : Number(level),
    offers: offersRule ? offerable.filter((offer) => offers.includes(offer)) : null,
    ceiling,
    notes: notes || null,
    reason: reason || null,
  };
}

function ceilingOf(amount: string, currency: string): ReadPlaybook["ceiling"] | { problem: string } {
  if (amount === "") return null;
  if (!/^[A-Z]{3}$/.test(currency))
    return {
      problem: `The currency is “${currency}”. Expected a code of three letters such as GBP beside the amount.`,
    };
  const minor = minorUnits(amount, currency);
  if (minor === null)
    return {
      problem: `The amount is “${amount}”. Expected a number without separators of thousands, such as ${amountField(minorUnits("50", currency) ?? 0, currency)}.`,
    };
  return { minor, currency };
}
