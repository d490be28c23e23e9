import { deviance, stirlingError } from "./saddle-point.ts";

/** The two tails of a distribution at a point; each is computed itself, so that also the small one is exact. */
export interface Tails {
  /** P(X <= x). */
  lower: number;
  /** P(X > x). */
  upper: number;
}

/**
 * The tails of the beta distribution: the regularised incomplete beta function, relative error some 1e-13.
 * Source: continued fraction of DLMF 8.17.22, by the method of Lentz (1976); its factor by Loader (2000).
 * Cost: some sqrt(max(a, b)) steps.
 * @param x 0..1
 */
export function betaTails(x: number, a: number, b: number): Tails {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0))
    throw new RangeError(`betaTails: expected x in 0..1, a > 0 and b > 0, got ${x}, ${a} and ${b}`);
  return tailsAt(x, 1 - x, a, b);
}

/**
 * The x with P(X <= x) = p of a beta distribution, relative error some 1e-12.
 * By Newton's steps for log P over logit x, which is concave: from the left of the solution no step can leap over it.
 * @param p 0 < p < 1
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p > 0 && p < 1 && a > 0 && b > 0))
    throw new RangeError(`betaQuantile: expected 0 < p < 1, a > 0 and b > 0, got ${p}, ${a} and ${b}`);
  if (p > 0.5) return 1 / (1 + Math.exp(logitOfLowerTail(1 - p, b, a)));
  return 1 / (1 + Math.exp(-logitOfLowerTail(p, a, b)));
}

function logitOfLowerTail(p: number, a: number, b: number): number {
  let logit = Math.log(a / b);
  for (let step = 0; step < 100; step++) {
    const [x, y] = [1 / (1 + Math.exp(-logit)), 1 / (1 + Math.exp(logit))];
    const logTail = logOfLowerTail(x, y, a, b);
    const slope = Math.exp(logOfBinomialTerm(a, b, x, y) - logTail) * ((a * b) / (a + b));
    const change = (logTail - Math.log(p)) / slope;
    logit -= change;
    if (Math.abs(change) < 1e-14 * Math.max(1, Math.abs(logit))) break;
  }
  return logit;
}

/** Its logarithm is there also where the tail itself is too small for a number. */
function logOfLowerTail(x: number, y: number, a: number, b: number): number {
  if (x > (a + 1) / (a + b + 2)) return Math.log(tailsAt(x, y, a, b).lower);
  return logOfBinomialTerm(a, b, x, y) + Math.log((b / (a + b)) * continuedFraction(x, a, b));
}

/** @param y 1 - x, which its caller may know better than by a subtraction */
function tailsAt(x: number, y: number, a: number, b: number): Tails {
  if (x === 0) return { lower: 0, upper: 1 };
  if (y === 0) return { lower: 1, upper: 0 };
  const term = Math.exp(logOfBinomialTerm(a, b, x, y)) / (a + b);
  if (x <= (a + 1) / (a + b + 2)) {
    const lower = term * b * continuedFraction(x, a, b);
    return { lower, upper: 1 - lower };
  }
  const upper = term * a * continuedFraction(y, b, a);
  return { lower: 1 - upper, upper };
}

function continuedFraction(x: number, a: number, b: number): number {
  const mostSteps = 100_000;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < mostSteps; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= c * d;
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return fraction;
}

/**
 * The logarithm of Γ(a+b+1) / (Γ(a+1) Γ(b+1)) · x^a · y^b, the binomial probability of a hits and b misses, for any a, b > 0.
 * Source: Loader 2000, Fast and Accurate Computation of Binomial Probabilities: no large numbers are subtracted.
 */
function logOfBinomialTerm(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  return (
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) -
    deviance(a, n * x) -
    deviance(b, n * y) +
    Math.log(n / (2 * Math.PI * a * b)) / 2
  );
}
