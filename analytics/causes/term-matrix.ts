import { type Corpus, noStem } from "./corpus.ts";
import type { SparseRows } from "./sparse-rows.ts";
import { pairHash } from "./stable-hash.ts";

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
  const terms = roomForTerms(corpus, rows);
  let length = 0;
  for (const row of rows) {
    const { count, stems } = termsOfText(corpus, row, terms);
    length += stems;
    for (let nth = 0; nth < count; nth++) {
      const slot = terms.slot[nth]!;
      if (seenIn[slot] === row) continue;
      seenIn[slot] = row;
      frequency[slot]!++;
    }
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

/** The texts `rows` as rows of unit length over the chosen terms ({@link termRowOf}). */
export function termRows(corpus: Corpus, model: TermModel, rows: Int32Array): SparseRows {
  const most = mostTerms(corpus, rows);
  const room = { column: new Int32Array(most), value: new Float32Array(most) };
  const writeRow = termRowOf(corpus, model, { texts: rows, room });
  const start = new Int32Array(rows.length + 1);
  const column: number[] = [];
  const value: number[] = [];
  rows.forEach((text, row) => {
    const count = writeRow(text);
    for (let k = 0; k < count; k++) {
      column.push(room.column[k]!);
      value.push(room.value[k]!);
    }
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

/**
 * A function that writes one of `texts` into `room` as a row of unit length over the chosen terms, weighed by BM25
 * (Robertson & Zaragoza 2009, §3.5: k1 = 1.2, b = .75); pairs count half of single stems. It returns how many terms the
 * row has: none for a text without a chosen term.
 *
 * @param room of at least {@link mostTerms}
 */
export function termRowOf(
  corpus: TermSource,
  model: TermModel,
  { texts, room }: { texts: Int32Array; room: { column: Int32Array; value: Float32Array } },
): (text: number) => number {
  const terms = roomForTerms(corpus, texts);
  const placeOf = new Int32Array(model.columns).fill(-1); // by column: where it stands in the row at hand
  const times = new Float64Array(terms.slot.length); // by place in the row: how often the term occurs, then its weight
  const weightOf = new Float64Array(terms.slot.length); // by place in the row: 1 or pairWeight
  return (text) => {
    const { count, stems } = termsOfText(corpus, text, terms);
    let length = 0;
    for (let nth = 0; nth < count; nth++) {
      const term = model.columnOfSlot[terms.slot[nth]!]!;
      if (term < 0) continue;
      let place = placeOf[term]!;
      if (place < 0) {
        place = length++;
        placeOf[term] = place;
        room.column[place] = term;
        times[place] = 0;
        weightOf[place] = terms.isPair[nth] === 1 ? pairWeight : 1;
      }
      times[place]!++;
    }
    const lengthPenalty =
      bm25Saturation * (1 - bm25LengthShare + (bm25LengthShare * stems) / model.meanLength);
    let squares = 0;
    for (let k = 0; k < length; k++) {
      const term = room.column[k]!;
      placeOf[term] = -1;
      const saturated = (times[k]! * (bm25Saturation + 1)) / (times[k]! + lengthPenalty);
      times[k] = saturated * weightOf[k]! * model.inverseFrequency[term]!;
      squares += times[k]! ** 2;
    }
    for (let k = 0; k < length; k++) room.value[k] = times[k]! / Math.sqrt(squares);
    return length;
  };
}

/** What the terms of a text are made of. */
export type TermSource = Pick<Corpus, "tokens" | "start" | "stemOf" | "hashes">;

/** The most terms, repeated ones too, that one of the texts can have: three a token. */
export function mostTerms({ start }: TermSource, texts: Int32Array): number {
  let tokens = 0;
  for (const text of texts) tokens = Math.max(tokens, start[text + 1]! - start[text]!);
  return 3 * tokens;
}

/** The terms of a text, repeated as they repeat: their slots, and whether each is of two stems. */
interface Terms {
  slot: Int32Array;
  isPair: Uint8Array;
}

function roomForTerms(corpus: TermSource, texts: Int32Array): Terms {
  const most = mostTerms(corpus, texts);
  return { slot: new Int32Array(most), isPair: new Uint8Array(most) };
}

/** Writes the terms of one text; returns how many they are, and how many stems it has. */
function termsOfText(
  { tokens, start, stemOf, hashes }: TermSource,
  text: number,
  { slot, isPair }: Terms,
): { count: number; stems: number } {
  let before = noStem;
  let beforeThat = noStem;
  let count = 0;
  let stems = 0;
  for (let at = start[text]!; at < start[text + 1]!; at++) {
    const stem = stemOf[tokens[at]!]!;
    if (stem === noStem) continue;
    stems++;
    const hash = hashes[stem]!;
    isPair[count] = 0;
    slot[count++] = hash & (slots - 1);
    if (before !== noStem) {
      isPair[count] = 1;
      slot[count++] = pairHash(hashes[before]!, hash) & (slots - 1);
    }
    if (beforeThat !== noStem) {
      isPair[count] = 1;
      slot[count++] = pairHash(hashes[beforeThat]!, hash) & (slots - 1);
    }
    beforeThat = before;
    before = stem;
  }
  return { count, stems };
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
