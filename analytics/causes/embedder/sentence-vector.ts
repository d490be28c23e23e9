import { scaleToUnit } from "../unit-vectors.ts";

/** How the vectors of a text's pieces become one: their mean, or that of the piece that begins the text. */
export type Pooling = "mean" | "first";

/** What a model gives for one text: numbers and their shape. */
export interface ModelOutput {
  dims: readonly number[];
  data: ArrayLike<number>;
}

/**
 * The vector of one text, of length 1. Of an output of the shape [1, pieces, dimensions] it is pooled; there is no padding
 * among the pieces, since texts go through the model one by one. One of the shape [1, dimensions] is it already.
 *
 * @throws Error where the output has another shape, or is not of numbers that can be compared
 */
export function sentenceVector({ dims, data }: ModelOutput, pooling: Pooling): Float32Array {
  const [texts, ...shape] = dims;
  const dimensions = shape.at(-1) ?? 0;
  const pieces = shape.length === 1 ? 1 : (shape[0] ?? 0);
  const fits = texts === 1 && (shape.length === 1 || shape.length === 2) && pieces * dimensions > 0;
  if (!fits || data.length !== pieces * dimensions)
    throw new Error(
      `For one text the sentence model gave numbers of the shape [${dims.join(", ")}]; expected [1, pieces, dimensions] or [1, dimensions].`,
    );
  const vector = new Float32Array(dimensions);
  const counted = pooling === "mean" ? pieces : 1;
  for (let piece = 0; piece < counted; piece++)
    for (let d = 0; d < dimensions; d++) vector[d]! += data[piece * dimensions + d]! / counted;
  if (!vector.every(Number.isFinite))
    throw new Error(
      "The sentence model gave numbers that are not finite; expected a vector that can be compared.",
    );
  scaleToUnit(vector, 0, dimensions);
  return vector;
}
