import type { CaseText } from "#analytics/causes/cluster-cases.ts";
import { randomFrom } from "#analytics/causes/random.ts";
import { wordVectors } from "./word-vectors.ts";

const [ownWords, wordsPerCase, ownShare] = [12, 30, 0.4];
const [fillers, rarestOwn] = [2_500, 20_000];

export interface DrawnCase extends CaseText {
  cause: number;
}

/**
 * Two windows of cases of `causes` causes, drawn from the very same distributions, so that nothing differs between them but
 * chance. A case has 30 English words: some 12 from the 12 words of its cause, the first of them most often, and filler by
 * Zipf's law. `perCause` cases of each cause and window in the mean: each case's cause is drawn.
 */
export function unchangedCauses({
  causes,
  perCause,
  seed,
}: {
  causes: number;
  perCause: number;
  seed: number;
}): { before: DrawnCase[]; after: DrawnCase[] } {
  const random = randomFrom(seed);
  const words = [...wordVectors.indexOf.keys()];
  const below = (size: number) => Math.floor(random() * size);
  const zipf = (size: number) => Math.min(size - 1, Math.floor(size ** random()) - 1);
  const wordsOf = Array.from({ length: causes }, () =>
    Array.from({ length: ownWords }, () => words[fillers + below(rarestOwn - fillers)] ?? ""),
  );
  const draw = (window: string) =>
    Array.from({ length: causes * perCause }, (_, index): DrawnCase => {
      const cause = below(causes);
      const text = Array.from({ length: wordsPerCase }, () =>
        random() < ownShare ? wordsOf[cause]?.[zipf(ownWords + 1)] : words[zipf(fillers)],
      );
      const caseId = `${window} ${String(index).padStart(6, "0")}`;
      return { caseId, text: text.join(" "), cause, contactReason: null, fields: {} };
    });
  return { before: draw("before"), after: draw("after") };
}
