import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyHeaders, type BusboyInstance } from "@fastify/busboy";
import { spaceProblem } from "#db/disk-space.ts";
import { maxFileBytes } from "#db/imports/read/limits.ts";
import { createDraft } from "#db/imports/store/import-record.ts";
import { badRequest } from "./http-errors.ts";
import type { Services } from "./services.ts";

/** A file in the directory of uploads, whole and on disk. */
export interface StoredUpload {
  upload: string;
  /** What people know it by. */
  name: string;
  sizeBytes: number;
  sha256: string;
}

/**
 * Streams the file of a form to the uploads, makes an import of it whose mapping is to be confirmed, and has it
 * examined in the background. Gives the import's id.
 * @throws a bad request when the form has no file, one that is too large, or the disk has no room for it
 */
export async function receiveUpload(
  request: Request,
  services: Services,
  workspaceId: number,
): Promise<number> {
  const length = Number(request.headers.get("content-length") ?? 0);
  const stored = await storeForm(request, services.uploads, length);
  const { import_id: importId } = await createDraft(services.database.db, workspaceId, {
    kind: "file",
    name: stored.name,
    sizeBytes: stored.sizeBytes,
    sha256: stored.sha256,
    preset: "generic",
    columns: [],
    mapping: null,
    layout: null,
    upload: stored.upload,
    encoding: null,
  });
  await services.imports.examine({ workspaceId, importId });
  return importId;
}

async function storeForm(request: Request, uploads: string, length: number): Promise<StoredUpload> {
  const contentType = request.headers.get("content-type") ?? "";
  if (request.body === null || !contentType.startsWith("multipart/form-data"))
    throw badRequest("The file must be sent by the form of this page.");
  await mkdir(uploads, { recursive: true });
  const noRoom = await spaceProblem(uploads, length);
  if (noRoom !== null) throw badRequest(noRoom);
  const form = openForm(contentType);
  let written: Promise<StoredUpload | undefined> | undefined;
  form.on("file", (_field, stream, name) => {
    written = storeStream(stream, uploads, name).then(async (stored) => {
      if (!stream.truncated && name !== "") return stored;
      await rm(join(uploads, stored.upload), { force: true });
      if (stream.truncated)
        throw badRequest(
          `The file is larger than ${maxFileBytes / 2 ** 30} GB; split it, then load the parts.`,
        );
      return undefined;
    });
    written.catch(() => {}); // awaited below, after the form has ended
  });
  const body = request.body as Parameters<typeof Readable.fromWeb>[0]; // the two types of stream differ in name only
  await pipeline(Readable.fromWeb(body), form).catch(refuseBrokenForm);
  const stored = await written;
  if (stored === undefined) throw badRequest("The form came without a file. Choose a file, then send it.");
  return stored;
}

/** Writes a stream into the uploads, and has it on disk before it is acknowledged. */
export async function storeStream(stream: Readable, uploads: string, name: string): Promise<StoredUpload> {
  await mkdir(uploads, { recursive: true });
  const upload = randomUUID();
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(stream, measure, createWriteStream(join(uploads, upload), { mode: 0o600, flush: true }));
  return { upload, name, sizeBytes, sha256: hash.digest("hex") };
}

function openForm(contentType: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { "content-type": contentType } satisfies BusboyHeaders,
      limits: { files: 1, fileSize: maxFileBytes, fields: 10, fieldSize: 10_000 },
    });
  } catch (error) {
    return refuseBrokenForm(error);
  }
}

/** The parser knows the errors of forms by no name of their own: whatever stops it came with the request. */
function refuseBrokenForm(error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  throw badRequest(`The form did not arrive whole (${why}). Nothing was loaded; send it again.`);
}
