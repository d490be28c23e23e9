import type { Workspace } from "#app/tables/view.ts";
import { searchCaseIds } from "#db/queries/cases.ts";
import type { Database } from "#db/schema.ts";

/** The ids of the cases whose text or source id has the words; `null`: no words are asked for. */
export async function caseHits(
  db: Database,
  workspace: Workspace,
  words: string | null,
): Promise<string[] | null> {
  const text = words?.replaceAll("\0", "").trim() ?? "";
  return text === "" ? null : searchCaseIds(db, workspace.id, text);
}
