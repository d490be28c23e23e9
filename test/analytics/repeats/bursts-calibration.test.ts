import { expect, it } from "vitest";
import { burstCalibration } from "#test/calibration/bursts.ts";

// `npm run test:calibration` has 500 pages of each; here 10, so 400 p values, whose own chance is allowed for
const [none, real] = burstCalibration({ seed: 5, effort: 0.02 });

it("finds bursts in stable causes no more often than it says, however their cases vary", () => {
  for (const [world, , under5, under1] of none?.rows ?? []) {
    expect(Number.parseFloat(under5 ?? ""), world).toBeLessThan(9);
    expect(Number.parseFloat(under1 ?? ""), world).toBeLessThan(3.5);
  }
  expect(none?.rows).toHaveLength(4);
});

it("finds a burst of five times ten customers", () => {
  const row = real?.rows.find(([usual, factor]) => usual === "10" && factor === "5x");
  expect(Number.parseFloat(row?.[2] ?? "")).toBeGreaterThan(80);
});
