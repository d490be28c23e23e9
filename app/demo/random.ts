/** Draws from a seeded generator. Each call moves it on; the same seed gives the same draws on every machine. */
export type Random = {
  /** Uniform in [0, 1). */
  uniform: () => number;
  /** Uniform in [low, high). */
  between: (low: number, high: number) => number;
  /** A whole number from `low` to `high`, both included. */
  integer: (low: number, high: number) => number;
  chance: (probability: number) => boolean;
  normal: () => number;
  /** `median` x e^(sigma x normal). */
  logNormal: (median: number, sigma: number) => number;
  poisson: (mean: number) => number;
  choice: <T>(items: readonly T[]) => T;
  /** A key of `weights`, drawn in proportion to its weight. */
  weighted: <K extends string>(weights: Readonly<Partial<Record<K, number>>>) => K;
};

/**
 * A generator for `seed` and a named `stream`: streams of one seed don't disturb each other, so one more draw
 * in one of them leaves the others as they were.
 */
export function seededRandom(seed: number, stream: string): Random {
  const uniform = sfc32(seed, hash(stream));
  const between = (low: number, high: number) => low + (high - low) * uniform();
  const integer = (low: number, high: number) => low + Math.floor(uniform() * (high - low + 1));
  // Box-Muller; 1 - u keeps the logarithm away from 0.
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    between,
    integer,
    chance: (probability) => uniform() < probability,
    normal,
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    poisson: (mean) => poisson(mean, uniform),
    choice: (items) => {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new RangeError("choice: got an empty list, expected at least one item");
      return item;
    },
    weighted: (weights) => weighted(weights, uniform),
  };
}

/** Knuth's multiplication: exact, and fast for the small means that it is used with (a cause's cases of one day). */
function poisson(mean: number, uniform: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = uniform(); product > limit; product *= uniform()) count += 1;
  return count;
}

function weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>, uniform: () => number): K {
  let total = 0;
  for (const key in weights) total += weights[key] ?? 0;
  let rest = uniform() * total;
  for (const key in weights) {
    rest -= weights[key] ?? 0;
    if (rest < 0) return key;
  }
  throw new RangeError(`weighted: got weights with the sum ${total}, expected more than 0`);
}

/** sfc32 of PractRand (Doty-Humphrey): 128 bits of state, no known weakness at these lengths. */
function sfc32(seed: number, stream: number): () => number {
  let a = 0x9e3779b9;
  let b = seed | 0;
  let c = stream | 0;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let warmUp = 0; warmUp < 16; warmUp += 1) next();
  return next;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}
