import { describe, expect, it } from "vitest";
import { betaQuantile, betaTails } from "#analytics/statistics/beta.ts";
import { gammaQuantile, gammaTails } from "#analytics/statistics/gamma.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

interface Values {
  p: number;
  quantile: number;
  x: number;
  lower: number;
  upper: number;
}

describe("the beta distribution", () => {
  const rows = referenceTable<Values & { a: number; b: number }>("distributions", "beta");

  it("has R's quantiles (qbeta)", () => {
    for (const { p, a, b, quantile } of rows) expectNear(betaQuantile(p, a, b), quantile, 1e-11);
  });

  it("has R's tails (pbeta), each also where it is small", () => {
    for (const { x, a, b, lower } of rows.filter((row) => row.lower > 1e-250))
      expectNear(betaTails(x, a, b).lower, lower, 1e-10);
    for (const { x, a, b, upper } of rows.filter((row) => row.upper > 1e-250))
      expectNear(betaTails(x, a, b).upper, upper, 1e-10);
  });

  it("refuses what is no probability, and shapes that are not above 0", () => {
    expect(() => betaQuantile(1, 2, 3)).toThrow("got 1, 2 and 3");
    expect(() => betaTails(0.5, 0, 3)).toThrow("got 0.5, 0 and 3");
  });
});

describe("the gamma distribution", () => {
  const rows = referenceTable<Values & { shape: number }>("distributions", "gamma");

  it("has R's quantiles (qgamma)", () => {
    for (const { p, shape, quantile } of rows) expectNear(gammaQuantile(p, shape), quantile, 1e-12);
  });

  it("has R's tails (pgamma), each also where it is small", () => {
    for (const { x, shape, lower } of rows.filter((row) => row.lower > 1e-250))
      expectNear(gammaTails(x, shape).lower, lower, 1e-10);
    for (const { x, shape, upper } of rows.filter((row) => row.upper > 1e-250))
      expectNear(gammaTails(x, shape).upper, upper, 1e-10);
  });

  it("has R's quantiles far out: qgamma(1e-13, 1/2, lower.tail = FALSE) and of 1e-15 with shape 300", () => {
    expectNear(gammaQuantile(1 - 1e-13, 0.5), 27.68351241, 1e-4);
    expectNear(gammaQuantile(1 - 1e-15, 300), 458.90174933, 1e-4);
  });

  it("refuses what is no probability, and a point below 0", () => {
    expect(() => gammaQuantile(0, 2)).toThrow("got 0 and 2");
    expect(() => gammaTails(-1, 2)).toThrow("got -1 and 2");
  });
});
