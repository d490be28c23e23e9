import type { Clustering } from "#analytics/causes/cluster-cases.ts";
import { type LineageEvent, matchClusters } from "#analytics/causes/match-clusters.ts";
import type { AnalysisResult, Lineage } from "#db/queries/save-analysis.ts";

/**
 * Gives each cluster of a run the id of the cause that its anchored cases were said to belong to, else of the one that
 * it continues, or the next free id, so that names, categories and second fixes stay with their cause. An anchored case
 * is kept where it would be without that word, which lies over it where causes are read, and may be taken back.
 * @param before the cause of each case in the run before
 */
export function identifyCauses(
  clustering: Clustering,
  before: ReadonlyMap<string, number>,
  highestCauseId: number,
): Omit<AnalysisResult, "caseCount"> {
  const after = new Map<string, number>();
  for (const [caseId, { unanchored }] of clustering.assignments)
    if (unanchored >= 0) after.set(caseId, unanchored);
  const said = clustering.clusters.flatMap(({ anchor }, cluster) =>
    anchor === null ? [] : [[cluster, anchor] as const],
  );
  const { continues, events } = matchClusters(before, after, new Map(said));
  let nextId = highestCauseId;
  const causeIds = clustering.clusters.map((_, cluster) => continues.get(cluster) ?? ++nextId);
  const causeOf = (cluster: number) => causeIds[cluster] ?? 0;
  return {
    clusters: clustering.clusters.map((cluster, i) => ({ ...cluster, causeId: causeOf(i) })),
    assignments: [...clustering.assignments].flatMap(([caseId, found]) => {
      const { basis, cluster, unanchored, similarity, terms } = found;
      if (basis === null || unanchored < 0) return [];
      const why = cluster === unanchored ? { similarity, terms } : { similarity: null, terms: [] };
      return [{ caseId, causeId: causeOf(unanchored), basis, ...why }];
    }),
    unassigned: [...clustering.assignments].flatMap(([caseId, { unanchored, unassignedBecause }]) =>
      unanchored < 0 ? [{ caseId, because: unassignedBecause ?? ("few_alike" as const) }] : [],
    ),
    assigner: clustering.assigner,
    highestCauseId,
    lineage: events.map((event) => lineageRow(event, causeOf)),
  };
}

function lineageRow(event: LineageEvent, causeOf: (cluster: number) => number): Lineage {
  switch (event.kind) {
    case "new": {
      const causeId = causeOf(event.cluster);
      return { event: "new", causeId, otherCauseId: causeId, share: 1, cases: event.cases };
    }
    case "grown": {
      const { old, from, to } = event;
      return { event: "grown", causeId: old, otherCauseId: old, share: to / from, cases: to - from };
    }
    case "split":
    case "merged": {
      const { kind, old, cluster, share, cases } = event;
      return { event: kind, causeId: old, otherCauseId: causeOf(cluster), share, cases };
    }
    case "vanished": {
      const { old, cases } = event;
      return { event: "vanished", causeId: old, otherCauseId: old, share: 1, cases };
    }
  }
}
