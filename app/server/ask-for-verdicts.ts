import type { Workspace } from "#app/tables/view.ts";
import { listSecondFixes } from "#db/queries/second-fixes.ts";
import type { Services } from "./services.ts";

/** After a change that may have taken a verdict back: the second fixes whose look has come are judged anew, in the background. */
export async function askForVerdicts(
  { database, analysis }: Services,
  { id, name }: Pick<Workspace, "id" | "name">,
): Promise<void> {
  const fixes = await listSecondFixes(database.db, id);
  if (fixes.some(({ state }) => state === "implemented")) await analysis.request(name);
}
