import type { Connection, PoolClient, Submittable } from "pg";

/**
 * COPY by `pg`'s own messages, with nothing between the test and the wire: what a COPY stream library does, without
 * its streams. `pg` calls these methods on whatever is given to `client.query`.
 */
class Copy implements Submittable {
  readonly done: Promise<{ out: string; command: string }>;
  readonly #statement: string;
  readonly #chunks: string[];
  readonly #settle: PromiseWithResolvers<{ out: string; command: string }>;
  #out = "";
  #command = "";
  #asked = false;

  constructor(statement: string, chunks: string[] = []) {
    this.#statement = statement;
    this.#chunks = chunks;
    this.#settle = Promise.withResolvers();
    this.done = this.#settle.promise;
  }

  submit(connection: Connection): void {
    connection.query(this.#statement);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    if (this.#asked) this.#settle.reject(new Error("the server asked twice for the data of one COPY"));
    this.#asked = true;
    for (const chunk of this.#chunks) connection.sendCopyFromChunk(Buffer.from(chunk));
    connection.endCopyFrom();
  }

  handleCopyData(message: { chunk: Buffer }): void {
    this.#out += message.chunk.toString();
  }

  handleCommandComplete(message: { text: string }): void {
    this.#command = message.text;
  }

  /** After an error `pg` calls nothing more. */
  handleError(error: Error): void {
    this.#settle.reject(error);
  }

  handleReadyForQuery(): void {
    this.#settle.resolve({ out: this.#out, command: this.#command });
  }
}

interface CopyConnection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Runs COPY FROM STDIN with these chunks of data; the command tag, e.g. `COPY 2`. */
export async function copyIn(client: PoolClient, statement: string, chunks: string[]): Promise<string> {
  return (await client.query(new Copy(statement, chunks)).done).command;
}

/** Runs COPY TO STDOUT; its text. */
export async function copyOut(client: PoolClient, statement: string): Promise<string> {
  return (await client.query(new Copy(statement)).done).out;
}
