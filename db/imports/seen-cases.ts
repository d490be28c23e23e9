const emptySlot = 0n;

/**
 * Which cases a source has brought so far, and with what content, in 16 bytes a case and a table at most half full: a
 * dry run over millions of rows must tell a case that comes twice without holding their ids.
 *
 * Open addressing: slot i holds the first half of a case's id (`keys[i]`, 0 = empty) and the start of its content's
 * hash (`contents[i]`). Two cases whose ids share 64 bits would be taken for one: at 5 million, one chance in a million.
 */
export class SeenCases {
  #keys = new BigUint64Array(1 << 12);
  #contents = new BigUint64Array(1 << 12);
  #size = 0;

  /** Remembers a case; what was remembered of it before, or `null`. */
  put(caseId: string, contentHash: string): { sameContent: boolean } | null {
    if (2 * this.#size >= this.#keys.length) this.#grow();
    const key = BigInt(`0x${caseId.replaceAll("-", "").slice(0, 16)}`) || 1n;
    const content = Buffer.from(contentHash, "base64url").readBigUInt64LE();
    const slot = this.#slotOf(key);
    const before = this.#keys[slot] === emptySlot ? null : { sameContent: this.#contents[slot] === content };
    if (before === null) this.#size++;
    this.#keys[slot] = key;
    this.#contents[slot] = content;
    return before;
  }

  /** Where the key is, or the empty slot where it would go. Its low bits hold the version of a UUID: not random. */
  #slotOf(key: bigint): number {
    const mask = this.#keys.length - 1;
    let slot = Number(key >> 32n) & mask;
    while (this.#keys[slot] !== emptySlot && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, contents] = [this.#keys, this.#contents];
    this.#keys = new BigUint64Array(2 * keys.length);
    this.#contents = new BigUint64Array(2 * keys.length);
    keys.forEach((key, i) => {
      if (key === emptySlot) return;
      const slot = this.#slotOf(key);
      this.#keys[slot] = key;
      this.#contents[slot] = contents[i] ?? 0n;
    });
  }
}
