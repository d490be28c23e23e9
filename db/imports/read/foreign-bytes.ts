import { BadInput } from "../bad-input.ts";
import { lineEnd } from "./line-breaks.ts";
import { Utf8Check } from "./utf8-check.ts";

/** Text that is not UTF-8. */
export interface Foreign {
  /** The first byte that is not, in words. */
  refusal: BadInput;
  /** Lines around it that hold such bytes, to guess by; empty where the file breaks off inside a character. */
  sample: Buffer;
}

const sampleBytes = 64 * 1024;

/** Looks at a text piece by piece: whether it is UTF-8, and if not, what to guess by. */
export class ForeignBytes {
  readonly #check: Utf8Check;
  #foreign: Foreign | null = null;
  #isFirst = true;

  constructor(fileName: string) {
    this.#check = new Utf8Check(fileName);
  }

  push(chunk: Buffer): void {
    if (this.#foreign !== null) return;
    const from = this.#isFirst ? 0 : lineEnd(chunk) + 1;
    this.#isFirst = false;
    this.#note(
      () => this.#check.push(chunk),
      () => foreignLines(chunk.subarray(from)) ?? foreignLines(chunk) ?? chunk,
    );
  }

  end(): Foreign | null {
    if (this.#foreign === null)
      this.#note(
        () => this.#check.end(),
        () => Buffer.alloc(0),
      );
    return this.#foreign;
  }

  #note(check: () => void, sample: () => Buffer): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      this.#foreign = { refusal: error, sample: Buffer.from(sample()) };
    }
  }
}

/** Whole lines, so that a character of several bytes is not cut, and only those that tell something. */
function foreignLines(bytes: Buffer): Buffer | null {
  const lineBreak = bytes.includes(10) ? 10 : 13;
  const lines: Buffer[] = [];
  let size = 0;
  for (let start = 0; start < bytes.length && size < sampleBytes; ) {
    const end = bytes.indexOf(lineBreak, start);
    const line = bytes.subarray(start, end === -1 ? bytes.length : end + 1);
    if (line.some((byte) => byte >= 0x80)) {
      lines.push(line);
      size += line.length;
    }
    start += line.length;
  }
  return lines.length === 0 ? null : Buffer.concat(lines);
}
