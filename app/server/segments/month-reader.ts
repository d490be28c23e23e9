import { uuidOf } from "#analytics/facts/assemble-facts.ts";
import { AttributeReader } from "#analytics/facts/attribute-part.ts";
import { type CaseColumns, emptyColumns, hashCustomer } from "#analytics/facts/case-columns.ts";
import type { TupleShape } from "#db/queries/case-tuples.ts";

/** By case that a person has spoken of: its cause, `null` for none. */
export type Moves = ReadonlyMap<string, number | null>;

/**
 * Fills the columns of one month from the rows that the database sends, byte by byte. Which columns, the rows' shape says;
 * the others stay zeros.
 */
export class MonthReader {
  readonly size: number;
  readonly #columns: ReturnType<typeof emptyColumns>;
  readonly #attributes = new AttributeReader();
  readonly #currencies = new Set<string>();
  #row = 0;

  /** @param size how many cases the month has */
  constructor(size: number) {
    this.size = size;
    this.#columns = emptyColumns(size);
  }

  /** The columns that are filled. `size` rows must have been read, or none. */
  get part(): CaseColumns {
    return {
      ...this.#columns,
      size: this.size,
      currencies: [...this.#currencies],
      attributes: this.#attributes.finish(),
    };
  }

  /** What reads a row of the cases themselves. */
  casesOf({ id, numbers, texts }: TupleShape): (bytes: Buffer, at: number) => void {
    const { caseId, customer } = this.#columns;
    const copyNumbers = this.#copyNumbers(numbers);
    this.#row = 0;
    return (bytes, at) => {
      const row = this.#row++;
      bytes.copy(caseId, 16 * row, at + id, at + id + 16);
      copyNumbers(bytes, at, row);
      let text = at + texts;
      const length = bytes.readInt32BE(text);
      text += 4;
      if (length >= 0) {
        hashCustomer(customer, 2 * row, bytes.toString("utf8", text, text + length));
        text += length;
      }
      this.#readTexts(bytes, text, row);
    };
  }

  /** What reads a row of to which cause a case belongs. */
  causesOf({ id, numbers }: TupleShape, moves: Moves): (bytes: Buffer, at: number) => void {
    const { causeId, joinedByReason, unassigned } = this.#columns;
    const copyNumbers = this.#copyNumbers(numbers);
    this.#row = 0;
    return (bytes, at) => {
      const row = this.#row++;
      copyNumbers(bytes, at, row);
      if (moves.size === 0) return;
      const movedTo = moves.get(uuidOf(bytes.subarray(at + id, at + id + 16)));
      if (movedTo === undefined) return;
      causeId[row] = movedTo ?? 0;
      joinedByReason[row] = 0;
      unassigned[row] = 0;
    };
  }

  /** Whether all its rows have come since one of the two was asked for. */
  get isFull(): boolean {
    return this.#row === this.size;
  }

  #copyNumbers(numbers: TupleShape["numbers"]): (bytes: Buffer, at: number, row: number) => void {
    const places = numbers.map(({ column, offset, type }) => ({
      column: this.#columns[column],
      offset,
      isWhole: type === "int4",
    }));
    return (bytes, at, row) => {
      for (const { column, offset, isWhole } of places)
        column[row] = isWhole ? bytes.readInt32BE(at + offset) : bytes.readDoubleBE(at + offset);
    };
  }

  /** The currency and the attributes, of which most cases have none. */
  #readTexts(bytes: Buffer, at: number, row: number): void {
    let text = at + 4;
    const currency = bytes.readInt32BE(at);
    if (currency >= 0) {
      this.#currencies.add(bytes.toString("latin1", text, text + currency));
      text += currency;
    }
    const attributes = bytes.readInt32BE(text);
    if (attributes < 0) return;
    const json = bytes.toString("utf8", text + 4, text + 4 + attributes);
    this.#attributes.add(row, JSON.parse(json) as Record<string, string>); // jsonb of texts, as the load stored it
  }
}
