import { describe, expect, it } from "vitest";
import { randomFrom } from "#analytics/causes/random.ts";
import { commonDispersion } from "#analytics/recurrence/common-dispersion.ts";
import { drawOverdispersed } from "#test/calibration/draw.ts";

const history = { start: 0, end: 900 };
/** Days of cases, from how many there are in each period of 30 days. */
const daysOf = (counts: readonly number[]) =>
  counts.flatMap((count, period) => Array.from({ length: count }, () => period * 30 + 7));
const drawn = (monthly: number, dispersion: number, causes: number) => {
  const random = randomFrom(3);
  return Array.from({ length: causes }, () =>
    daysOf(Array.from({ length: 30 }, () => drawOverdispersed(monthly, dispersion, random))),
  );
};

describe("the dispersion that causes share", () => {
  it("is that of the counts to a tenth, of rare causes up to a fifth above it", () => {
    for (const monthly of [0.4, 3, 20])
      for (const dispersion of [1, 2, 3]) {
        const found = commonDispersion(drawn(monthly, dispersion, 300), history, 30);
        expect(found / dispersion, `${monthly} a month, ${dispersion}`).toBeGreaterThan(0.9);
        expect(found / dispersion, `${monthly} a month, ${dispersion}`).toBeLessThan(monthly < 1 ? 1.2 : 1.1);
      }
  });

  it("is the one worked out by hand", () => {
    // from the second period on: 1, 3 and 2, in the mean 2. Pairs of 4 and 5: 4/4 - 1 + 1/5 - 1 = -.8: no more than chance
    expect(commonDispersion([daysOf([1, 1, 3, 2])], { start: 0, end: 120 }, 30)).toBe(1);
    // 0, 4 and 2, mean 2. Pairs of 4 and 6: 16/4 - 1 + 4/6 - 1 = 8/3 = (3 + 5) x / (x + 4), so x = 2
    expect(commonDispersion([daysOf([1, 0, 4, 2])], { start: 0, end: 120 }, 30)).toBeCloseTo(3, 9);
  });

  it("does not take a rate that changed once, or a cause that appears, for one that varies", () => {
    const steady = (monthly: number, months: number) => Array.from({ length: months }, () => monthly);
    expect(commonDispersion([daysOf([...steady(40, 15), ...steady(80, 15)])], history, 30)).toBe(1);
    expect(commonDispersion([daysOf([...steady(0, 27), ...steady(40, 3)])], history, 30)).toBe(1);
  });

  it("is 1 where too little was seen to tell, and sees no case outside the history", () => {
    expect(commonDispersion([], history, 30)).toBe(1);
    expect(commonDispersion([[5], [800, 20]], history, 30)).toBe(1);
    expect(commonDispersion([daysOf([9, 0, 9, 0])], { start: 0, end: 20 }, 30)).toBe(1);
    const causes = drawn(3, 2, 20);
    const outside = [900, 900, 900, 901, -1, -1, -1];
    expect(
      commonDispersion(
        causes.map((days) => [...days, ...outside]),
        history,
        30,
      ),
    ).toBe(commonDispersion(causes, history, 30));
  });
});
