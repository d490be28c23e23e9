import { expect, it } from "vitest";
import { recurrenceCalibration } from "#test/calibration/recurrence.ts";

// `npm run test:calibration` has 200 companies of each kind; here 20, and twice the distance that a 5 % test allows
it("forecasts counts that come as often as it says, and knows more than the last period does", () => {
  const [table] = recurrenceCalibration({ seed: 5, effort: 0.1 });
  for (const [world, days, , distance, most, brier, sameAsLast, within] of table?.rows ?? []) {
    const name = `${world}, ${days} days`;
    expect(Number(distance), name).toBeLessThan(2 * Number(most));
    expect(Number(brier), name).toBeLessThan(0.75 * Number(sameAsLast));
    expect(Number.parseFloat(within ?? ""), name).toBeGreaterThan(93);
  }
  expect(table?.rows).toHaveLength(8);
});
