import { assignCases } from "#analytics/causes/assign-cases.ts";
import { parseAssigner } from "#analytics/causes/assigner-bytes.ts";
import type { FrozenAssigner } from "#analytics/causes/frozen-assigner.ts";
import { loadWordVectors } from "#analytics/causes/load-word-vectors.ts";
import {
  countUnseenCases,
  findAssigner,
  listCauseOfCluster,
  listUnseenCases,
  saveVotes,
  type Votes,
} from "#db/queries/assigners.ts";
import { countCases } from "#db/queries/count-cases.ts";
import type { Database } from "#db/schema.ts";
import { openRunEmbedder, type RunEmbedder } from "./run-embedder.ts";

/** So few that a page waits for some 50 ms at most. */
const casesAtOnce = 50;

/**
 * Gives the cases that came after the current run their place among its causes, by the vote of those most like them: so
 * pages count them at once, before the causes are found anew. Where most cases are new, the causes that there are say
 * little of them, and they wait for the new run; so do they where the current run has left no assigner, or used a sentence
 * model that is not the one in the folder `embedder`.
 */
export async function assignNewCases(
  db: Database,
  { id, current_run_id: runId }: { id: number; current_run_id: number | null },
  onProgress: (share: number) => void,
  embedder?: string,
): Promise<void> {
  if (runId === null) return;
  const unseen = await countUnseenCases(db, id, runId);
  if (unseen === 0 || 2 * unseen > (await countCases(db, id))) return;
  const stored = await findAssigner(db, id);
  const assigner = stored?.runId === runId ? parseAssigner(stored.content) : null;
  if (assigner === null) return;
  const runEmbedder = await openRunEmbedder(assigner, embedder);
  if (typeof runEmbedder === "string") return; // the run after it says so
  try {
    const report = (count: number) => onProgress(count / unseen);
    await saveVotes(db, id, runId, await collectVotes(db, { id, runId }, { assigner, runEmbedder, report }));
  } finally {
    await runEmbedder.close();
  }
}

async function collectVotes(
  db: Database,
  { id, runId }: { id: number; runId: number },
  {
    assigner,
    runEmbedder,
    report,
  }: { assigner: FrozenAssigner; runEmbedder: RunEmbedder; report: (count: number) => void },
): Promise<Votes> {
  const causeOf = await listCauseOfCluster(db, id, runId);
  const wordVectors = loadWordVectors();
  const votes: { [K in keyof Votes]: Votes[K][number][] } = { assigned: [], unassigned: [] };
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const cases = await listUnseenCases(db, id, { runId, after, limit: casesAtOnce });
    const known = { wordVectors, embeddings: await runEmbedder.embeddingsOf(cases) };
    for (const assigned of assignCases(assigner, cases, known)) {
      const { caseId, cluster, basis, similarity, terms, unassignedBecause } = assigned;
      const causeId = causeOf[cluster];
      if (basis !== null && causeId !== undefined)
        votes.assigned.push({ caseId, causeId, basis, similarity, terms });
      else if (unassignedBecause !== null) votes.unassigned.push({ caseId, because: unassignedBecause });
    }
    const last = cases.at(-1);
    if (last === undefined || cases.length < casesAtOnce) return votes;
    after = last.caseId;
    report(votes.assigned.length + votes.unassigned.length);
  }
}
