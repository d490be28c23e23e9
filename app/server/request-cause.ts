import { redirect } from "react-router";
import { hrefTo } from "#app/tables/view.ts";
import { loadRoots } from "#db/queries/cause-roots.ts";
import { type Cause, findCause } from "#db/queries/causes.ts";
import { notFound } from "./http-errors.ts";
import type { RequestedFilter } from "./request-view.ts";

/**
 * The cause that a path names; who asks for one that was merged into another is sent on to that one.
 * @param below what of the path stands behind the cause: "/playbook"
 */
export async function requestCause(
  { services, snapshot, asked }: RequestedFilter,
  causeId: number,
  below = "",
): Promise<Cause> {
  const { workspace } = snapshot;
  const { db } = services.database;
  const cause = await findCause(db, workspace.id, causeId);
  if (cause === undefined)
    throw notFound(`There is no cause ${causeId} in this workspace. The list of causes leads to each.`);
  if (cause.merged_into === null) return cause;
  const root = (await loadRoots(db, workspace.id)).get(causeId) ?? causeId;
  throw redirect(hrefTo(workspace, `causes/${root}${below}`, asked.filter), 303);
}
