/** Where a byte stands next: looked for once for all that lies in front of it. */
export class NextByte {
  readonly #byte: number;
  #in: Buffer | undefined;
  /** From here there is none up to `#at`. */
  #from = 0;
  #at = 0;

  constructor(byte: number) {
    this.#byte = byte;
  }

  isIn(bytes: Buffer, from: number, end: number): boolean {
    if (bytes !== this.#in || from < this.#from || from > this.#at) {
      const at = bytes.indexOf(this.#byte, from);
      this.#in = bytes;
      this.#from = from;
      this.#at = at === -1 ? bytes.length : at;
    }
    return this.#at < end;
  }
}
