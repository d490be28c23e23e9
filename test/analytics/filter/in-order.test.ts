import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inOrder } from "#analytics/filter/in-order.ts";

describe("the order of a list", () => {
  it("is that of the days of resolution, and of the rows within a day", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 })), (days) => {
        const outcomeDay = Int32Array.from(days);
        const rows = Uint32Array.from(days.keys()).filter((row) => row % 3 !== 1);
        const expected = [...rows].sort((a, b) => days[a]! - days[b]! || a - b);
        expect([...inOrder({ outcomeDay }, rows, "outcome")]).toEqual(expected);
        expect(inOrder({ outcomeDay }, rows, "incidence")).toBe(rows);
      }),
    );
  });
});
