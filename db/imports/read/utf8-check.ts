import { BadInput } from "../bad-input.ts";

const lineFeed = 10;
const carriageReturn = 13;

/**
 * Strict UTF-8 over the pieces of a file: nothing may be stored as U+FFFD in silence. The first bad byte is
 * reported by its line.
 */
export class Utf8Check {
  readonly #fileName: string;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  /** The piece before: a character may begin in it and go wrong in the next. */
  #previous: Buffer = Buffer.alloc(0);
  #lineFeeds = 0;
  #carriageReturns = 0;

  constructor(fileName: string) {
    this.#fileName = fileName;
  }

  push(chunk: Buffer): void {
    try {
      this.#decoder.decode(chunk, { stream: true });
    } catch {
      this.#refuse(chunk.subarray(0, firstBadByte(unfinishedCharacter(this.#previous), chunk)));
    }
    this.#count(chunk);
    this.#previous = chunk;
  }

  end(): void {
    try {
      this.#decoder.decode();
    } catch {
      this.#refuse(Buffer.alloc(0));
    }
  }

  #refuse(goodPart: Buffer): never {
    this.#count(goodPart);
    const line = 1 + (this.#lineFeeds || this.#carriageReturns);
    throw new BadInput(
      `${this.#fileName} is not UTF-8: the first byte that is not stands in line ${line}. ` +
        "Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”) and import it again.",
    );
  }

  #count(bytes: Buffer): void {
    this.#lineFeeds += occurrences(bytes, lineFeed);
    this.#carriageReturns += occurrences(bytes, carriageReturn);
  }
}

function occurrences(bytes: Buffer, byte: number): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}

/** The bytes at the end of a valid piece from the last one that can begin a character. */
function unfinishedCharacter(bytes: Buffer): Buffer {
  let start = bytes.length - 1;
  while (start > 0 && isContinuation(bytes[start])) start--;
  return bytes.subarray(Math.max(start, 0));
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0b1100_0000) === 0b1000_0000;
}

/** How many bytes of `chunk` are good after `before`, by bisection: once a prefix is bad, every longer one is. */
function firstBadByte(before: Buffer, chunk: Buffer): number {
  let good = 0;
  let bad = chunk.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (mayBegin(Buffer.concat([before, chunk.subarray(0, middle)]))) good = middle;
    else bad = middle;
  }
  return good;
}

function mayBegin(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
