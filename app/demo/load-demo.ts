import type { CaseRecord } from "#analytics/case.ts";
import { inOrder } from "#analytics/causes/read-cases.ts";
import { formatDay, parseDay } from "#analytics/period.ts";
import { analyse, cluster } from "#app/server/analyse.ts";
import { judgeFixes } from "#app/server/judge-fixes.ts";
import { importRecords } from "#db/imports/import-records.ts";
import { caseIdOf } from "#db/imports/store/case-id.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { type AnalysedFields, caseForAnalysis, loadAssignment } from "#db/queries/analysis.ts";
import { callCause } from "#db/queries/cause-calls.ts";
import { listSecondFixes, moveFix, openFix } from "#db/queries/second-fixes.ts";
import type { Database } from "#db/schema.ts";
import { findOrCreateWorkspace, findWorkspace, listWorkspaces } from "#db/workspaces.ts";
import { knownUntil } from "./known-until.ts";
import { type PlantedFix, type Simulation, simulateCompany } from "./simulate-company.ts";
import { writePlaybook, writeRetrospective } from "./write-learning.ts";

export const demoWorkspace = "demo";
const seed = 1;
/** How long after a fix its effect is looked at, and how long it is watched. */
const checkAfterDays = 91;
const watchDays = 182;

/**
 * The demo's company as of a day (`YYYY-MM-DD`).
 * @param until an earlier day, at the start of which it is to be known
 */
export function simulateDemo(asOf: string, until?: string): Simulation {
  const company = simulateCompany({ asOf, seed });
  return until === undefined ? company : knownUntil(company, until);
}

/** True where nothing is loaded, or where a first start was stopped before the demo was whole. */
export async function demoIsWanted(database: OpenDatabase): Promise<boolean> {
  const [first, ...others] = await listWorkspaces(database.db);
  if (first === undefined) return true;
  const isDemo = others.length === 0 && first.name === demoWorkspace && first.simulated;
  return isDemo && (await listSecondFixes(database.db, first.id)).length === 0;
}

/**
 * Loads the simulated company: its cases through the same path as any import, then its causes, then the second
 * fixes that it decided, its playbooks and its retrospectives, each on the cause that holds most of the cases it was
 * planted for. Loading it again changes nothing.
 */
export async function loadDemo(
  database: OpenDatabase,
  simulation: Simulation,
  onProgress: (sentence: string) => void,
): Promise<void> {
  const { company, cases } = simulation;
  const workspace = await findOrCreateWorkspace(database.db, {
    name: demoWorkspace,
    timeZone: company.timeZone,
    fiscalYearStartMonth: company.fiscalYearStartMonth,
    simulated: true,
  });
  // While the database writes the cases, another thread finds their causes.
  const clustering = cluster([
    inOrder(cases.map((record) => caseForAnalysis(analysedFields(workspace.id, record)))),
  ]);
  clustering.catch(() => undefined); // awaited by the analysis, unless the load fails first
  await importRecords(database, workspace, cases, {
    name: company.name,
    onProgress: ({ share }) => onProgress(`Loading the simulated company: ${Math.round(share * 100)} %`),
  });
  onProgress("Finding its recurring causes");
  await analyse(database.db, workspace, { clustering });
  const analysed = await findWorkspace(database.db, demoWorkspace);
  if (analysed?.current_run_id == null)
    throw new Error("The demo's causes were found, but no run is current.");
  const causeOf = await loadAssignment(database.db, workspace.id, analysed.current_run_id);
  if ((await listSecondFixes(database.db, workspace.id)).length === 0)
    await decide(database.db, workspace.id, simulation, causeOf);
  onProgress("Judging its second fixes");
  await judgeFixes(database.db, workspace.id, { today: parseDay(simulation.asOf)! });
}

/** The fields of a record that the cause engine reads, as the database will give them back. */
export function analysedFields(workspaceId: number, record: CaseRecord): AnalysedFields {
  return {
    caseId: caseIdOf(workspaceId, record.source_system, record.source_case_id),
    title: record.title,
    narrative: record.narrative,
    contactReason: record.contact_reason,
    product: record.product,
    channel: record.channel,
  };
}

/** What the company called, decided, did and wrote down, each on the cause that holds most of the cases it was planted for. */
async function decide(
  db: Database,
  workspaceId: number,
  { company, secondFixes, plannedFixes, calls, playbooks, retrospectives, causeOf }: Simulation,
  foundCauseOf: ReadonlyMap<string, number>,
): Promise<void> {
  const causeIdOf = (causeKey: string) => {
    const found = [...causeOf]
      .filter(([, key]) => key === causeKey)
      .map(([sourceId]) => foundCauseOf.get(caseIdOf(workspaceId, "demo", sourceId)));
    return mostFrequent(found.filter((id) => id !== undefined));
  };
  for (const { causeKey, by: actor, ...call } of calls) {
    const causeId = causeIdOf(causeKey);
    if (causeId !== undefined) await callCause(db, workspaceId, causeId, { ...call, actor });
  }
  for (const { causeKey, ...fix } of [...secondFixes, ...plannedFixes]) {
    const causeId = causeIdOf(causeKey);
    if (causeId !== undefined) await decideFix(db, { workspaceId, causeId, currency: company.currency }, fix);
  }
  for (const playbook of playbooks) {
    const causeId = causeIdOf(playbook.causeKey);
    if (causeId !== undefined) await writePlaybook(db, { workspaceId, causeId, company }, playbook);
  }
  // After the fixes, which their actions name.
  for (const retrospective of retrospectives) {
    const causeId = causeIdOf(retrospective.causeKey);
    if (causeId !== undefined) await writeRetrospective(db, { workspaceId, causeId, company }, retrospective);
  }
}

async function decideFix(
  db: Database,
  { workspaceId, causeId, currency }: { workspaceId: number; causeId: number; currency: string },
  {
    openedOn,
    hopedCut,
    cost,
    implementedOn,
    ...said
  }: Omit<PlantedFix, "causeKey"> & { implementedOn?: string },
): Promise<void> {
  const actor = said.owner;
  const reason = "Many customers told the same story.";
  await callCause(db, workspaceId, causeId, {
    call: "fix",
    calledOn: openedOn,
    reviewOn: null,
    reason,
    actor,
  });
  const inPlace = parseDay(implementedOn ?? said.dueOn)!; // by the calendar of the simulation
  const fixId = await openFix(db, workspaceId, {
    ...said,
    causeId,
    actor,
    openedOn,
    cost: { minor: cost, currency },
    ticketUrl: null,
    check: {
      exposure: null,
      washInDays: 14,
      targetCut: hopedCut,
      checkOn: formatDay(inPlace + checkAfterDays),
      windowEnd: formatDay(inPlace + watchDays),
    },
  });
  const step =
    implementedOn === undefined
      ? { to: "planned" as const }
      : { to: "implemented" as const, from: implementedOn, till: implementedOn, baseline: null };
  await moveFix(db, { workspaceId, fixId, actor }, step);
}

function mostFrequent(ids: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || a - b)[0]?.[0];
}
