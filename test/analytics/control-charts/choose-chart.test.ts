import { describe, expect, it } from "vitest";
import { chooseChart } from "#analytics/control-charts/choose-chart.ts";

describe("the chart that fits", () => {
  it("is of counts from two cases a month on, and of the days between them below", () => {
    expect([0, 1.99, 2, 80].map((mean) => chooseChart(mean, "none"))).toEqual(["t", "t", "xmr", "xmr"]);
  });

  it("is of rates where there is an exposure, as soon as cases are not rare", () => {
    expect([0, 1.99, 2, 80].map((mean) => chooseChart(mean, "exposure"))).toEqual([
      "t",
      "t",
      "laney_u",
      "laney_u",
    ]);
  });

  it("is of shares where there are opportunities, and of the opportunities between rare cases", () => {
    expect([0, 1.99, 2, 80].map((mean) => chooseChart(mean, "opportunities"))).toEqual([
      "g",
      "g",
      "laney_p",
      "laney_p",
    ]);
  });

  it("is none where no month is measured, and no mean is below 0", () => {
    expect(chooseChart(null, "none")).toBeNull();
    expect(() => chooseChart(-1, "none")).toThrow("got -1");
    expect(() => chooseChart(Number.NaN, "exposure")).toThrow("got NaN");
  });
});
