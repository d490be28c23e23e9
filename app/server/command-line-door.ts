import { timingSafeEqual } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type ImportProgress, type ImportResult, importFile } from "#db/imports/import-cases.ts";
import type { Services } from "./services.ts";

/** One line of the answer to a load from the command line. */
export type DoorMessage =
  | { progress: ImportProgress }
  | { result: ImportResult }
  | { failure: { name: string; message: string } };

export const importDoor = "/-/command-line/import";

interface Door {
  services: Services;
  token: string;
}

/**
 * Where the command line of this machine hands its work to the server that holds the embedded database. It proves
 * itself by the token that lies in the lock file, which only the same user can read. True if the request was its.
 */
export function handleCommandLine(request: IncomingMessage, response: ServerResponse, door: Door): boolean {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (url.pathname !== importDoor) return false;
  if (request.method !== "POST" || !isToken(request.headers.authorization, door.token)) {
    response.writeHead(403, { "content-type": "text/plain; charset=utf-8" });
    response.end("This address is for the command line of this machine.\n");
    return true;
  }
  void receiveImport(request, response, url.searchParams, door.services);
  return true;
}

function isToken(header: string | undefined, token: string): boolean {
  const [got, wanted] = [Buffer.from(header ?? ""), Buffer.from(`Bearer ${token}`)];
  return got.length === wanted.length && timingSafeEqual(got, wanted);
}

async function receiveImport(
  request: IncomingMessage,
  response: ServerResponse,
  search: URLSearchParams,
  services: Services,
): Promise<void> {
  const send = (message: DoorMessage) => response.write(`${JSON.stringify(message)}\n`);
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  const directory = await mkdtemp(join(tmpdir(), "fixtwice-"));
  try {
    const path = join(directory, "upload");
    await pipeline(request, createWriteStream(path, { mode: 0o600 }));
    const workspace = search.get("workspace") ?? "main";
    const result = await importFile(services.database, {
      path,
      workspace,
      name: search.get("name") ?? undefined,
      preset: search.get("preset") ?? undefined,
      onProgress: (progress) => send({ progress }),
    });
    services.analysis.request(workspace);
    send({ result });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
    send({ failure: { name, message } });
  } finally {
    await rm(directory, { recursive: true, force: true });
    response.end();
  }
}
