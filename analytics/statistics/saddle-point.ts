/**
 * The two parts of which Loader (2000, Fast and Accurate Computation of Binomial Probabilities) makes binomial and Poisson
 * probabilities without a subtraction of large numbers: relative error some 1e-15, for any n > 0.
 */

/** log Γ(n+1) less Stirling's approximation of it: by its series from 16 on, below that by Γ(n+1) = Γ(n+k+1) / ((n+1)…(n+k)). */
export function stirlingError(n: number): number {
  if (n >= 16) {
    const square = n * n;
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
  }
  let product = 1;
  let above = n;
  while (above < 16) product *= ++above;
  return (
    stirlingError(above) -
    Math.log(product) +
    (above + 0.5) * Math.log(above) -
    above -
    ((n + 0.5) * Math.log(n) - n)
  );
}

/** x log(x / mean) + mean - x, without a loss of digits where the two are near. */
export function deviance(x: number, mean: number): number {
  if (Math.abs(x - mean) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x;
  const ratio = (x - mean) / (x + mean);
  let sum = (x - mean) * ratio;
  let power = 2 * x * ratio;
  for (let j = 1; j < 100; j++) {
    power *= ratio * ratio;
    const next = sum + power / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}
