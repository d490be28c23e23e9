import { createReadStream } from "node:fs";
import { ArraySplitter, LineSplitter, type Splitter } from "./json-splitters.ts";
import { maxRowBytes } from "./limits.ts";

/** The text of one element, as it stands in the file. */
export interface JsonElement {
  text: string;
  /** Line that it begins in, from 1, and byte behind it. */
  line: number;
  end: number;
  /** It has more than a row may have; `text` is its beginning. */
  tooLong: boolean;
}

const chunkBytes = 256 * 1024;
const lineFeed = 0x0a;
const blanks = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** One element a line. Blank lines are passed over. */
export function ndjsonElements(path: string): AsyncGenerator<JsonElement> {
  return split(path, new LineSplitter());
}

/**
 * The elements of an array: the outermost one, or the first of objects that is a member of the outermost object. It
 * looks at brackets and quotes only, so that a broken element costs itself and not the rest: what a parser of streams
 * cannot do.
 */
export function arrayElements(path: string): AsyncGenerator<JsonElement> {
  return split(path, new ArraySplitter());
}

async function* split(path: string, splitter: Splitter): AsyncGenerator<JsonElement> {
  const gathering = new Gathering();
  let [line, offset] = [1, 0];
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
    const hasMark = offset === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    for (let i = hasMark ? 3 : 0; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0;
      if (splitter.endsBefore(byte)) {
        const element = gathering.finish(chunk, i, offset);
        if (element !== null) yield element;
      }
      if (splitter.takes(byte)) gathering.take(i, byte, line);
      else gathering.skip(chunk, i);
      if (byte === lineFeed) line++;
    }
    gathering.keep(chunk);
    if (gathering.isTooLong) splitter.startAfresh();
    offset += chunk.length;
  }
  const last = gathering.finish(Buffer.alloc(0), 0, offset);
  if (last !== null) yield last;
}

/** The bytes of one element, which may lie in several chunks: copied run by run, not byte by byte. */
class Gathering {
  #parts: Buffer[] = [];
  #size = 0;
  #line = 0;
  /** Where the run that is going on began in the current chunk; -1: none is. */
  #from = -1;
  #empty = true;

  get isTooLong(): boolean {
    return this.#size > maxRowBytes;
  }

  take(i: number, byte: number, line: number): void {
    if (this.#empty) {
      if (blanks.has(byte)) return;
      this.#empty = false;
      this.#line = line;
    }
    if (this.#from === -1) this.#from = i;
  }

  skip(chunk: Buffer, i: number): void {
    this.#add(chunk, i);
  }

  /** At the end of a chunk: the run goes on in the next. */
  keep(chunk: Buffer): void {
    const goesOn = this.#from !== -1;
    this.#add(chunk, chunk.length);
    if (goesOn) this.#from = 0;
  }

  finish(chunk: Buffer, i: number, offset: number): JsonElement | null {
    this.#add(chunk, i);
    const text = this.#empty ? "" : textOf(Buffer.concat(this.#parts));
    const element = { text, line: this.#line, end: offset + i, tooLong: this.isTooLong };
    [this.#parts, this.#size, this.#empty] = [[], 0, true];
    return text === "" ? null : element;
  }

  #add(chunk: Buffer, i: number): void {
    if (this.#from === -1) return;
    const run = chunk.subarray(this.#from, i);
    if (!this.isTooLong) this.#parts.push(Buffer.from(run));
    this.#size += run.length;
    this.#from = -1;
  }
}

/** Of one that is too long, without the character that the end cuts. */
function textOf(bytes: Buffer): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes, { stream: true }).trim();
}
