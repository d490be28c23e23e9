/**
 * Adjusted p values under which the chance of even one false "stands out" over one family of tests stays within 5 %: report
 * those with p <= 0.05. In the order of the input; ties and order do not matter. An empty family gives an empty list.
 * Source: Holm 1979; the step-down adjustment is R's `p.adjust(method = "holm")`. Cost: one sort.
 * @param ps p values, each 0..1
 */
export function holm(ps: readonly number[]): number[] {
  ps.forEach((p, index) => {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`holm: expected p in 0..1 at index ${index}, got ${p}`);
  });
  const byP = ps.map((_, index) => index).sort((a, b) => ps[a]! - ps[b]!);
  const adjusted = Array.from<number>({ length: ps.length });
  let largest = 0;
  byP.forEach((index, position) => {
    largest = Math.max(largest, Math.min(1, ps[index]! * (ps.length - position)));
    adjusted[index] = largest;
  });
  return adjusted;
}
