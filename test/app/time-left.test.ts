import { expect, test } from "vitest";
import { TimeLeft } from "#app/server/time-left.ts";

test("is told from the time that the share took, and counts down until the next report", () => {
  const left = new TimeLeft();
  left.report(0, 0);
  left.report(10_000, 0.25); // 40 s in all
  expect(left.secondsAt(10_000)).toBe(30);
  expect(left.secondsAt(25_000)).toBe(15);
});

test("is not told before a tenth is done, nor where the work takes longer than was to be expected", () => {
  const left = new TimeLeft();
  expect(left.secondsAt(5)).toBeNull();
  left.report(0, 0);
  left.report(1_000, 0.09);
  expect(left.secondsAt(1_000)).toBeNull();
  left.report(2_000, 0.5);
  expect(left.secondsAt(3_999)).toBe(0.001);
  expect(left.secondsAt(4_000)).toBeNull();
});

test("begins anew with another work, and hears the same share twice as one", () => {
  const left = new TimeLeft();
  left.report(0, 0);
  left.report(9_000, 0.9);
  left.report(10_000, 0);
  left.report(12_000, 0.5);
  left.report(13_000, 0.5);
  expect(left.secondsAt(13_000)).toBe(1);
});
