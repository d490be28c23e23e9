import { expect, test } from "vitest";
import { plantedFates } from "#test/support/planted-fates.ts";

// docs/calibration.md has six companies
test("the fates of all thirteen causes that have one are told by the causes that the engine found", () => {
  const fates = plantedFates(1);
  expect(fates).toHaveLength(13);
  expect(fates.map(({ cause, found }) => [cause, found])).toEqual(
    fates.map(({ cause, wanted }) => [cause, wanted]),
  );
}, 120_000);
