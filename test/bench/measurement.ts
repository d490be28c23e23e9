import { quantileSorted } from "d3-array";

export interface Measurement {
  what: string;
  /** With its unit. */
  value: string;
}

/** "p50 3.2 ms, p95 7.9 ms" of single times in milliseconds. */
export function percentiles(milliseconds: readonly number[]): string {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (p: number) => (quantileSorted(sorted, p) ?? Number.NaN).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (n = ${sorted.length})`;
}

export async function timed<T>(work: () => Promise<T> | T): Promise<{ result: T; milliseconds: number }> {
  const start = performance.now();
  const result = await work();
  return { result, milliseconds: performance.now() - start };
}
