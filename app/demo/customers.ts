import type { Outcome, RemedyType } from "#analytics/case.ts";
import type { Arrival } from "./arrivals.ts";
import type { PlantedTruth } from "./planted-truth.ts";
import type { Random } from "./random.ts";

const oldCustomers = 12_000;
const newCustomers = 3_000;

/** Regions before the new market opened, in per cent of the customers. */
const oldRegions = { Germany: 52, Netherlands: 21, Denmark: 15, Ireland: 12 };

/** Who writes: a pseudonymous reference, where that customer lives, and what the complaint is about. */
export type Complainant = { ref: string; region: string; product: string };

type Recent = Complainant & { day: number; weight: number };

/** Draws the customers, and remembers those who may come back with the same cause. */
export type Customers = {
  draw(arrival: Arrival): Complainant;
  remember(arrival: Arrival, who: Complainant, outcome: Outcome, remedies: readonly RemedyType[]): void;
};

/** Customers of the company; those of the new region appear on `stepDay`, and bring the whole rise in volume. */
export function createCustomers(truth: PlantedTruth, stepDay: number, random: Random): Customers {
  const { share, withinDays, weightByOutcome, weightIfCorrectedOrReplaced } = truth.repeatContact;
  const { factor, region: newRegion } = truth.volumeStep;
  const recurring = new Set(truth.causes.map((cause) => cause.key));
  const recents = new Map<string, Recent[]>();

  const drawNew = ({ cause, day }: Arrival): Complainant => {
    const isNew = day >= stepDay && random.chance((factor - 1) / factor);
    const number = isNew ? oldCustomers + random.integer(1, newCustomers) : random.integer(1, oldCustomers);
    return {
      ref: `C-${String(number).padStart(6, "0")}`,
      region: isNew ? newRegion : regionOf(number),
      product: random.weighted(cause.products),
    };
  };

  return {
    draw: (arrival) => {
      const again = (recents.get(arrival.cause.key) ?? []).filter(
        (one) => arrival.day - one.day <= withinDays,
      );
      recents.set(arrival.cause.key, again);
      if (again.length === 0 || !random.chance(share)) return drawNew(arrival);
      const weights = Object.fromEntries(again.map((one, index) => [index, one.weight]));
      return again[Number(random.weighted(weights))] ?? drawNew(arrival);
    },
    remember: ({ cause, day }, who, outcome, remedies) => {
      if (!recurring.has(cause.key)) return;
      const settledWell = remedies.includes("correction") || remedies.includes("replacement");
      const weight = weightByOutcome[outcome] * (settledWell ? weightIfCorrectedOrReplaced : 1);
      const { ref, region, product } = who;
      if (weight > 0) recents.get(cause.key)?.push({ ref, region, product, day, weight });
    },
  };
}

/** A customer doesn't move: the region follows from the number. 7919 is prime, so neighbours lie apart. */
function regionOf(number: number): string {
  let rest = (number * 7919) % 100;
  for (const [region, percent] of Object.entries(oldRegions)) {
    rest -= percent;
    if (rest < 0) return region;
  }
  throw new Error("The percentages of oldRegions must add up to 100.");
}
