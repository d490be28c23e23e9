import { indexWords } from "#db/imports/store/index-words.ts";
import { afterLoad } from "#db/maintenance.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { needsAnalysis } from "#db/queries/analysis.ts";
import { findWorkspace } from "#db/workspaces.ts";
import { type AnalysisProgress, analyse } from "./analyse.ts";
import { assignNewCases } from "./assign-new-cases.ts";
import { makeStaleSegments } from "./segments/keep-segments.ts";

/**
 * What a load leaves to do, so that it is quick itself: the planner's statistics and the tables' dead rows, the columns of the months it touched, the new
 * cases' places among the causes that there are, the words to search by, and the causes anew. Each step does nothing where nothing has changed.
 * @param onProgress how far it is with the causes; not called where they stay as they are
 * @param embedder folder of the sentence model that is set
 * @param signal ends it before or while it looks for causes; the words are made all the same
 */
export async function settleLoad(
  database: OpenDatabase,
  workspaceName: string,
  {
    onProgress = () => {},
    signal,
    embedder,
  }: { onProgress?: AnalysisProgress; signal?: AbortSignal; embedder?: string | undefined } = {},
): Promise<void> {
  const workspace = await findWorkspace(database.db, workspaceName);
  if (workspace === undefined) return;
  await afterLoad(database);
  await makeStaleSegments(database, workspace.id);
  const findsCauses = await needsAnalysis(database.db, workspace.id);
  if (findsCauses) {
    const onVotes = (share: number) => onProgress("new cases", share);
    await assignNewCases(database.db, workspace, onVotes, embedder);
  }
  await indexWords(database, workspace.id, (share) => {
    if (findsCauses) onProgress("words to search by", share);
  });
  signal?.throwIfAborted();
  if (!findsCauses) return;
  await analyse(database.db, workspace, { onProgress, embedder, ...(signal && { signal }) });
  await makeStaleSegments(database, workspace.id);
}
