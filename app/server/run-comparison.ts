import { compareRuns } from "#analytics/causes/compare-runs.ts";
import type { ComparedRuns } from "#app/tables/run-tables.ts";
import { listCauseNames } from "#db/queries/cause-history.ts";
import { listClusters, loadFlows, type Run, type RunPair } from "#db/queries/runs.ts";
import type { Database } from "#db/schema.ts";

/** A run beside the one that it was matched to; `null` where there was none, or where it has no result. */
export async function comparedRuns(
  db: Database,
  run: Run,
  workspaceHref: string,
): Promise<(ComparedRuns & { pair: RunPair }) | null> {
  const { workspace_id: workspaceId, run_id: runId, base_run_id: base } = run;
  if (base === null || (run.state !== "proposed" && run.state !== "finished")) return null;
  const pair = { run: runId, base };
  const labels = new Map(
    (await listClusters(db, workspaceId, runId)).map(({ cause_id: id, label }) => [id, label]),
  );
  const causes = new Map((await listCauseNames(db, workspaceId)).map((cause) => [cause.causeId, cause]));
  return {
    comparison: compareRuns(await loadFlows(db, workspaceId, pair)),
    pair,
    nameOf(id) {
      const cause = causes.get(id);
      if (cause !== undefined) return cause.name ?? cause.label;
      return `${labels.get(id) ?? `cause ${id}`} (new)`; // another may be shown under the same label now
    },
    newLabelOf(id) {
      const cause = causes.get(id);
      const label = labels.get(id);
      // A person's name stays, and a published run's labels are those that are shown.
      const isShown = run.state === "proposed" && cause !== undefined && cause.name === null;
      return isShown && label !== undefined && label !== cause.label ? label : null;
    },
    causeHref: (id) => (causes.has(id) ? `${workspaceHref}/causes/${id}` : null),
    runHref: `${workspaceHref}/runs/${runId}`,
  };
}
