import { mean, variance } from "d3-array";
import { describe, expect, test } from "vitest";
import { seededRandom } from "#app/demo/random.ts";

const draws = <T>(draw: () => T, count = 20_000) => Array.from({ length: count }, draw);

describe("seededRandom", () => {
  test("repeats itself from its seed and stream, and differs between them", () => {
    const first = draws(seededRandom(7, "a").uniform, 50);
    expect(draws(seededRandom(7, "a").uniform, 50)).toEqual(first);
    expect(draws(seededRandom(7, "b").uniform, 50)).not.toEqual(first);
    expect(draws(seededRandom(8, "a").uniform, 50)).not.toEqual(first);
  });

  test("draws uniform numbers in [0, 1) with mean 1/2 and variance 1/12", () => {
    const values = draws(seededRandom(1, "uniform").uniform);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(mean(values)).toBeCloseTo(0.5, 1);
    expect(variance(values)).toBeCloseTo(1 / 12, 2);
  });

  test("draws normal, log-normal and Poisson numbers with their moments", () => {
    const random = seededRandom(2, "moments");
    const normal = draws(random.normal);
    expect(Math.abs(mean(normal) ?? 1)).toBeLessThan(0.03);
    expect(Math.abs((variance(normal) ?? 0) - 1)).toBeLessThan(0.04);
    const below = draws(() => random.logNormal(2, 1.3)).filter((value) => value < 2);
    expect(Math.abs(below.length / 20_000 - 0.5)).toBeLessThan(0.015);
    const counts = draws(() => random.poisson(0.7));
    expect(Math.abs((mean(counts) ?? 0) - 0.7)).toBeLessThan(0.025);
    expect(Math.abs((variance(counts) ?? 0) - 0.7)).toBeLessThan(0.035);
    expect(draws(() => random.poisson(0), 100).every((count) => count === 0)).toBe(true);
  });

  test("draws whole numbers with both ends included", () => {
    const random = seededRandom(3, "integers");
    expect(new Set(draws(() => random.integer(2, 4), 200))).toEqual(new Set([2, 3, 4]));
  });

  test("draws keys in proportion to their weights, and never one of weight 0", () => {
    const random = seededRandom(4, "weights");
    const keys = draws(() => random.weighted({ a: 1, b: 3, c: 0 }));
    expect(Math.abs(keys.filter((key) => key === "b").length / keys.length - 0.75)).toBeLessThan(0.012);
    expect(keys).not.toContain("c");
  });

  test("says what is wrong with an empty choice", () => {
    const random = seededRandom(5, "empty");
    expect(() => random.choice([])).toThrow("got an empty list, expected at least one item");
    expect(() => random.weighted({})).toThrow("got weights with the sum 0, expected more than 0");
  });
});
