import type { OpenDatabase } from "#db/open-database.ts";
import { listWorkspaces } from "#db/workspaces.ts";
import { settleLoad } from "./settle-load.ts";

export type AnalysisStatus =
  | { state: "idle" }
  | { state: "waiting" }
  | { state: "running"; stage: string; share: number }
  | { state: "failed"; reason: string };

/** Does what loads leave to do in the background, one workspace after the other, so that pages stay quick. */
export class AnalysisQueue {
  readonly #database: OpenDatabase;
  readonly #status = new Map<string, AnalysisStatus>();
  #tail: Promise<void> = Promise.resolve();

  constructor(database: OpenDatabase) {
    this.#database = database;
  }

  status(workspaceName: string): AnalysisStatus {
    return this.#status.get(workspaceName) ?? { state: "idle" };
  }

  /** Every workspace that was loaded into after its causes were last found. */
  async requestWhereNeeded(): Promise<void> {
    for (const workspace of await listWorkspaces(this.#database.db)) this.request(workspace.name);
  }

  /** Finds words and causes anew where a load has changed the cases. Failures are kept as a status, never thrown. */
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
      await settleLoad(this.#database, workspaceName, (stage, share) =>
        this.#status.set(workspaceName, { state: "running", stage, share }),
      );
      this.#status.set(workspaceName, { state: "idle" });
    } catch (error) {
      this.#status.set(workspaceName, {
        state: "failed",
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }
}
