import { formatDay, parseDay } from "#analytics/period.ts";
import type { PlaybookRule } from "#analytics/what-worked/playbook-adherence.ts";
import type { PlaybookLineProps } from "#app/components/playbook-line.tsx";
import type { AskedOfPlaybook, PricedPlaybook } from "#app/pages/playbook.ts";
import type { Workspace } from "#app/tables/view.ts";
import { listMerged } from "#db/queries/cause-merges.ts";
import {
  listCaseHandling,
  listCausesWithPlaybook,
  listPlaybookVersions,
  type PlaybookVersion,
} from "#db/queries/playbooks.ts";
import { notFound } from "./http-errors.ts";
import type { RequestedSnapshot } from "./request-view.ts";

/** A version as pages show it. */
export interface VersionView extends PlaybookVersion {
  /** `planned`: its day is still to come. */
  state: "planned" | "in_force" | "past";
  /** The last day on which it was in force; `null`: nothing follows it yet. */
  until: string | null;
}

/** The versions of a playbook, and what the page threads are asked about them. */
export interface RequestedPlaybook {
  versions: VersionView[];
  asked: AskedOfPlaybook;
}

/**
 * The playbook of a cause with the handling of its cases; reads no case where there is none, nor where no rule asks for what the
 * columns do not hold.
 * @param which versions the cases are held against: of a cause with tens of thousands, to read all takes a second
 */
export async function requestPlaybook(
  { services, snapshot, page, today }: RequestedSnapshot,
  causeId: number,
  which: "all" | "from_now_on" = "all",
): Promise<RequestedPlaybook> {
  const { db } = services.database;
  const { id } = snapshot.workspace;
  const versions = withStates(await listPlaybookVersions(db, id, causeId), formatDay(today));
  const wanted = versions.filter(({ state }) => which === "all" || state !== "past");
  const asked = { today, causeId, versions: wanted.map(pricedPlaybook) };
  const caseIds = wanted.length === 0 ? [] : await page("casesOfPlaybook", asked);
  const isAsked = wanted.some((one) => one.highest_level !== null || one.ceiling_minor !== null);
  const handling = isAsked
    ? await listCaseHandling(db, id, caseIds)
    : caseIds.map(() => ({ escalationLevel: null, paid: null }));
  return { versions, asked: { ...asked, handling } };
}

export function pricedPlaybook(row: PlaybookVersion): PricedPlaybook {
  const from = parseDay(row.in_force_from);
  if (from === null) throw new RangeError(`Expected a day of the calendar, got ${row.in_force_from}.`);
  return {
    version: row.version,
    from,
    helpers: row.helpers,
    highestLevel: row.highest_level,
    offers: row.offers,
    ceilingMinor: row.ceiling_minor,
    currency: row.ceiling_currency,
  };
}

function withStates(versions: readonly PlaybookVersion[], today: string): VersionView[] {
  const inForce = versions.findLastIndex((one) => one.in_force_from <= today);
  return versions.map((version, i) => {
    const next = parseDay(versions[i + 1]?.in_force_from ?? "");
    const state = i === inForce ? "in_force" : i < inForce ? "past" : "planned";
    return { ...version, state, until: next === null ? null : formatDay(next - 1) };
  });
}

/** What the page of a cause says of its playbook. */
export async function playbookLine(
  requested: RequestedSnapshot,
  causeId: number,
): Promise<PlaybookLineProps> {
  const { versions, asked } = await requestPlaybook(requested, causeId, "from_now_on");
  const href = playbookHref(requested.snapshot.workspace, causeId);
  const inForce = versions.find(({ state }) => state === "in_force");
  if (inForce === undefined) return { href, planned: versions[0]?.in_force_from ?? null, inForce: null };
  const found = (await requested.page("adherence", asked)).find(({ version }) => version === inForce.version);
  return {
    href,
    planned: null,
    inForce: {
      version: inForce.version,
      from: inForce.in_force_from,
      cases: found?.cases ?? 0,
      whole: found?.whole ?? { hits: 0, n: 0, share: null, interval: null },
      unknown: found?.unknown ?? 0,
      hasRules: (found?.table.rows.length ?? 0) > 0,
    },
  };
}

/** All that the page of a playbook shows. */
export async function playbookView(requested: RequestedSnapshot, causeId: number) {
  const { services, snapshot, page, today } = requested;
  const { db } = services.database;
  const { workspace } = snapshot;
  const { versions, asked } = await requestPlaybook(requested, causeId);
  const found = new Map((await page("adherence", asked)).map((one) => [one.version, one]));
  const { handling: _, ...askedOfEvidence } = asked;
  const merged = await listMerged(db, workspace.id, causeId);
  const resting = await listCausesWithPlaybook(
    db,
    workspace.id,
    merged.map((cause) => cause.cause_id),
  );
  return {
    today: formatDay(today),
    timeZone: workspace.timeZone,
    versions: versions
      .map((version) => ({ ...version, adherence: found.get(version.version)?.table ?? null }))
      .toReversed(),
    resting: merged
      .filter((cause) => resting.includes(cause.cause_id))
      .map((cause) => cause.name ?? cause.label),
    evidence: await page("playbookEvidence", askedOfEvidence),
  };
}

export function playbookHref(workspace: Workspace, causeId: number): string {
  return `/w/${encodeURIComponent(workspace.name)}/causes/${causeId}/playbook`;
}

/** The page of a list of the cases that broke a rule of a version. */
export async function brokenCasesOf(
  requested: RequestedSnapshot,
  causeId: number,
  wanted: { version: number; rule: PlaybookRule; page: number; pageSize: number },
) {
  const { versions, asked } = await requestPlaybook(requested, causeId);
  const version = versions.find((one) => one.version === wanted.version);
  const broken = await requested.page("brokenCases", { ...asked, ...wanted });
  if (version === undefined || broken === null)
    throw notFound(
      `The playbook of this cause has no version ${wanted.version}. Its page lists those that there are.`,
    );
  return { version, ...broken };
}
