import { describe, expect, it } from "vitest";
import { randomFrom } from "#analytics/causes/random.ts";
import { weeklyDispersion } from "#analytics/staff/weekly-dispersion.ts";
import { drawOverdispersed } from "#test/calibration/draw.ts";

const volume = Array.from({ length: 26 }, () => 100);

function meanOver(teams: number, dispersion: number, rates: readonly number[]): number {
  const random = randomFrom(5);
  let sum = 0;
  for (let team = 0; team < teams; team++) {
    const agents = rates.map((rate) => volume.map(() => drawOverdispersed(rate / 26, dispersion, random)));
    sum += weeklyDispersion(agents, volume) ?? Number.NaN;
  }
  return sum / teams;
}

describe("how far cases come in bursts", () => {
  // half a standard error is added: 1 + .5 sqrt(6 / (5 x 26)) = 1.11; at 1 it is cut off besides
  it("is what the weeks were drawn with, and the half error", () => {
    expect(meanOver(150, 2, [20, 20, 20, 20, 20]) / 1.11).toBeCloseTo(2, 0.9);
    expect(meanOver(150, 3, [20, 20, 20, 20, 20]) / 1.11).toBeCloseTo(3, 0.6);
    expect(meanOver(150, 1, [20, 20, 20, 20, 20])).toBeLessThan(1.25);
  });

  it("has nothing of how much the agents differ", () => {
    expect(meanOver(150, 1, [5, 10, 20, 40, 80])).toBeLessThan(1.25);
  });

  it("sees a burst across two weeks as one within a week", () => {
    const burst = (...at: [number, number][]) =>
      volume.map((_, week) => at.find(([day]) => day === week)?.[1] ?? 0);
    const within = weeklyDispersion([burst([4, 8], [15, 1])], volume);
    const across = weeklyDispersion([burst([4, 4], [5, 4], [15, 1])], volume);
    expect(across).toBeCloseTo(within!, 9);
    expect(within).toBeGreaterThan(5);
  });

  it("follows what the unit handled: cases of busy weeks are no burst", () => {
    const busy = volume.map((_, week) => (week < 5 ? 400 : 25));
    const agents = [busy.map((handled) => handled / 25)];
    expect(weeklyDispersion(agents, busy)).toBeLessThan(1.5);
    expect(weeklyDispersion(agents, volume)).toBeGreaterThan(10);
  });

  it("can't be told from seven weeks, nor where nobody has two cases", () => {
    const seven = volume.slice(0, 7);
    expect(weeklyDispersion([seven.map(() => 3)], seven)).toBeNull();
    expect(weeklyDispersion([[1, ...volume.slice(1).fill(0)]], volume)).toBeNull();
    expect(() => weeklyDispersion([[1, 2]], volume)).toThrow("expected 26 weeks of each agent, got 2");
  });
});
