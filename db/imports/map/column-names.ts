/** A column's name without case, blanks and punctuation: exports of one program differ in these. */
export function plainName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** The columns of a header by their plain names; of several alike the first. */
export class ColumnIndex {
  readonly #byName = new Map<string, string>();

  constructor(columns: readonly string[]) {
    for (const column of columns) {
      const name = plainName(column);
      if (!this.#byName.has(name)) this.#byName.set(name, column);
    }
  }

  /** The header's own spelling of these names, as many of them as it has. */
  all(names: readonly string[]): string[] {
    return [...new Set(names.flatMap((name) => this.#byName.get(plainName(name)) ?? []))];
  }

  /** The first of them. */
  find(names: readonly string[]): string | undefined {
    return this.all(names)[0];
  }

  hasOneOf(names: readonly string[]): boolean {
    return names.some((name) => this.#byName.has(plainName(name)));
  }
}
