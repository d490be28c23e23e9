/**
 * Adjusted p values that control the chance of even one false statement in a family of tests: state those with an
 * adjusted p <= 0.05. In the order of the input; ties and order do not matter. An empty family gives an empty list.
 * For statements about people (which of the agents stand out); for a page of causes see `benjaminiHochberg`.
 * Source: Holm 1979; the step-down adjustment is R's `p.adjust(method = "holm")`. Cost: one sort.
 * @param ps p values, each 0..1
 */
export function holm(ps: readonly number[]): number[] {
  const wrong = ps.findIndex((p) => !(p >= 0 && p <= 1));
  if (wrong !== -1) throw new RangeError(`holm: expected p in 0..1 at index ${wrong}, got ${ps[wrong]}`);
  const byP = ps.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = Array.from<number>({ length: ps.length });
  let largest = 0;
  byP.forEach(({ p, index }, position) => {
    largest = Math.max(largest, Math.min(1, p * (ps.length - position)));
    adjusted[index] = largest;
  });
  return adjusted;
}
