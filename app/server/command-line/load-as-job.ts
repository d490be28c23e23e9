import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { ImportKey } from "#app/server/import-jobs.ts";
import type { StoredUpload } from "#app/server/receive-upload.ts";
import type { Services } from "#app/server/services.ts";
import { BadInput } from "#db/imports/bad-input.ts";
import { examineToLoad, homeOf, type ImportResult } from "#db/imports/import-file.ts";
import { ImportPaused } from "#db/imports/run-import.ts";
import { countsOf, rowsRead } from "#db/imports/store/import-counts.ts";
import { createDraft, type ImportSource, isSecondHalf } from "#db/imports/store/import-record.ts";
import { findImport, type Import, listImports } from "#db/imports/store/queries.ts";
import { findOrCreateWorkspace } from "#db/workspaces.ts";
import { fileImport, keepCursor } from "./load-here.ts";
import type { LoadRequest, OnLoadProgress } from "./messages.ts";

/** The load ended before its file did; the message says why. */
class ImportStopped extends Error {
  override readonly name = "ImportStopped";
}

/**
 * A file of the command line, loaded by the server: it lies among the uploads, and its load goes on when the command
 * line is gone, or when the server starts again. @throws BadInput, ImportPaused, ImportStopped
 */
export async function loadAsJob(
  services: Services,
  stored: StoredUpload,
  request: LoadRequest,
  onProgress: OnLoadProgress,
): Promise<ImportResult> {
  const { database, imports } = services;
  const { row, warnings } = await begin(services, stored, request);
  const key = { workspaceId: row.workspace_id, importId: row.import_id };
  await imports.load(key, { rejectedAccepted: request.rejectedAccepted });
  await followJob(services, key, onProgress);
  const ended = await findImport(database.db, key.workspaceId, key.importId);
  if (ended?.state !== "finished") throw failureOf(ended);
  await keepCursor(database.db, key.workspaceId, request);
  const counts = countsOf(ended);
  const { cursor_row: resumedAfter } = row;
  return { ...key, preset: ended.preset, read: rowsRead(counts), counts, resumedAfter, warnings };
}

const pollMilliseconds = 100;
/** Whoever waits hears something at least so often. */
const beatMilliseconds = 5_000;

/** Tells how a job comes on, until it has ended. */
export async function followJob(
  { imports }: Services,
  key: ImportKey,
  onProgress: OnLoadProgress,
): Promise<void> {
  let [told, toldAt] = ["", 0];
  for (let job = imports.job(key); job !== null; job = imports.job(key)) {
    const { waiting, share, counts } = job;
    const now = performance.now();
    if (told !== `${waiting} ${share}` || now - toldAt > beatMilliseconds) {
      [told, toldAt] = [`${waiting} ${share}`, now];
      onProgress({ stage: waiting ? "waiting" : "loading", share, counts });
    }
    await delay(pollMilliseconds);
  }
}

/** The import that the file becomes, or that it goes on with. The file is gone where it can't be loaded. */
async function begin(
  services: Services,
  stored: StoredUpload,
  request: LoadRequest,
): Promise<{ row: Import; warnings: readonly string[] }> {
  const { database, uploads } = services;
  const { db } = database;
  const path = join(uploads, stored.upload);
  try {
    const wanted = await fileImport(db, { path, stageIn: uploads }, request);
    const { examined, source } = await examineToLoad(database, wanted);
    if (examined.file.path !== path) await rm(examined.file.path, { force: true });
    const { id } = await findOrCreateWorkspace(db, homeOf(wanted));
    const earlier = await findFirstHalf(db, id, source);
    const { warnings } = examined.proposal;
    if (earlier === undefined)
      return { row: await createDraft(db, id, { ...source, upload: stored.upload }), warnings };
    await rm(path, { force: true });
    return { row: earlier, warnings };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** The same file, whose load paused, failed, or is under way still, and which the server has. */
async function findFirstHalf(
  db: Services["database"]["db"],
  workspaceId: number,
  source: ImportSource,
): Promise<Import | undefined> {
  const latest = (await listImports(db, workspaceId)).find(({ state }) => state !== "draft");
  return latest !== undefined && latest.upload !== null && isSecondHalf(latest, source) ? latest : undefined;
}

function failureOf(row: Import | undefined): Error {
  const why = row?.failure ?? null;
  if (row?.state === "paused")
    return new ImportPaused(why ?? "The load waits for a decision.", row.paused_for ?? "rejected_rows");
  if (row?.state === "running")
    return new ImportStopped("The server is being stopped. It goes on with the load at its next start.");
  if (row?.state === "undone") return new BadInput("The import was undone meanwhile.");
  return new ImportStopped(why ?? "The load did not come to its end; the server's log has the reason.");
}
