import type { Category, Finding, Outcome, Severity } from "#analytics/case.ts";
import type { Course } from "./handling.ts";
import type { PlantedTruth } from "./planted-truth.ts";
import type { Random } from "./random.ts";
import type { Remedy } from "./remedy.ts";

export type Ending = {
  outcome: Outcome;
  /** The latent content of the customer: the score of the model with its noise. */
  content: number;
};

/**
 * How a case ends: an ordered logit on severity, cause, speed, transfers and remedy, with the true effects of
 * `planted-truth.json`. Remedies truly differ, and hard cases truly end worse.
 */
export function drawEnding(
  model: PlantedTruth["outcomeModel"],
  traits: { category: Category; severity: Severity; hardness: number },
  happened: { course: Course; remedy: Remedy },
  random: Random,
): Ending {
  const { course, remedy } = happened;
  const staffApology = traits.category === "staff_training" && remedy.types.includes("apology");
  const tens = (remedy.refundMinor + remedy.goodwillMinor) / 1000;
  const score =
    model.intercept +
    model.severity[traits.severity] +
    model.perHardness * traits.hardness +
    model.perDoublingOfDays * Math.log2(1 + course.days) +
    model.perTransfer * course.transfers +
    model.perPublicMessageBeyondThree * Math.max(0, (course.publicMessages ?? 0) - 3) +
    (course.times.resolution_communicated_at === undefined ? model.resolutionNotCommunicated : 0) +
    remedy.types.reduce((sum, type) => sum + model.remedy[type], 0) +
    (staffApology ? model.apologyForStaffMistake : 0) +
    (tens > 1 ? model.perDoublingOfCompensationFromTen * Math.log2(tens) : 0);
  const u = random.uniform();
  const content = score + Math.log((u + 1e-12) / (1 - u));
  return { outcome: outcomeAt(content, model), content };
}

/** Stars, for the third who answer: those at the ends of the scale answer more often. */
export function drawCsat(content: number, random: Random): number | null {
  const felt = 3.3 + 0.65 * content + 0.7 * random.normal();
  const score = Math.min(5, Math.max(1, Math.round(felt)));
  return random.chance(score === 1 || score === 5 ? 0.46 : 0.31) ? score : null;
}

/** Whether the complaint was right, which is another question than what caused it. */
export function drawFinding(category: Category, random: Random): Finding {
  const weights: Record<Category, Record<Finding, number>> = {
    product: { upheld: 7, partly_upheld: 2, not_upheld: 1 },
    process: { upheld: 6, partly_upheld: 3, not_upheld: 1 },
    staff_training: { upheld: 4, partly_upheld: 3, not_upheld: 3 },
  };
  return random.weighted(weights[category]);
}

/** Whether the customer is still one three months later. */
export function drawRetained(outcome: Outcome, random: Random): boolean {
  const chance: Record<Outcome, number> = { restored: 0.94, settled: 0.82, disputed: 0.55, parted: 0 };
  return random.chance(chance[outcome]);
}

function outcomeAt(content: number, model: PlantedTruth["outcomeModel"]): Outcome {
  if (content > 0) return "restored";
  if (content > model.cutSettled) return "settled";
  return content > model.cutDisputed ? "disputed" : "parted";
}
