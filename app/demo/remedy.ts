import type { ApologyVisibility, Category, RemedyType, Severity } from "#analytics/case.ts";
import { remedyTypes } from "#analytics/case.ts";
import type { Random } from "./random.ts";

/** The first fix of one case. */
export type Remedy = {
  types: RemedyType[];
  apologyVisibility: ApologyVisibility;
  /** In cents; 0 where none was given. */
  refundMinor: number;
  goodwillMinor: number;
};

/** How often a remedy is used where the case is of medium severity. */
const use: Record<Category, Partial<Record<RemedyType, number>>> = {
  product: {
    apology: 0.55,
    explanation: 0.25,
    correction: 0.1,
    replacement: 0.42,
    refund: 0.24,
    goodwill: 0.1,
  },
  process: {
    apology: 0.6,
    explanation: 0.35,
    correction: 0.42,
    refund: 0.2,
    goodwill: 0.14,
    policy_change: 0.02,
  },
  staff_training: { apology: 0.65, explanation: 0.45, correction: 0.22, refund: 0.08, goodwill: 0.2 },
};

/** Money goes to the hard cases: this is what confounds a raw comparison of remedies. */
const moneyFactor: Record<Severity, number> = { low: 0.4, medium: 1, high: 2, critical: 3 };

/** What is done for the customer. */
export function drawRemedy(
  traits: { remediesOf: Category; severity: Severity; hardness: number; isPublic: boolean },
  random: Random,
): Remedy {
  const money = moneyFactor[traits.severity] * (1 + Math.max(0, traits.hardness));
  const types = remedyTypes.filter((type) => {
    const chance = use[traits.remediesOf][type] ?? 0;
    return random.chance(Math.min(0.9, type === "refund" || type === "goodwill" ? chance * money : chance));
  });
  if (types.length === 0) types.push("none");
  return {
    types,
    apologyVisibility: types.includes("apology") ? drawVisibility(traits.isPublic, random) : "none",
    refundMinor: types.includes("refund") ? Math.round(random.logNormal(42, 0.6) * 100) : 0,
    goodwillMinor: types.includes("goodwill") ? goodwillEuros(traits.severity, random) * 100 : 0,
  };
}

function goodwillEuros(severity: Severity, random: Random): number {
  const usual = severity === "low" || severity === "medium" ? [5, 10, 10, 15] : [10, 15, 20, 25, 50];
  return random.choice(usual);
}

function drawVisibility(isPublic: boolean, random: Random): ApologyVisibility {
  return isPublic ? random.weighted({ public: 3, both: 4, private: 3 }) : "private";
}
