/** A source of numbers in [0, 1). Chance is always a parameter here, so that a run repeats bit for bit. */
export type Random = () => number;

/**
 * The same numbers for the same seed, on every machine (mulberry32, Tommy Ettinger 2017, public domain: 32 bits
 * of state, passes gjrand; enough for visiting orders and projections, not for secrets).
 */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** 0 … count-1 in a random order (Fisher-Yates). */
export function shuffledIndices(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1));
    const moved = order[last]!; // both indices lie below count
    order[last] = order[pick]!;
    order[pick] = moved;
  }
  return order;
}
