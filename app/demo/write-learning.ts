import { Temporal } from "temporal-polyfill";
import { caseIdOf } from "#db/imports/store/case-id.ts";
import {
  createRetrospective,
  publishRetrospective,
  reviewRetrospective,
} from "#db/queries/change-retrospective.ts";
import { addPlaybookVersion } from "#db/queries/playbooks.ts";
import type { RetrospectiveOf } from "#db/queries/retrospectives.ts";
import { listFixesOfCause } from "#db/queries/second-fixes.ts";
import type { Database } from "#db/schema.ts";
import type { DoneOn, PlantedPlaybook, PlantedRetrospective } from "./dated-learning.ts";
import type { Simulation } from "./simulate-company.ts";

/** Where it is written: the found cause, and how the company counts days and money. */
interface Place {
  workspaceId: number;
  causeId: number;
  company: Simulation["company"];
}

/** At this hour of their day people wrote, reviewed and published. */
const hour = "15:00";

/** Adds a version to the playbook of a cause, as a person's form does. */
export async function writePlaybook(
  db: Database,
  { workspaceId, causeId, company }: Place,
  { helpers, highestLevel, offers, ceilingMinor, notes, reason, ...said }: PlantedPlaybook,
): Promise<void> {
  const added = await addPlaybookVersion(db, workspaceId, {
    causeId,
    helpers,
    highestLevel,
    offers,
    ceiling: { minor: ceilingMinor, currency: company.currency },
    notes,
    reason,
    inForceFrom: said.inForceFrom,
    actor: said.by,
    today: said.writtenOn,
    at: instantOn(said.writtenOn, company.timeZone),
  });
  if ("refused" in added)
    throw new Error(
      `The demo's playbook from ${said.inForceFrom} was refused (${added.refused}), expected a version.`,
    );
}

/**
 * Writes a retrospective, and has it reviewed and published by whom it was, as people's forms do. Its actions are the second
 * fixes of the cause that had been decided when it was written.
 */
export async function writeRetrospective(
  db: Database,
  { workspaceId, causeId, company }: Place,
  { title, texts, factors, whys, actions, ...said }: PlantedRetrospective,
): Promise<void> {
  const of: RetrospectiveOf =
    said.sourceCaseId === null ? { causeId } : { caseId: caseIdOf(workspaceId, "demo", said.sourceCaseId) };
  const decided = (await listFixesOfCause(db, workspaceId, causeId)).filter(
    (fix) => fix.opened_on <= said.written.on,
  );
  const doneBy = ({ on, by }: DoneOn) => ({
    actor: by,
    at: instantOn(on, company.timeZone),
  });
  const id = await createRetrospective(db, workspaceId, {
    of,
    content: { title, texts, factors, whys, actions, fixIds: decided.map((fix) => fix.fix_id) },
    imported: null,
    ...doneBy(said.written),
  });
  if (said.reviewed === null) return;
  await reviewRetrospective(db, workspaceId, { id, revision: 1, ...doneBy(said.reviewed) });
  if (said.published === null) return;
  await publishRetrospective(db, workspaceId, { id, revision: 2, ...doneBy(said.published) });
}

function instantOn(day: string, timeZone: string): string {
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: hour }).toInstant().toString();
}
