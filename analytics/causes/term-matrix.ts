import { type Corpus, noStem } from "./corpus.ts";
import type { SparseRows } from "./sparse-rows.ts";
import { pairHash } from "./stable-hash.ts";

/**
 * Which hashed terms count, and for how much. A term is a stem, two stems in a row, or two stems with one between
 * them ("skip"); it is hashed into 2^20 slots by its letters, so that its slot does not depend on other cases.
 */
export interface TermModel {
  /** By slot: the column of the term plus 1, or 0 where it is too rare, too common or absent. All threads see it. */
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
  const lastRow = new Int32Array(slots); // by slot: the number of the row that it was met in last, from 1 on
  const met: number[] = [];
  const terms = roomForTerms(corpus, rows);
  let length = 0;
  rows.forEach((text, row) => {
    const { count, stems } = termsOfText(corpus, text, terms);
    length += stems;
    for (let nth = 0; nth < count; nth++) {
      const slot = terms.slot[nth]!;
      if (lastRow[slot] === row + 1) continue;
      lastRow[slot] = row + 1;
      if (frequency[slot]!++ === 0) met.push(slot);
    }
  });
  const most = rows.length < 40 ? rows.length : rows.length / 2;
  const leastWanted = rows.length < 4 ? 1 : 2;
  const usual = met.filter((slot) => frequency[slot]! <= most && frequency[slot]! >= leastWanted);
  const least = leastFrequency(usual.map((slot) => frequency[slot]!));
  const slotOfColumn = Int32Array.from(usual.filter((slot) => frequency[slot]! >= least)).sort();
  const weights = Array.from(
    slotOfColumn,
    (slot) => (Math.log((1 + rows.length) / (1 + frequency[slot]!)) + 1) ** idfPower,
  );
  return modelOfTerms({
    slotOfColumn,
    inverseFrequency: Float32Array.from(weights),
    meanLength: length / Math.max(1, rows.length) || 1,
  });
}

/** The model of these terms: all else follows from them. */
export function modelOfTerms(
  terms: Pick<TermModel, "slotOfColumn" | "inverseFrequency" | "meanLength">,
): TermModel {
  const columnOfSlot = new Int32Array(new SharedArrayBuffer(slots * Int32Array.BYTES_PER_ELEMENT));
  terms.slotOfColumn.forEach((slot, column) => {
    columnOfSlot[slot] = column + 1;
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
      const term = model.columnOfSlot[terms.slot[nth]!]! - 1;
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

/** The smallest document frequency that leaves no more than the greatest number of columns. */
function leastFrequency(frequencies: readonly number[]): number {
  if (frequencies.length <= maxColumns) return 0;
  return frequencies.toSorted((a, b) => b - a)[maxColumns]! + 1;
}
