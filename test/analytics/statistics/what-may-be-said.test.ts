import { describe, expect, it } from "vitest";
import { whatMayBeSaid } from "#analytics/statistics/what-may-be-said.ts";

const rose = { low: 1.01, high: 3 };
const fell = { low: 0.2, high: 0.99 };
const unclear = { low: 0.8, high: 1.3 };

describe("what may be said of two periods", () => {
  it("is the count under 5 cases, a rate under 30, and a verb from 30", () => {
    const sayings = [0, 4, 5, 29, 30, 1000].map((count) => whatMayBeSaid(count, 91, rose));
    expect(sayings).toEqual(["count", "count", "rate", "rate", "verb", "verb"]);
  });

  it("has a verb only where the interval of the ratio leaves out 1, on either side", () => {
    expect(whatMayBeSaid(30, 91, fell)).toBe("verb");
    expect(whatMayBeSaid(5000, 91, unclear)).toBe("rate");
    expect(whatMayBeSaid(30, 91, { low: 1, high: 2 })).toBe("rate");
    expect(whatMayBeSaid(30, 91, { low: 0.5, high: 1 })).toBe("rate");
  });

  it("keeps an interval without an upper end: from nothing to many is a rise", () => {
    expect(whatMayBeSaid(30, 91, { low: 9, high: Infinity })).toBe("verb");
  });

  it("is the count where there is no exposure or no interval, however many cases", () => {
    expect(whatMayBeSaid(500, null, rose)).toBe("count");
    expect(whatMayBeSaid(500, 0, rose)).toBe("count");
    expect(whatMayBeSaid(500, 91, null)).toBe("count");
    expect(whatMayBeSaid(500, 0.5, rose)).toBe("verb");
  });

  it("refuses what is no count", () => {
    expect(() => whatMayBeSaid(-1, 91, rose)).toThrow("got -1");
    expect(() => whatMayBeSaid(Number.NaN, 91, rose)).toThrow("got NaN");
  });
});
