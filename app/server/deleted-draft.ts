import type { DeletedDraftProps } from "#app/components/deleted-draft.tsx";
import { listFactors } from "#db/queries/retrospectives.ts";
import { fixesToTick, newHref } from "./retrospective-form.ts";
import { findSubject } from "./retrospective-subject.ts";
import { deletionText, type RequestedDeletion } from "./retrospective-views.ts";

/** What the page of a draft that is deleted shows, whatever was typed. */
export async function deletedDraft(
  requested: RequestedDeletion,
): Promise<Omit<DeletedDraftProps, "written">> {
  const { services, snapshot, deletion, listHref } = requested;
  const { workspace } = snapshot;
  const { db } = services.database;
  const { fixes } = await findSubject(requested, deletion.of);
  return {
    sentence: deletionText(deletion, workspace.timeZone),
    fixes: await fixesToTick(db, workspace.id, { offered: fixes, ticked: deletion.fixIds }),
    knownFactors: await listFactors(db, workspace.id),
    newHref: newHref(listHref, deletion.of),
    listHref,
  };
}
