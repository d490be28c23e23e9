import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { BadInput } from "#db/imports/bad-input.ts";
import type { DraftFindings } from "#db/imports/draft.ts";
import { dryRun } from "#db/imports/dry-run.ts";
import { type ExamineWish, examineFile } from "#db/imports/examine-file.ts";
import { type FileToLoad, loadFile } from "#db/imports/import-file.ts";
import { EncodingUnsure } from "#db/imports/read/encodings.ts";
import { readyFile } from "#db/imports/read/ready-file.ts";
import { ImportPaused } from "#db/imports/run-import.ts";
import type { ImportCounts } from "#db/imports/store/import-counts.ts";
import { rowsRead } from "#db/imports/store/import-counts.ts";
import { changeDraft, failIfRunning, startImport } from "#db/imports/store/import-record.ts";
import { takeImportTurn } from "#db/imports/store/import-turn.ts";
import {
  findImport,
  findMappingOf,
  forgetUpload,
  type Import,
  listInterruptedImports,
} from "#db/imports/store/queries.ts";
import { undoImport } from "#db/imports/store/undo-import.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { findWorkspaceById, type Workspace } from "#db/workspaces.ts";
import { Rate } from "./rate.ts";

/** An import by its keys. */
export interface ImportKey {
  workspaceId: number;
  importId: number;
}

/** Work on an import that is under way in this process. */
export interface ImportJob {
  kind: "examine" | "dry_run" | "load" | "undo";
  /** Waits for an earlier import of the workspace. */
  waiting: boolean;
  /** Share of the source that is done, 0 to 1. */
  share: number;
  /** Of a load or a dry run so far. */
  counts: ImportCounts | null;
  /** `null` until it can be told. */
  rowsPerSecond: number | null;
  secondsLeft: number | null;
}

interface Surroundings {
  database: OpenDatabase;
  uploads: string;
  /** Called when what a workspace holds has changed. */
  onLoaded: (workspaceName: string) => void;
}

type Report = (progress: { share: number; counts?: ImportCounts }) => void;

/** An import with its workspace and its file, as far as it has one. */
interface Subject {
  row: Import;
  workspace: Workspace;
  path: string | null;
}

/**
 * Work on imports that outlives the request which asked for it. What is committed stands in the database; this holds
 * only how far each has come, and starts no second work on an import while one is under way.
 */
export class ImportJobs {
  readonly #around: Surroundings;
  readonly #jobs = new Map<string, { key: ImportKey; job: ImportJob; done: Promise<void> }>();
  readonly #stopping = new AbortController();

  constructor(around: Surroundings) {
    this.#around = around;
  }

  job(key: ImportKey): ImportJob | null {
    return this.#jobs.get(nameOf(key))?.job ?? null;
  }

  /** The load or undo that is changing a workspace's cases now: there is at most one. */
  changing(workspaceId: number): (ImportKey & { job: ImportJob }) | null {
    for (const { key, job } of this.#jobs.values())
      if (key.workspaceId === workspaceId && !job.waiting && (job.kind === "load" || job.kind === "undo"))
        return { ...key, job };
    return null;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#jobs.size > 0) await Promise.all([...this.#jobs.values()].map(({ done }) => done));
  }

  /** Ends what is under way at its next safe point. A load that is cut short goes on at the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error("The program is being stopped."));
    await this.idle();
  }

  /** Looks at the file of a draft, and proposes a mapping. */
  async examine(key: ImportKey, wish: ExamineWish = {}): Promise<void> {
    this.#start(key, "examine", async (report) => {
      const { row, workspace, path } = await this.#subject(key);
      if (row.state !== "draft" || path === null) return;
      const { db } = this.#around.database;
      const change = await examined(
        { path, name: row.file_name, stageIn: this.#around.uploads },
        {
          mappingOf: (columns) => findMappingOf(db, workspace.id, columns),
          encoding: row.text_encoding ?? undefined,
          ...wish,
        },
        report,
      );
      await changeDraft(db, row, { ...change, encoding: wish.encoding ?? row.text_encoding });
    });
  }

