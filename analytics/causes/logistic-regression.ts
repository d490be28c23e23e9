/** A trained classifier: what it says of a case of unit length, by its cosines with the training cases. */
export interface Classifier {
  /** @returns by class its probability; the sum is 1 */
  probabilities(cosines: ArrayLike<number>): number[];
  /** By class, by training case: how much a feature of that case speaks for the class. */
  coefficients: readonly Float64Array[];
}

const steps = 150;
const rate = 4;
const interceptRate = 2;
const penalty = 0.001;

/**
 * Multinomial logistic regression with an L2 penalty, by a fixed number of steps of gradient descent from zero, so that
 * the same cases give the same classifier. Classes weigh alike, however many cases they have; a class without a case
 * has probability 0. In the dual form: the weights are sums of training cases, and all that is needed of these is their
 * cosines with each other. Cost: steps x classes x cases².
 *
 * @param cosines of training case i with training case j, of unit length each
 * @param labels by training case its class, 0 … classes - 1
 */
export function logisticRegression(
  cosines: readonly ArrayLike<number>[],
  labels: readonly number[],
  classes: number,
): Classifier {
  const sizes = Array.from({ length: classes }, (_, k) => labels.filter((label) => label === k).length);
  const present = sizes.filter((size) => size > 0).length;
  const coefficients = sizes.map(() => new Float64Array(labels.length));
  const intercepts = sizes.map(() => 0);
  const probabilities = (own: ArrayLike<number>) =>
    softmax(
      sizes.map((size, k) =>
        size === 0
          ? Number.NEGATIVE_INFINITY
          : coefficients[k]!.reduce((sum, coefficient, i) => sum + coefficient * own[i]!, intercepts[k]!),
      ),
    );
  for (let step = 0; step < steps; step++) {
    const said = cosines.map(probabilities);
    coefficients.forEach((ofClass, k) => {
      labels.forEach((label, i) => {
        const error = (said[i]![k]! - (label === k ? 1 : 0)) / (present * sizes[label]!);
        ofClass[i] = ofClass[i]! * (1 - rate * penalty) - rate * error;
        intercepts[k] = intercepts[k]! - interceptRate * error;
      });
    });
  }
  return { probabilities, coefficients };
}

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
