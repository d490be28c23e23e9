import { type Corpus, noStem } from "./corpus.ts";
import type { SparseRows } from "./sparse-rows.ts";
import { pairHash, stableHash } from "./stable-hash.ts";

/**
 * Which hashed terms count, and for how much. A term is a stem, two stems in a row, or two stems with one between
 * them ("skip"); it is hashed into 2^20 slots by its letters, so that its slot does not depend on other cases.
 */
export interface TermModel {
  /** By slot: the column of the term, or -1 where it is too rare, too common or absent. */
  columnOfSlot: Int32Array;
  columns: number;
  /** By column: its slot. */
  slotOfColumn: Int32Array;
  /** By column: inverse document frequency, (ln((1 + n) / (1 + df)) + 1)^1.2. */
  inverseFrequency: Float32Array;
  /** Stems per text, the mean of the texts it was fitted on. */
  meanLength: number;
}

const slots = 2 ** 20;
const maxColumns = 40_000;
const pairWeight = 0.5;
const idfPower = 1.2;
const bm25Saturation = 1.2;
const bm25LengthShare = 0.75;

/**
 * Chooses the terms that at least two and at most half of the texts `rows` contain (all of them while there are fewer
 * than 40 texts, where a half says nothing), the most frequent 40,000 at most, and weighs them.
 */
export function fitTerms(corpus: Corpus, rows: Int32Array): TermModel {
  const frequency = new Int32Array(slots);
  const seenIn = new Int32Array(slots).fill(-1);
  const hashes = corpus.stems.map(stableHash);
  let length = 0;
  for (const row of rows) {
    length += forEachTerm(corpus, row, hashes, (slot) => {
      if (seenIn[slot] === row) return;
      seenIn[slot] = row;
      frequency[slot]!++;
    });
  }
  const most = rows.length < 40 ? rows.length : rows.length / 2;
  const least = leastFrequency(frequency, rows.length < 4 ? 1 : 2, most);
  const weights: number[] = [];
  const slotOfColumn: number[] = [];
  for (let slot = 0; slot < slots; slot++) {
    const count = frequency[slot]!;
    if (count < least || count > most) continue;
    slotOfColumn.push(slot);
    weights.push((Math.log((1 + rows.length) / (1 + count)) + 1) ** idfPower);
  }
  return modelOfTerms({
    slotOfColumn: Int32Array.from(slotOfColumn),
    inverseFrequency: Float32Array.from(weights),
    meanLength: length / Math.max(1, rows.length) || 1,
  });
}

/** The model of these terms: all else follows from them. */
export function modelOfTerms(
  terms: Pick<TermModel, "slotOfColumn" | "inverseFrequency" | "meanLength">,
): TermModel {
  const columnOfSlot = new Int32Array(slots).fill(-1);
  terms.slotOfColumn.forEach((slot, column) => {
    columnOfSlot[slot] = column;
  });
  return { ...terms, columnOfSlot, columns: terms.slotOfColumn.length };
}

/**
 * The texts `rows` as rows of unit length over the chosen terms, weighed by BM25 (Robertson & Zaragoza 2009, §3.5:
 * k1 = 1.2, b = .75); pairs count half of single stems. A text without a chosen term is an empty row.
 */
export function termRows(corpus: Corpus, model: TermModel, rows: Int32Array): SparseRows {
  const hashes = corpus.stems.map(stableHash);
  const start = new Int32Array(rows.length + 1);
  const column: number[] = [];
  const value: number[] = [];
  const position = new Int32Array(model.columns).fill(-1); // where a column stands in the row being written
  const weightOf: number[] = []; // of the row being written, aligned with `column`: 1 or pairWeight
  rows.forEach((text, row) => {
    const first = column.length;
    const length = forEachTerm(corpus, text, hashes, (slot, isPair) => {
      const term = model.columnOfSlot[slot]!;
      if (term < 0) return;
      if (position[term]! < first) {
        position[term] = column.push(term) - 1;
        value.push(0);
        weightOf.push(isPair ? pairWeight : 1);
      }
      value[position[term]!]!++;
    });
    const lengthPenalty =
      bm25Saturation * (1 - bm25LengthShare + (bm25LengthShare * length) / model.meanLength);
    let squares = 0;
    for (let k = first; k < column.length; k++) {
      const saturated = (value[k]! * (bm25Saturation + 1)) / (value[k]! + lengthPenalty);
      value[k] = saturated * weightOf[k]! * model.inverseFrequency[column[k]!]!;
      squares += value[k]! ** 2;
    }
    for (let k = first; k < column.length; k++) value[k]! /= Math.sqrt(squares);
    start[row + 1] = column.length;
  });
  return {
    rows: rows.length,
    columns: model.columns,
    start,
    column: Int32Array.from(column),
    value: Float32Array.from(value),
  };
}

/** Calls `visit` with the slot of each term of one text, repeated as it repeats; returns the number of stems. */
function forEachTerm(
  corpus: Corpus,
  text: number,
  hashes: readonly number[],
  visit: (slot: number, isPair: boolean) => void,
): number {
  let before = noStem;
  let beforeThat = noStem;
  let length = 0;
  for (let at = corpus.start[text]!; at < corpus.start[text + 1]!; at++) {
    const stem = corpus.stemOf[corpus.tokens[at]!]!;
    if (stem === noStem) continue;
    length++;
    const hash = hashes[stem]!;
    visit(hash & (slots - 1), false);
    if (before !== noStem) visit(pairHash(hashes[before]!, hash) & (slots - 1), true);
    if (beforeThat !== noStem) visit(pairHash(hashes[beforeThat]!, hash) & (slots - 1), true);
    beforeThat = before;
    before = stem;
  }
  return length;
}

/** The smallest document frequency, from `least` on, that leaves no more than the greatest number of columns. */
function leastFrequency(frequency: Int32Array, least: number, most: number): number {
  const termsWith: number[] = [];
  for (const count of frequency)
    if (count > 0 && count <= most) termsWith[count] = (termsWith[count] ?? 0) + 1;
  let kept = 0;
  for (let count = termsWith.length - 1; count >= least; count--) {
    kept += termsWith[count] ?? 0;
    if (kept > maxColumns) return count + 1;
  }
  return least;
}
