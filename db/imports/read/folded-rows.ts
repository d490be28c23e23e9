import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { SourceRow } from "./layout.ts";

const chunkBytes = 256 * 1024;
const writtenAtOnce = 128 * 1024;

/** A row as a line of JSON: line, cells, and the problem where it has one. Files of ours alone, never a user's. */
type StoredRow = [line: number, cells: readonly string[], problem?: SourceRow["problem"]];

/** A file of rows that is being written: `readFoldedRows` gives them back. */
export class RowFile {
  readonly #file: FileHandle;
  #lines: string[] = [];
  #size = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<RowFile> {
    return new RowFile(await open(path, "w"));
  }

  /** A promise only where it has to be waited for: most rows just join those before them. */
  add({ line, cells, problem }: SourceRow): Promise<void> | undefined {
    const stored: StoredRow = problem === undefined ? [line, cells] : [line, cells, problem];
    const text = `${JSON.stringify(stored)}\n`;
    this.#lines.push(text);
    this.#size += text.length;
    return this.#size < writtenAtOnce ? undefined : this.#write();
  }

  async close(): Promise<void> {
    await this.#write();
    await this.#file.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close().catch(() => undefined); // closed already where all went well
  }

  async #write(): Promise<void> {
    const text = this.#lines.join("");
    [this.#lines, this.#size] = [[], 0];
    await this.#file.appendFile(text);
  }
}

/** The rows of such a file, in blocks; `end` counts its own bytes. */
export async function* readFoldedRows(path: string): AsyncGenerator<SourceRow[]> {
  let [carry, offset]: [Buffer, number] = [Buffer.alloc(0), 0];
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    const block: SourceRow[] = [];
    let from = 0;
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, from)) {
      block.push(rowOf(bytes.toString("utf8", from, at), offset + at + 1));
      from = at + 1;
    }
    [carry, offset] = [bytes.subarray(from), offset + from];
    if (block.length > 0) yield block;
  }
}

function rowOf(text: string, end: number): SourceRow {
  const [line, cells, problem] = JSON.parse(text) as StoredRow; // written above
  return { line, end, cells, ...(problem !== undefined && { problem }) };
}
