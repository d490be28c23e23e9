import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { storeStream } from "#app/server/receive-upload.ts";
import type { Services } from "#app/server/services.ts";
import { BadInput } from "#db/imports/bad-input.ts";
import { maxFileBytes } from "#db/imports/read/limits.ts";
import { findImport } from "#db/imports/store/queries.ts";
import { listImportsHere, planUndoHere, sourceCursorHere, undoable } from "./imports-here.ts";
import { followJob, loadAsJob } from "./load-as-job.ts";
import { tryHere } from "./load-here.ts";
import type { DoorWorks, OnLoadProgress } from "./messages.ts";

interface Asked<Question> {
  services: Services;
  question: Question;
  /** The bytes behind the question: a file, where one belongs to it. */
  body: Readable;
  onProgress: OnLoadProgress;
}

type Work<Name extends keyof DoorWorks> = (
  asked: Asked<DoorWorks[Name]["asks"]>,
) => Promise<DoorWorks[Name]["answers"]>;

/** What the server does for the command line. */
export const doorWorks: { readonly [Name in keyof DoorWorks]: Work<Name> } = {
  async load({ services, question, body, onProgress }) {
    const stored = await storeFile(services, body, question.name);
    return loadAsJob(services, stored, question, onProgress);
  },
  async try({ services, question, body, onProgress }) {
    const { uploads, database } = services;
    const { upload } = await storeFile(services, body, question.name);
    const path = join(uploads, upload);
    try {
      return await tryHere(database, { path, stageIn: uploads }, question, onProgress);
    } finally {
      await rm(path, { force: true });
    }
  },
  "plan-undo": ({ services, question }) => planUndoHere(services.database.db, question),
  async undo({ services, question, onProgress }) {
    const { database, imports } = services;
    const { workspace_id: workspaceId, import_id: importId } = await undoable(database.db, question);
    const key = { workspaceId, importId };
    await imports.undo(key);
    await followJob(services, key, onProgress);
    const row = await findImport(database.db, workspaceId, importId);
    if (row?.state === "undone") return null;
    throw new Error(`The import ${importId} was not undone; the server's log has the reason. Undo it again.`);
  },
  imports: ({ services, question }) => listImportsHere(services.database.db, question),
  "source-cursor": ({ services, question }) => sourceCursorHere(services.database.db, question),
};

async function storeFile({ uploads }: Services, body: Readable, name: string) {
  const stored = await storeStream(body, uploads, name);
  if (stored.sizeBytes <= maxFileBytes) return stored;
  await rm(join(uploads, stored.upload), { force: true });
  throw new BadInput(`${name} is larger than ${maxFileBytes / 2 ** 30} GB; split it, then load the parts.`);
}
