/**
 * Codes pairs of 32-bit numbers by the order in which they first come, from 1.
 *
 * Memory: a table of at least twice as many slots as there are pairs, 12 bytes a slot: the two numbers, and the code, which
 * is 0 in an empty one. A pair lies in the first free slot behind its own (linear probing; Knuth, The Art of Computer
 * Programming 3, section 6.4). Cost: about one and a half look-ups a pair.
 */
export class PairCodes {
  #slots = 1024;
  #first = new Uint32Array(this.#slots);
  #second = new Uint32Array(this.#slots);
  #codes = new Uint32Array(this.#slots);
  #size = 0;

  /** How many pairs have come so far: the greatest code. */
  get size(): number {
    return this.#size;
  }

  codeOf(first: number, second: number): number {
    const slot = this.#slotOf(first, second);
    const known = this.#codes[slot]!;
    if (known !== 0) return known;
    this.#first[slot] = first;
    this.#second[slot] = second;
    this.#codes[slot] = ++this.#size;
    if (this.#size * 2 > this.#slots) this.#grow();
    return this.#size;
  }

  #slotOf(first: number, second: number): number {
    const mask = this.#slots - 1;
    let slot = mixed(first, second) & mask;
    while (this.#codes[slot] !== 0 && (this.#first[slot] !== first || this.#second[slot] !== second))
      slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [first, second, codes] = [this.#first, this.#second, this.#codes];
    this.#slots *= 4;
    this.#first = new Uint32Array(this.#slots);
    this.#second = new Uint32Array(this.#slots);
    this.#codes = new Uint32Array(this.#slots);
    codes.forEach((code, from) => {
      if (code === 0) return;
      const slot = this.#slotOf(first[from]!, second[from]!);
      this.#first[slot] = first[from]!;
      this.#second[slot] = second[from]!;
      this.#codes[slot] = code;
    });
  }
}

/** The finaliser of MurmurHash3 over both numbers: near ones lie far apart. */
function mixed(first: number, second: number): number {
  let hash = Math.imul(first ^ Math.imul(second, 0x9e3779b1), 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
