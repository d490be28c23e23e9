import type { Tails } from "./beta.ts";
import { deviance, stirlingError } from "./saddle-point.ts";

/**
 * The tails of the gamma distribution of scale 1, relative error some 1e-13. A Poisson count of mean x exceeds k with
 * probability `gammaTails(x, k + 1).lower`.
 * Source: the series DLMF 8.11.4 below the mean, the continued fraction 8.9.2 above it.
 * Cost: some sqrt(shape) steps.
 * @param x >= 0
 */
export function gammaTails(x: number, shape: number): Tails {
  if (!(x >= 0 && shape > 0))
    throw new RangeError(`gammaTails: expected x >= 0 and shape > 0, got ${x} and ${shape}`);
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  const { isLower, logTail } = smallerTail(x, shape);
  const tail = Math.exp(logTail);
  return isLower ? { lower: tail, upper: 1 - tail } : { lower: 1 - tail, upper: tail };
}

/**
 * The x with P(X <= x) = p of a gamma distribution of scale 1, relative error some 1e-13; a chi-square quantile of d degrees
 * of freedom is `2 * gammaQuantile(p, d / 2)`. By Newton's steps for the log of the smaller tail over log x, which is concave.
 * @param p 0 < p < 1
 */
export function gammaQuantile(p: number, shape: number): number {
  if (!(p > 0 && p < 1 && shape > 0))
    throw new RangeError(`gammaQuantile: expected 0 < p < 1 and shape > 0, got ${p} and ${shape}`);
  const wantsLower = p <= 0.5;
  const target = Math.log(wantsLower ? p : 1 - p);
  // A far upper tail falls like e^-x: begun there, no step leaps out of the numbers.
  let logX = Math.log(wantsLower ? shape : shape - target);
  for (let step = 0; step < 100; step++) {
    const x = Math.exp(logX);
    const { isLower, logTail } = smallerTail(x, shape);
    const wanted = isLower === wantsLower ? logTail : Math.log1p(-Math.exp(logTail));
    const slope = Math.exp(logOfPoissonTerm(shape, x) - wanted) * shape * (wantsLower ? 1 : -1);
    const change = (wanted - target) / slope;
    logX -= change;
    if (Math.abs(change) < 1e-15 * Math.max(1, Math.abs(logX))) break;
  }
  return Math.exp(logX);
}

function smallerTail(x: number, shape: number): { isLower: boolean; logTail: number } {
  const logTerm = logOfPoissonTerm(shape, x);
  return x < shape + 1
    ? { isLower: true, logTail: logTerm + Math.log(lowerSeries(x, shape)) }
    : { isLower: false, logTail: logTerm + Math.log(shape * upperFraction(x, shape)) };
}

function lowerSeries(x: number, shape: number): number {
  let sum = 1;
  let term = 1;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

function upperFraction(x: number, shape: number): number {
  let denominator = x + 1 - shape;
  let c = 1e300;
  let d = 1 / denominator;
  let fraction = d;
  for (let i = 1; i < 100_000; i++) {
    const numerator = -i * (i - shape);
    denominator += 2;
    d = 1 / (numerator * d + denominator);
    c = denominator + numerator / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return fraction;
}

/** log(x^k e^-x / Γ(k+1)): the Poisson probability of k, for any k > 0. */
function logOfPoissonTerm(k: number, mean: number): number {
  return -stirlingError(k) - deviance(k, mean) - Math.log(2 * Math.PI * k) / 2;
}
