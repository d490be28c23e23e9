import { describe, expect, it } from "vitest";
import { randomFrom } from "#analytics/causes/random.ts";
import { scanFamily } from "#analytics/statistics/scan-family.ts";

const days = 300;
const scan = { from: 240, width: 20, fewest: 5 };

/** Ten a stretch of 20 days, always; and 20 in one of the last days. */
function calmWithBurst(): Uint32Array {
  const events = Uint32Array.from({ length: days }, (_, day) => Number(day % 2 === 0));
  for (let day = 260; day < 280; day += 2) events[day] = 2;
  return events;
}

/** Stretches of two and of forty, by chance. */
function restless(seed: number): Uint32Array {
  const random = randomFrom(seed);
  const stretches = Array.from({ length: days / 20 }, () => (random() < 0.5 ? 2 : 40));
  const events = new Uint32Array(days);
  stretches.forEach((count, stretch) => {
    for (let one = 0; one < count; one++) events[20 * stretch + Math.floor(20 * random())]!++;
  });
  return events;
}

function pOfFirst(family: readonly Uint32Array[]): number {
  const population = new Uint32Array(days).fill(40);
  for (const events of family) events.forEach((count, day) => (population[day]! += count));
  return scanFamily(family, { ...scan, population }, 1)[0]?.p ?? 1;
}

describe("the scan of a family of kinds", () => {
  it("takes none for calmer than all in common are", () => {
    const others = [calmWithBurst(), calmWithBurst(), ...[1, 2, 3].map(restless)];
    const alone = pOfFirst([calmWithBurst()]);
    expect(alone).toBeLessThan(0.2);
    expect(pOfFirst([calmWithBurst(), ...others])).toBeGreaterThan(0.4);
  });

  it("gives a kind the same result whatever the order of the others", () => {
    const family = [calmWithBurst(), ...[1, 2, 3].map(restless)];
    const turned = [family[0]!, ...family.slice(1).toReversed()];
    expect(pOfFirst(turned)).toBe(pOfFirst(family));
  });
});
