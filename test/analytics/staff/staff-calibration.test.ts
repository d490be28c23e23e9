import { expect, it } from "vitest";
import { randomFrom } from "#analytics/causes/random.ts";
import { answersOf, shrunkCoverage, staff } from "#test/calibration/staff.ts";

const team = { agents: 5, cases: 13, uneven: false, unitRate: 1, oneRate: 1, dispersion: 1 };
const teams = 500;

it("a fair team is rarely told to talk to one of them: 5 % at the most, 8 % here for chance", () => {
  expect(answersOf(team, teams, randomFrom(3)).individual).toBeLessThan(0.08);
  expect(answersOf({ ...team, unitRate: 2 }, teams, randomFrom(4)).individual).toBeLessThan(0.08);
});

it("nor is it where cases come in bursts: 5 % at the most, 8 % here for chance", () => {
  for (const dispersion of [1.5, 3])
    expect(answersOf({ ...team, dispersion }, teams, randomFrom(8)).individual).toBeLessThan(0.08);
});

it("a unit is rarely sent on a course for one at twice the rate: 5 % at the most, 8 % here for chance", () => {
  const found = answersOf({ ...team, unitRate: 2, oneRate: 2 }, teams, randomFrom(5));
  expect(found.unit).toBeLessThan(0.08);
  expect(found.named).toBeGreaterThan(0.5);
});

it("a bad unit is found from 30 cases an agent on, and nobody from three", () => {
  const found = (cases: number) => answersOf({ ...team, cases, unitRate: 2 }, teams, randomFrom(6));
  expect(found(30).unit).toBeGreaterThan(0.85);
  expect(found(3).cannot_tell).toBeGreaterThan(0.92);
});

it("shrunk ratios hold the truth in some 93 % of agents, 88 % here for chance", () => {
  expect(shrunkCoverage(10, 0.3, 40, randomFrom(7))).toBeGreaterThan(0.88);
});

it("the same seed prints the same tables", () => {
  const options = { seed: 2, effort: 0.003 };
  expect(staff(options)).toEqual(staff(options));
});
