import { type Granularity, granularityOf } from "#analytics/causes/granularity.ts";
import { runTitle } from "#app/runs/describe-run.ts";
import { findCurrentRun, listProposals } from "#db/queries/runs.ts";
import type { Services } from "./services.ts";

/** What a person needs to have the causes found anew. Plain data. */
export interface FindAnewView {
  runsHref: string;
  /** Of the published run; that of causes before there is one. */
  granularity: Granularity;
  /** Nothing may be asked for while a run is under way. */
  isBusy: boolean;
  proposals: { title: string; href: string }[];
}

export async function findAnewView(
  { database: { db }, analysis }: Services,
  workspace: { id: number; name: string },
): Promise<FindAnewView> {
  const runsHref = `/w/${encodeURIComponent(workspace.name)}/runs`;
  const published = await findCurrentRun(db, workspace.id);
  const { state } = await analysis.status(workspace.id);
  return {
    runsHref,
    granularity: published === undefined ? "causes" : granularityOf(published.method_id),
    isBusy: state === "running" || state === "waiting",
    proposals: (await listProposals(db, workspace.id)).map((run) => ({
      title: runTitle(run),
      href: `${runsHref}/${run.run_id}`,
    })),
  };
}
