/**
 * Vectors of frequent English words, most frequent first: words that are used alike have similar vectors. Vector i is
 * table[i * dimensions] … table[(i + 1) * dimensions - 1] times scale[i].
 */
export interface WordVectors {
  dimensions: number;
  indexOf: ReadonlyMap<string, number>;
  table: Int8Array;
  scale: Float32Array;
  /**
   * By word: what its row of the table is to be multiplied by: its scale, times a / (a + p) where p is how often the word
   * occurs (smooth inverse frequency, Arora, Liang & Ma 2017), so that "the" counts next to nothing.
   */
  weights: Float32Array;
}

const dimensions = 100;

/**
 * The two files that lie in word-vectors/: a word a line, and for each a 32-bit scale and 100 numbers of 8 bits.
 * @throws Error where one is not as long as the other says
 */
export function parseWordVectors(wordList: string, bytes: Uint8Array): WordVectors {
  const words = wordList.trim().split("\n");
  const rowLength = 4 + dimensions;
  if (bytes.length !== words.length * rowLength)
    throw new Error(
      `The table of word vectors has ${bytes.length} bytes; expected ${rowLength} for each of ${words.length} words.`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = new Int8Array(words.length * dimensions);
  const scale = new Float32Array(words.length);
  for (let word = 0; word < words.length; word++) {
    scale[word] = view.getFloat32(word * rowLength, true);
    for (let d = 0; d < dimensions; d++)
      table[word * dimensions + d] = view.getInt8(word * rowLength + 4 + d);
  }
  return {
    dimensions,
    indexOf: new Map(words.map((word, index) => [word, index])),
    table,
    scale,
    weights: wordWeights(scale),
  };
}

/** How often the word of rank `rank` (0 = the most frequent) occurs in English, by Zipf's law over 400,000 words. */
function frequencyOf(rank: number): number {
  return 1 / ((rank + 2) * (Math.log(400_000) + 0.577));
}

const smoothing = 1e-3;

function wordWeights(scale: Float32Array): Float32Array {
  return scale.map((value, rank) => (value * smoothing) / (smoothing + frequencyOf(rank)));
}
