import { describe, expect, it } from "vitest";
import { verdictOfChange } from "#analytics/second-fix/verdict-of-change.ts";

const verdict = (low: number, ratio: number | null, high: number) =>
  verdictOfChange({ ratio, interval: { low, high } }, 0.4);

describe("the verdict of a ratio", () => {
  it("is harmful only when the whole interval lies above 1", () => {
    expect(verdict(1.01, 1.5, 2)).toBe("harmful");
    expect(verdict(1, 1.5, 2)).toBe("not_effective");
  });

  it("is effective only when the whole interval lies below 1 and the ratio reaches the target", () => {
    expect(verdict(0.4, 0.6, 0.99)).toBe("effective");
    expect(verdict(0.4, 0.6, 1)).toBe("inconclusive");
    expect(verdict(0.4, 0.61, 0.99)).toBe("partially_effective");
  });

  it("is partially effective rather than not effective where both hold", () => {
    expect(verdict(0.7, 0.8, 0.9)).toBe("partially_effective");
  });

  it("is not effective only when the target is out of reach", () => {
    expect(verdict(0.61, 0.9, 1.2)).toBe("not_effective");
    expect(verdict(0.6, 0.9, 1.2)).toBe("inconclusive");
  });

  it("can say harm, but no success, where nothing was seen before", () => {
    expect(verdict(1.2, null, Infinity)).toBe("harmful");
    expect(verdict(0.2, null, Infinity)).toBe("inconclusive");
  });

  it("refuses a target that is no cut", () => {
    expect(() => verdictOfChange({ ratio: 1, interval: { low: 0, high: 2 } }, 0)).toThrow("got 0");
  });
});
