import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { type DoorMessage, importDoor } from "#app/server/command-line-door.ts";
import type { ImportProgress, ImportResult } from "#db/imports/import-cases.ts";

export interface ServerAddress {
  url: string;
  token: string;
}

export interface RemoteImport {
  file: string;
  workspace: string;
  preset: string | undefined;
  onProgress: (progress: ImportProgress) => void;
}

/** Hands the file to the server that holds the embedded database; its failures come back as they were thrown there. */
export async function importThroughServer(
  server: ServerAddress,
  request: RemoteImport,
): Promise<ImportResult> {
  const search = new URLSearchParams({ workspace: request.workspace, name: basename(request.file) });
  if (request.preset !== undefined) search.set("preset", request.preset);
  const response = await fetch(`${server.url}${importDoor}?${search}`, {
    method: "POST",
    headers: { authorization: `Bearer ${server.token}` },
    body: await openAsBlob(request.file),
  });
  if (!response.ok || response.body === null) throw new Error(await response.text());
  const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]); // as above
  for await (const line of createInterface({ input: body })) {
    const message = JSON.parse(line) as DoorMessage; // written by the server's side of this door
    if ("progress" in message) request.onProgress(message.progress);
    else if ("result" in message) return message.result;
    else throw Object.assign(new Error(message.failure.message), { name: message.failure.name });
  }
  throw new Error(
    "The server ended before the load did. Run the command again: it goes on where it stopped.",
  );
}
