import { needsAnalysis } from "#db/queries/analysis.ts";
import type { Database } from "#db/schema.ts";
import { findWorkspace, listWorkspaces } from "#db/workspaces.ts";
import { analyse } from "./analyse.ts";

export type AnalysisStatus =
  | { state: "idle" }
  | { state: "waiting" }
  | { state: "running"; stage: string; share: number }
  | { state: "failed"; reason: string };

/** Runs the cause engine in the background, one workspace after the other, so that pages stay quick. */
export class AnalysisQueue {
  readonly #db: Database;
  readonly #status = new Map<string, AnalysisStatus>();
  #tail: Promise<void> = Promise.resolve();

  constructor(db: Database) {
    this.#db = db;
  }

  status(workspaceName: string): AnalysisStatus {
    return this.#status.get(workspaceName) ?? { state: "idle" };
  }

  /** Every workspace that was loaded into after its causes were last found. */
  async requestWhereNeeded(): Promise<void> {
    for (const workspace of await listWorkspaces(this.#db)) this.request(workspace.name);
  }

  /** Finds the causes anew if a load has changed the cases. Failures are kept as a status, never thrown. */
  request(workspaceName: string): void {
    if (this.status(workspaceName).state === "waiting") return;
    this.#status.set(workspaceName, { state: "waiting" });
    this.#tail = this.#tail.then(() => this.#run(workspaceName));
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.#tail;
  }

  async #run(workspaceName: string): Promise<void> {
    try {
      const workspace = await findWorkspace(this.#db, workspaceName);
      if (workspace !== undefined && (await needsAnalysis(this.#db, workspace.id))) {
        await analyse(this.#db, workspace, {
          onProgress: (stage, share) => this.#status.set(workspaceName, { state: "running", stage, share }),
        });
      }
      this.#status.set(workspaceName, { state: "idle" });
    } catch (error) {
      this.#status.set(workspaceName, {
        state: "failed",
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }
}