  /** Tries what the load of a draft would do. */
  async dryRun(key: ImportKey): Promise<void> {
    this.#start(key, "dry_run", async (report) => {
      const subject = await this.#subject(key);
      if (subject.row.state !== "draft") return;
      await this.#withFile(subject, report, async (toLoad) => {
        const result = await dryRun(this.#around.database, key.importId, toLoad);
        await changeDraft(this.#around.database.db, subject.row, { dryRun: result });
      });
    });
  }

  /** Loads a draft, or goes on with an import that paused or failed. */
  async load(key: ImportKey, { rejectedAccepted }: { rejectedAccepted: boolean }): Promise<void> {
    const { db } = this.#around.database;
    const keys = { workspace_id: key.workspaceId, import_id: key.importId };
    if ((await startImport(db, keys, { rejectedAccepted })) !== undefined) this.#load(key);
  }

  /** Goes on with the loads that were under way when the program was stopped. */
  async resume(): Promise<void> {
    for (const row of await listInterruptedImports(this.#around.database.db))
      this.#load({ workspaceId: row.workspace_id, importId: row.import_id });
  }

  async undo(key: ImportKey): Promise<void> {
    this.#start(key, "undo", async (report) => {
      const { workspace } = await this.#subject(key);
      await undoImport(this.#around.database, key.workspaceId, key.importId, (share) => report({ share }));
      await this.#forgetFile(key);
      this.#around.onLoaded(workspace.name);
    });
  }

  #load(key: ImportKey): void {
    this.#start(key, "load", async (report) => {
      const { database } = this.#around;
      const first = await this.#subject(key);
      try {
        await takeImportTurn(database, key.workspaceId, async (turn) => {
          // Another process may have gone on with it meanwhile.
          const subject = await turn(({ db }) => this.#subject(key, db));
          if (subject.row.state !== "running") return;
          await this.#withFile(subject, report, (toLoad) => loadFile(database, turn, subject.row, toLoad));
        });
        await this.#forgetFile(key);
      } finally {
        this.#around.onLoaded(first.workspace.name);
      }
    });
  }

  /** Takes the file of an import away that will not be read again. */
  async #forgetFile(key: ImportKey): Promise<void> {
    const { database, uploads } = this.#around;
    const upload = await forgetUpload(database.db, key);
    if (upload !== null) await rm(join(uploads, upload), { force: true });
  }

  #start(key: ImportKey, kind: ImportJob["kind"], work: (report: Report) => Promise<void>): void {
    const name = nameOf(key);
    if (this.#jobs.has(name)) return;
    const rate = new Rate();
    const job: ImportJob = {
      kind,
      waiting: true,
      share: 0,
      counts: null,
      rowsPerSecond: null,
      secondsLeft: null,
    };
    const report: Report = ({ share, counts }) => {
      this.#stopping.signal.throwIfAborted();
      const seen = rate.at(performance.now(), share, counts === undefined ? 0 : rowsRead(counts));
      Object.assign(job, { waiting: false, share, counts: counts ?? null, ...seen });
    };
    const done = work(report)
      .catch((error: unknown) => this.#explain(key, kind, error))
      .finally(() => this.#jobs.delete(name));
    this.#jobs.set(name, { key, job, done });
  }

  /** Whatever stops a work stands in the import's row in the end, where the page finds it. */
  async #explain(key: ImportKey, kind: ImportJob["kind"], error: unknown): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const sentence = error instanceof Error ? error.message : String(error);
    const isForeseen = error instanceof BadInput || error instanceof ImportPaused;
    if (!isForeseen) console.error(error);
    const { db } = this.#around.database;
    const keys = { workspace_id: key.workspaceId, import_id: key.importId };
    try {
      if (kind === "load") await failIfRunning(db, keys, `It stopped: ${sentence}`);
      if (kind === "dry_run") await changeDraft(db, keys, { failure: sentence });
      if (kind === "examine")
        await changeDraft(db, keys, { examination: { state: "refused", sentence } satisfies DraftFindings });
    } catch (second) {
      console.error(second); // the database itself is gone: the next start goes on
    }
  }

  async #subject({ workspaceId, importId }: ImportKey, db = this.#around.database.db): Promise<Subject> {
    const { uploads } = this.#around;
    const row = await findImport(db, workspaceId, importId);
    const workspace = await findWorkspaceById(db, workspaceId);
    if (row === undefined || workspace === undefined)
      throw new Error(`The import ${importId} went away while it was worked on.`);
    return { row, workspace, path: row.upload === null ? null : join(uploads, row.upload) };
  }

  async #withFile<T>(
    { row, workspace, path }: Subject,
    report: Report,
    work: (toLoad: FileToLoad) => Promise<T>,
  ): Promise<T> {
    const { layout, mapping } = row;
    if (path === null || layout === null || mapping === null || !existsSync(path))
      throw new BadInput(`The file ${row.file_name} is no longer here; send it again.`);
    const { uploads: stageIn } = this.#around;
    const encoding = row.text_encoding;
    const file = await readyFile(path, {
      name: row.file_name,
      stageIn,
      ...(encoding !== null && { encoding }),
    });
    try {
      const { signal } = this.#stopping;
      return await work({ file, layout, mapping, workspace, stageIn, signal, onProgress: report });
    } finally {
      if (file.path !== path) await rm(file.path, { force: true });
    }
  }
}

function nameOf({ workspaceId, importId }: ImportKey): string {
  return `${workspaceId}/${importId}`;
}

/** What was found in a file, also where it is that it can't be loaded. */
async function examined(
  file: { path: string; name: string; stageIn: string },
  wish: ExamineWish,
  report: Report,
): Promise<Parameters<typeof changeDraft>[2]> {
  try {
    const found = await examineFile({ ...file, wish, onProgress: (share) => report({ share }) });
    if (found.file.path !== file.path) await rm(found.file.path, { force: true });
    const { mapping, ...proposal } = found.proposal;
    const { encoding, compressed } = found.file;
    const { skippedLines, firstRows, examination, layout } = found;
    const findings: DraftFindings = {
      state: "read",
      encoding,
      compressed,
      skippedLines,
      firstRows,
      examination,
      proposal,
    };
    return { layout, mapping, examination: findings, totalRows: examination.rows };
  } catch (error) {
    if (error instanceof EncodingUnsure) {
      const { message: sentence, candidates } = error;
      const findings: DraftFindings = { state: "encoding_unsure", sentence, candidates: [...candidates] };
      return { examination: findings };
    }
    if (!(error instanceof BadInput)) throw error;
    return { examination: { state: "refused", sentence: error.message } satisfies DraftFindings };
  }
}
