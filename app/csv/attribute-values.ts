const [comma, quote, colon, closingBrace] = [0x2c, 0x22, 0x3a, 0x7d];

/** Where in the JSON of a case the values of attributes stand, without a text for each. */
export class AttributeValues {
  /** By the places of the names: where the value begins, -1 where the case has none; and where it ends. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** In the order of jsonb, which writes short names first. */
  readonly #names: readonly { name: Uint8Array; place: number }[];

  constructor(names: readonly string[]) {
    this.starts = new Int32Array(names.length);
    this.ends = new Int32Array(names.length);
    this.#names = names
      .map((name, place) => ({ name: Buffer.from(name), place }))
      .sort((a, b) => a.name.length - b.name.length || Buffer.compare(a.name, b.name));
  }

  /** Of attributes without an escape, where a quote is the mark of a text; false: they are not as copy-lines.ts stores them. */
  find(bytes: Buffer, from: number, end: number): boolean {
    this.starts.fill(-1);
    let next = 0;
    let at = from + 1;
    if (bytes[at] === closingBrace) return at + 1 === end;
    for (; bytes[at] === quote; at++) {
      const nameEnd = bytes.indexOf(quote, at + 1);
      const start = nameEnd + '": "'.length;
      if (bytes[nameEnd + 1] !== colon || bytes[start - 1] !== quote) return false;
      const valueEnd = bytes.indexOf(quote, start);
      const found = this.#indexOf(bytes, at + 1, nameEnd, next);
      const place = this.#names[found]?.place;
      if (place !== undefined) {
        this.starts[place] = start;
        this.ends[place] = valueEnd;
        next = found + 1;
      }
      at = valueEnd + 2;
      if (bytes[at - 1] === closingBrace) return at === end;
      if (bytes[at - 1] !== comma) return false;
    }
    return false;
  }

  /** @param likely where the search begins: behind the one found last, since both are in the same order */
  #indexOf(bytes: Buffer, start: number, end: number, likely: number): number {
    const all = this.#names;
    for (let i = 0; i < all.length; i++) {
      const index = (likely + i) % all.length;
      const name = all[index]?.name;
      if (name?.length === end - start && holds(bytes, name, start)) return index;
    }
    return -1;
  }
}

function holds(bytes: Buffer, name: Uint8Array, start: number): boolean {
  for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name[i]) return false;
  return true;
}
