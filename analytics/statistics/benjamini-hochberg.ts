/**
 * Adjusted p values (q) that control the share of false discoveries over one family of tests: report those with
 * q <= 0.05. In the order of the input; ties and order do not matter. An empty family gives an empty list.
 * Source: Benjamini & Hochberg 1995; the step-up adjustment is R's `p.adjust(method = "BH")`.
 * @param ps p values, each 0..1
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const byP = ps.map((_, i) => i).sort((a, b) => value(ps, b) - value(ps, a));
  const q = Array.from<number>({ length: ps.length });
  let smallest = 1;
  byP.forEach((index, position) => {
    const rank = ps.length - position;
    smallest = Math.min(smallest, (value(ps, index) * ps.length) / rank);
    q[index] = smallest;
  });
  return q;
}

function value(ps: readonly number[], index: number): number {
  const p = ps[index];
  if (p === undefined || !(p >= 0 && p <= 1))
    throw new RangeError(`benjaminiHochberg: expected p in 0..1 at index ${index}, got ${p}`);
  return p;
}
