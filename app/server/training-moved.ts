import type { CauseRecommendation } from "#analytics/staff/cause-recommendation.ts";
import type { TrainingDecision } from "#db/queries/training-decisions.ts";

/** Whether another answer is recommended than when it was decided: of another kind, in another unit, or for another agent. */
export function recommendationMoved({ evidence }: TrainingDecision, found: CauseRecommendation): boolean {
  return saidOf(evidence.found) !== saidOf(found);
}

function saidOf({ answer, units }: CauseRecommendation): string {
  const told = units
    .filter((one) => one.found.answer !== "cannot_tell")
    .map(({ unit, found }) => [
      unit,
      found.answer,
      found.answer === "individual"
        ? found.agents.flatMap(({ agent, standsOut }) => (standsOut ? [agent] : []))
        : [],
    ]);
  return JSON.stringify([answer, told]);
}
