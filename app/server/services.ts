import type { PartsInput } from "#analytics/causes/parts-in-worker.ts";
import type { CausePart } from "#analytics/causes/propose-parts.ts";
import type { Day } from "#analytics/period.ts";
import type { FoundGroups } from "#app/pages/emerging.ts";
import type { Pages } from "#app/pages/pages.ts";
import type { Snapshot } from "#app/tables/view.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import type { AnalysisQueue } from "./analysis-queue.ts";
import type { Assigner } from "./assigners.ts";
import type { ImportJobs } from "./import-jobs.ts";
import type { PageThreads } from "./page-threads.ts";

/** What a request needs of the process around it. Made once by the command line; handed on in the context. */
export interface Services {
  database: OpenDatabase;
  /**
   * The columns of a workspace as of the last commit, or of a few seconds before while a load is under way;
   * `undefined` where there is no such workspace.
   */
  snapshot(workspaceName: string): Promise<Snapshot | undefined>;
  /** To be called when a person has changed something: the next snapshot has it, also while a load is under way. */
  forgetSnapshot(workspaceName: string): void;
  /** What pages show of a snapshot, computed on threads of their own. */
  pages: PageThreads<Pages>;
  /** What assigns cases by the workspace's current run; `null` where it has left none. */
  assigner(workspaceId: number): Promise<Assigner | null>;
  /** Emerging cases that are alike, found in a thread of its own when first asked for: two to three seconds where there are thousands. */
  emergingGroups(snapshot: Snapshot): Promise<FoundGroups>;
  analysis: AnalysisQueue;
  /** Parts of one cause, found in a thread of its own: seconds for some thousand cases. */
  partsOf(input: PartsInput): Promise<CausePart[]>;
  imports: ImportJobs;
  /** Directory of the files that were sent here and are still needed. */
  uploads: string;
  /** The one place that holds "today": the clock's day in the workspace's time zone, or `--as-of`. */
  today(timeZone: string): Day;
  version: string;
}
