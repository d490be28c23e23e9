import { once } from "node:events";
import { createReadStream } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { DoorMessage, DoorWorks, OnLoadProgress } from "#app/server/command-line/messages.ts";
import { doorPath } from "#app/server/command-line-door.ts";
import { sizeOfFile } from "#db/imports/read/original-file.ts";
import type { DataPlace } from "./data-place.ts";

export interface ServerAddress {
  url: string;
  token: string;
}

/** Data that a server of this machine holds. Its failures come back as they were thrown there. */
export class DataBehindServer implements DataPlace {
  readonly #server: ServerAddress;

  constructor(server: ServerAddress) {
    this.#server = server;
  }

  async do<Name extends keyof DoorWorks>(
    work: Name,
    question: DoorWorks[Name]["asks"],
    { path, onProgress }: { path?: string; onProgress?: OnLoadProgress } = {},
  ): Promise<DoorWorks[Name]["answers"]> {
    if (path !== undefined) await sizeOfFile(path, path);
    const messages: AsyncIterable<DoorMessage<DoorWorks[Name]["answers"]>> = this.#ask(work, question, path);
    for await (const message of messages) {
      if ("progress" in message) onProgress?.(message.progress);
      else if ("result" in message) return message.result;
      else throw Object.assign(new Error(message.failure.message), { name: message.failure.name });
    }
    throw new ServerEnded();
  }

  /** By node:http, since fetch holds a large file in memory: 1.7 GB of 1.6 GB, where this takes 0.1 GB. */
  async *#ask<Result>(work: string, question: object, path?: string): AsyncGenerator<DoorMessage<Result>> {
    const { url, token } = this.#server;
    const headers = { authorization: `Bearer ${token}` };
    const asking = request(`${url}${doorPath}${work}`, { method: "POST", headers });
    const answered = once(asking, "response") as Promise<[IncomingMessage]>; // by the event's contract
    const sending = pipeline(Readable.from(bytesOf(question, path), { objectMode: false }), asking);
    sending.catch(() => {}); // what breaks it breaks the answer too
    try {
      const [response] = await answered;
      if (response.statusCode !== 200) throw new Error(await text(response));
      for await (const line of createInterface({ input: response })) yield JSON.parse(line); // written by the server's side of this door
    } catch (error) {
      if (error instanceof Error && "code" in error) throw new ServerEnded({ cause: error });
      throw error;
    }
  }

  async settle(): Promise<void> {
    // the server does it in the background
  }

  async close(): Promise<void> {
    // the server goes on
  }
}

class ServerEnded extends Error {
  override readonly name = "ServerEnded";

  constructor(options?: ErrorOptions) {
    super("The server ended before the work did. Start it again: a load goes on where it stopped.", options);
  }
}

/** The question in a line, then the file. */
async function* bytesOf(question: object, path: string | undefined): AsyncGenerator<Buffer> {
  yield Buffer.from(`${JSON.stringify(question)}\n`);
  if (path !== undefined) yield* createReadStream(path);
}
