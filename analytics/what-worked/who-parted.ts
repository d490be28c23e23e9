import type { PartedBy } from "../case.ts";
import { type CaseCost, type CauseCost, type CostRates, causeCost } from "../cost/cause-cost.ts";
import { type Share, shareOf } from "../metrics/share.ts";
import type { Tested } from "./false-discoveries.ts";
import { type HandledCase, type HandlingTargets, handlingSteps, type StepEffect } from "./handling-steps.ts";

/** A resolved case; `parted`: its outcome was the end of the relationship, `null` = the outcome is not known. */
export interface EndedCase extends Omit<HandledCase, "result">, CaseCost {
  /** Who ended it; `null` = not told. Read of parted cases alone. */
  partedBy: PartedBy | null;
}

/** A step of the handling, and how often it was missed before an end and elsewhere. */
export interface MissedStep extends StepEffect {
  /** Of the parted cases that it applies to and of which it is known. */
  missed: Share;
  /** Of the cases with another outcome, alike. */
  missedElsewhere: Share;
}

export interface Partings {
  /** Of the cases whose outcome is known. */
  rate: Share;
  /** Cases whose outcome is not known. */
  unknown: number;
  /** Of the parted cases of which it is told. */
  endedBy: Record<PartedBy, Share>;
  /** Parted cases of which it is not told. */
  notTold: number;
  /** What the parted cases cost, the customers who left among it. */
  cost: CauseCost;
  /** `association`: how often it ended where the step was kept beside where it was not; one family of tests. */
  steps: Tested<MissedStep>[];
}

/**
 * The relationships that ended: how often, who ended them, what they cost, and which steps of the handling were missed before, each
 * beside the cases that ended otherwise. Several cases of one customer are several partings, but one lost customer of
 * the cost. Association, not proof: who means to leave is also harder to handle.
 * Source: PRODUCT §8; `handlingSteps`, `causeCost`. Cost: one pass a step.
 * @param targets what a step is kept by
 * @param rates what minutes and customers are worth
 */
export function whoParted(cases: readonly EndedCase[], targets: HandlingTargets, rates: CostRates): Partings {
  const parted = cases.filter((ended) => ended.parted === true);
  const known = cases.filter((ended) => ended.parted !== null);
  const told = parted.filter(({ partedBy }) => partedBy !== null);
  const endedBy = (who: PartedBy) =>
    shareOf(told.filter(({ partedBy }) => partedBy === who).length, told.length);
  const effects = handlingSteps(
    cases.map((ended) => ({ ...ended, result: ended.parted })),
    targets,
  );
  return {
    rate: shareOf(parted.length, known.length),
    unknown: cases.length - known.length,
    endedBy: { us: endedBy("us"), them: endedBy("them") },
    notTold: parted.length - told.length,
    cost: causeCost(parted, rates),
    steps: effects.map((effect) => ({ ...effect, ...missedShares(effect) })),
  };
}

/** The table of the association, read by its other side. */
function missedShares({ association }: StepEffect): Pick<MissedStep, "missed" | "missedElsewhere"> {
  const { with: kept, without: missed } = association;
  const others = { kept: kept.n - kept.hits, missed: missed.n - missed.hits };
  return {
    missed: shareOf(missed.hits, missed.hits + kept.hits),
    missedElsewhere: shareOf(others.missed, others.missed + others.kept),
  };
}
