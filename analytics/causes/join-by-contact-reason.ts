/** A case as far as this step looks at it. */
export interface CaseWithReason {
  /** True for a case with a text to compare; its cluster is settled. */
  hasText: boolean;
  /** Its cluster, or -1. */
  cluster: number;
  contactReason: string | null;
}

export interface JoinedByReason {
  /** By case: its cluster after this step, or -1. */
  clusterOf: Int32Array;
  /** The contact reasons of the clusters that were added, numbered after the ones that were there. */
  added: string[];
  /** The cluster that a case without a text joins by its reason, where there is one. */
  clusterOfReason: ReadonlyMap<string, number>;
}

/**
 * Gives cases without a text to a cluster by their contact reason. Where at least half of the cases with a text of that
 * reason lie in one cluster (and at least `smallest` of them exist), the others join it; else those without a text form
 * a cluster of that reason, if they are `smallest` or more. A case with neither text nor reason stays at -1.
 */
export function joinByContactReason(
  cases: readonly CaseWithReason[],
  clusters: number,
  smallest: number,
): JoinedByReason {
  const byReason = new Map<string, CaseWithReason[]>();
  for (const item of cases) {
    if (item.contactReason === null) continue;
    const listed = byReason.get(item.contactReason);
    if (listed === undefined) byReason.set(item.contactReason, [item]);
    else listed.push(item);
  }
  const added: string[] = [];
  const target = new Map<string, number>();
  for (const [reason, listed] of [...byReason].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const withText = listed.filter(({ hasText }) => hasText);
    const home = withText.length >= smallest ? clusterOfHalf(withText) : -1;
    if (home >= 0) target.set(reason, home);
    else if (listed.length - withText.length >= smallest)
      target.set(reason, clusters + added.push(reason) - 1);
  }
  const clusterOf = Int32Array.from(cases, ({ hasText, cluster, contactReason }) =>
    hasText ? cluster : (target.get(contactReason ?? "") ?? -1),
  );
  return { clusterOf, added, clusterOfReason: target };
}

/** The cluster that holds at least half of the cases, or -1. Of two halves, the lower number. */
function clusterOfHalf(cases: readonly CaseWithReason[]): number {
  const counts = new Map<number, number>();
  for (const { cluster } of cases) counts.set(cluster, (counts.get(cluster) ?? 0) + 1);
  const half = [...counts].filter(([cluster, count]) => cluster >= 0 && 2 * count >= cases.length);
  return half.length === 0 ? -1 : Math.min(...half.map(([cluster]) => cluster));
}
