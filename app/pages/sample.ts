import { caseIdAt } from "#analytics/facts/facts.ts";
import { everything } from "#analytics/filter/filter.ts";
import { causeRanking } from "#analytics/metrics/cause-ranking.ts";
import { type CauseState, confirmationQueue } from "#analytics/metrics/confirmation-queue.ts";
import { drawOrder } from "#analytics/metrics/draw-sample.ts";
import { makeView, type Snapshot } from "#app/tables/view.ts";
import type { Asked } from "./asked.ts";

/** All cases in an order that chance decides, as rows of the columns; and the causes among which a coder chooses. */
export function sampleOrder(snapshot: Snapshot, { today, seed }: Asked & { seed: number }) {
  const { facts } = snapshot;
  const rowOf = new Map(Array.from({ length: facts.size }, (_, row) => [caseIdAt(facts, row), row]));
  const { incidence } = allDays(snapshot, today);
  return {
    rows: Uint32Array.from(drawOrder([...rowOf.keys()], seed), (caseId) => rowOf.get(caseId) ?? 0),
    codebook: causeRanking(facts, incidence).flatMap(({ cause }) =>
      cause === null ? [] : [{ causeId: cause.causeId, name: cause.name }],
    ),
  };
}

/** The causes whose category nobody has confirmed, the largest and least certain first. */
export function categoryQueue(
  snapshot: Snapshot,
  { today, states }: Asked & { states: readonly CauseState[] },
) {
  return confirmationQueue(snapshot.facts, allDays(snapshot, today).incidence, states);
}

function allDays(snapshot: Snapshot, today: Asked["today"]) {
  return makeView(snapshot, { ...everything, period: "all" }, today);
}
