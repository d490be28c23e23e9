/** How well a grouping agrees with a known one. All are 1 for the same grouping under other names. */
export interface Agreement {
  /** V-measure (Rosenberg & Hirschberg 2007): the harmonic mean of homogeneity and completeness; the same as NMI. */
  v: number;
  /** Adjusted Rand index (Hubert & Arabie 1985): 0 is what chance gives. */
  ari: number;
  /** BCubed F1 (Bagga & Baldwin 1998). */
  bcubed: number;
  groups: number;
}

/** Compares two groupings of the same items, given as one label an item, in the same order. */
export function agreement(
  truth: readonly (string | number)[],
  found: readonly (string | number)[],
): Agreement {
  const n = truth.length;
  const truthSizes = sizes(truth);
  const foundSizes = sizes(found);
  const cells = new Map<string, { t: number; f: number; both: number }>();
  truth.forEach((label, item) => {
    const other = found[item] ?? "";
    const key = JSON.stringify([label, other]);
    const cell = cells.get(key) ?? { t: truthSizes.get(label) ?? 0, f: foundSizes.get(other) ?? 0, both: 0 };
    cell.both++;
    cells.set(key, cell);
  });
  const table = [...cells.values()];
  const entropy = (counts: Map<unknown, number>) =>
    -sum([...counts.values()].map((c) => (c / n) * Math.log(c / n)));

  const information = sum(table.map(({ t, f, both }) => (both / n) * Math.log((both * n) / (t * f))));
  const entropies = entropy(truthSizes) + entropy(foundSizes);
  const precision = sum(table.map(({ f, both }) => both ** 2 / f / n));
  const recall = sum(table.map(({ t, both }) => both ** 2 / t / n));
  const truthPairs = sum([...truthSizes.values()].map(pairs));
  const foundPairs = sum([...foundSizes.values()].map(pairs));
  const expected = (truthPairs * foundPairs) / pairs(n);
  const most = (truthPairs + foundPairs) / 2;
  return {
    v: entropies === 0 ? 1 : (2 * information) / entropies,
    ari: most === expected ? 1 : (sum(table.map(({ both }) => pairs(both))) - expected) / (most - expected),
    bcubed: (2 * precision * recall) / (precision + recall),
    groups: foundSizes.size,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function pairs(count: number): number {
  return (count * (count - 1)) / 2;
}

function sizes(labels: readonly (string | number)[]): Map<string | number, number> {
  const counts = new Map<string | number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
