const numbersInPart = 2 ** 18;

/** Whole numbers (32 bit) of which nobody knows yet how many there will be. */
export class GrowingNumbers {
  #parts: Int32Array[] = [];
  #last = new Int32Array(0);
  #used = 0;

  push(number: number): void {
    if (this.#used === this.#last.length) {
      this.#last = new Int32Array(numbersInPart);
      this.#parts.push(this.#last);
      this.#used = 0;
    }
    this.#last[this.#used++] = number;
  }

  get length(): number {
    return Math.max(0, this.#parts.length - 1) * numbersInPart + this.#used;
  }

  /** All of them, in memory that all threads see; it holds none afterwards. */
  taken(): Int32Array {
    const all = new Int32Array(new SharedArrayBuffer(this.length * Int32Array.BYTES_PER_ELEMENT));
    const whole = this.#parts.length - 1;
    this.#parts.forEach((part, nth) =>
      all.set(nth < whole ? part : part.subarray(0, this.#used), nth * numbersInPart),
    );
    this.#parts = [];
    this.#last = new Int32Array(0);
    this.#used = 0;
    return all;
  }
}
