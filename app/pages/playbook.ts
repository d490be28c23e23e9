import { type RemedyType, remedyTypes } from "#analytics/case.ts";
import { caseIdAt, dictionaryOf, type Facts, remedyBit } from "#analytics/facts/facts.ts";
import { everything, narrow } from "#analytics/filter/filter.ts";
import { countByCode } from "#analytics/metrics/counts.ts";
import type { Day } from "#analytics/period.ts";
import {
  type Playbook,
  type PlaybookRule,
  type PlayedCase,
  playbookAdherence,
} from "#analytics/what-worked/playbook-adherence.ts";
import { outcomesTable } from "#app/tables/outcome-tables.ts";
import { adherenceTable, remedyEffectsTable } from "#app/tables/playbook-tables.ts";
import { makeView, type Snapshot, type View } from "#app/tables/view.ts";
import type { Asked } from "./asked.ts";

/** A version with the currency of its ceiling. */
export interface PricedPlaybook extends Playbook {
  currency: string | null;
}

/** What of the handling of a case the columns do not hold; `null`: unknown. */
interface Handling {
  escalationLevel: number | null;
  paid: { minor: number; currency: string } | null;
}

export interface AskedOfPlaybook extends Asked {
  causeId: number;
  /** Those that the cases are held against, by the day from which each is in force: the last, or all. */
  versions: readonly PricedPlaybook[];
  /** Of the cases that `casesOfPlaybook` gave, in their order. */
  handling: readonly Handling[];
}

/** The resolved cases of a cause that one of its playbook's versions was in force for, by the day they were resolved. */
export function casesOfPlaybook(
  snapshot: Snapshot,
  asked: Pick<AskedOfPlaybook, "today" | "causeId" | "versions">,
): string[] {
  return playedRows(snapshot, asked).map((row) => caseIdAt(snapshot.facts, row));
}

/** How far the cases were handled as the version of the day of their resolution says, a table a version. */
export function adherence(snapshot: Snapshot, asked: AskedOfPlaybook) {
  return adherenceOf(snapshot, asked).map((version) => ({
    version: version.version,
    cases: version.cases,
    whole: version.whole,
    unknown: version.unknown,
    table: adherenceTable(snapshot.workspace, {
      causeId: asked.causeId,
      playbook: asked.versions.find((one) => one.version === version.version)!,
      adherence: version,
    }),
  }));
}

const teamsOffered = 12;

/** What the page of a playbook shows beside its versions. */
export function playbookEvidence(
  snapshot: Snapshot,
  { today, causeId, versions }: Pick<AskedOfPlaybook, "today" | "causeId" | "versions">,
) {
  const view = allDays(snapshot, { today, causeId });
  const named = new Set(dictionaryOf(view.facts, "team").map(({ value }) => value));
  return {
    resolved: view.resolved.length,
    outcomes: outcomesTable(view, "remedy"),
    effects: remedyEffectsTable(view, causeId),
    teams: teamsOf(view),
    unknownTeams: [...new Set(versions.flatMap(({ helpers }) => helpers ?? []))].filter(
      (team) => !named.has(team),
    ),
    currency: view.facts.currency,
  };
}

/** The cases that broke a rule of a version, the latest first; `null`: there is no such version. */
export function brokenCases(
  snapshot: Snapshot,
  asked: AskedOfPlaybook & { version: number; rule: PlaybookRule; page: number; pageSize: number },
): { total: number; ids: string[] } | null {
  const found = adherenceOf(snapshot, asked).find(({ version }) => version === asked.version);
  if (found === undefined) return null;
  const broken = found.rules.find(({ rule }) => rule === asked.rule)?.broken ?? [];
  const rows = playedRows(snapshot, asked);
  const latestFirst = broken.map((place) => rows[place]!).toReversed();
  const from = (asked.page - 1) * asked.pageSize;
  const shown = latestFirst.slice(from, from + asked.pageSize);
  return { total: broken.length, ids: shown.map((row) => caseIdAt(snapshot.facts, row)) };
}

function adherenceOf(snapshot: Snapshot, asked: AskedOfPlaybook) {
  const rows = playedRows(snapshot, asked);
  if (rows.length !== asked.handling.length)
    throw new RangeError(
      `Expected the handling of ${rows.length} cases, got that of ${asked.handling.length}.`,
    );
  const cases = rows.map((row, i) => playedCase(snapshot.facts, row, asked.handling[i]!, asked.versions));
  return playbookAdherence(asked.versions, cases).versions;
}

/** The cause through no filter: the same cases as on its page with all days. */
function allDays(snapshot: Snapshot, { today, causeId }: Pick<AskedOfPlaybook, "today" | "causeId">): View {
  return makeView(snapshot, narrow({ ...everything, period: "all" }, "cause", String(causeId)), today);
}

function playedRows(
  snapshot: Snapshot,
  asked: Pick<AskedOfPlaybook, "today" | "causeId" | "versions">,
): number[] {
  const { outcomeDay } = snapshot.facts;
  const first = asked.versions[0]?.from ?? Infinity;
  const rows = Array.from(allDays(snapshot, asked).resolved).filter((row) => outcomeDay[row]! >= first);
  return rows.sort((a, b) => outcomeDay[a]! - outcomeDay[b]! || a - b);
}

function playedCase(
  facts: Facts,
  row: number,
  { escalationLevel, paid }: Handling,
  versions: readonly PricedPlaybook[],
): PlayedCase {
  const on = facts.outcomeDay[row]!;
  return {
    on,
    team: dictionaryOf(facts, "team")[facts.codes.team[row]!]?.value ?? null,
    escalationLevel,
    remedies: remediesAt(facts, row),
    compensationMinor: paidIn(currencyOn(versions, on), paid),
  };
}

function remediesAt({ remedies }: Facts, row: number): RemedyType[] | null {
  const mask = remedies[row]!;
  return mask === 0 ? null : remedyTypes.filter((remedy) => (mask & remedyBit(remedy)) !== 0);
}

function currencyOn(versions: readonly PricedPlaybook[], day: Day): string | null {
  return versions.findLast(({ from }) => from <= day)?.currency ?? null;
}

/** Nothing is nothing in every currency. */
function paidIn(currency: string | null, paid: Handling["paid"]): number | null {
  if (paid === null) return null;
  return paid.minor === 0 || paid.currency === currency ? paid.minor : null;
}

/** The teams that have most of the cause's cases, which the form offers. */
function teamsOf({ facts, incidence }: View): string[] {
  const entries = dictionaryOf(facts, "team");
  const counts = Array.from(countByCode(facts.codes.team, incidence, entries.length));
  const known = counts
    .map((count, code) => ({ count, code }))
    .filter(({ count, code }) => code > 0 && count > 0);
  known.sort((a, b) => b.count - a.count || a.code - b.code);
  return known.slice(0, teamsOffered).flatMap(({ code }) => entries[code]?.value ?? []);
}
