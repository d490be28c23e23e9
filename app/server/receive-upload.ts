import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyHeaders, type BusboyInstance } from "@fastify/busboy";
import { badRequest } from "./http-errors.ts";

/** The most that one upload may have; a larger file is loaded by the command line, which streams it from disk. */
const mostBytes = 500 * 1024 * 1024;

/**
 * Writes the file of a form to a temporary directory, hands its path to `use`, and takes it away again. The file is
 * streamed, so that memory does not grow with it.
 * @throws a bad request when the form has no file, or one that is too large
 */
export async function withUploadedFile<T>(
  request: Request,
  use: (file: { path: string; name: string }) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "fixtwice-"));
  try {
    const path = join(directory, "upload");
    const name = await writeFirstFile(request, path);
    if (name === undefined)
      throw badRequest("The form came without a file. Choose a CSV file, then send it.");
    return await use({ path, name });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function writeFirstFile(request: Request, path: string): Promise<string | undefined> {
  const contentType = request.headers.get("content-type") ?? "";
  if (request.body === null || !contentType.startsWith("multipart/form-data"))
    throw badRequest("The file must be sent by the form of this page.");
  const form = openForm(contentType);
  let written: Promise<string | undefined> | undefined;
  form.on("file", (_field, stream, name) => {
    written = pipeline(stream, createWriteStream(path, { mode: 0o600 })).then(() => {
      if (stream.truncated)
        throw badRequest("The file is larger than 500 MB. Load it on the server: fixtwice import FILE.");
      return name === "" ? undefined : name;
    });
    written.catch(() => {}); // awaited below, after the form has ended
  });
  const body = request.body as Parameters<typeof Readable.fromWeb>[0]; // the two types of stream differ in name only
  await pipeline(Readable.fromWeb(body), form).catch(refuseBrokenForm);
  return written;
}

function openForm(contentType: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { "content-type": contentType } satisfies BusboyHeaders,
      limits: { files: 1, fileSize: mostBytes, fields: 10, fieldSize: 10_000 },
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
