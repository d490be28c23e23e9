import { randomFrom } from "#analytics/causes/random.ts";
import { wordVectors } from "#test/support/word-vectors.ts";
import type { LabelledCase } from "./labelled-cases.ts";

const [causes, ownWords, wordsPerCase, ownShare] = [227, 14, 60, 0.22];
const [fillers, rarestOwn] = [2_500, 20_000];

/**
 * Cases of 60 English words. With causes, about 13 of them are drawn from the 14 words of the case's cause, of which
 * the first is the most frequent one (as are the first causes); the others are filler, by Zipf's law. Without causes all
 * words are filler: nothing is there to be found.
 */
export function* madeUpCases(
  count: number,
  { withCauses, seed }: { withCauses: boolean; seed: number },
): Generator<LabelledCase, undefined> {
  const random = randomFrom(seed);
  const words = [...wordVectors.indexOf.keys()];
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low));
  const zipf = (size: number) => Math.min(size - 1, Math.floor(size ** random()) - 1);
  const wordsOf = Array.from({ length: causes }, () =>
    Array.from({ length: ownWords }, () => words[between(fillers, rarestOwn)] ?? ""),
  );
  for (let index = 0; index < count; index++) {
    const cause = zipf(causes + 1);
    const text = Array.from({ length: wordsPerCase }, () =>
      withCauses && random() < ownShare ? wordsOf[cause]?.[zipf(ownWords + 1)] : words[zipf(fillers)],
    );
    const truth = withCauses ? `cause ${cause}` : "none";
    yield {
      caseId: String(index).padStart(8, "0"),
      text: text.join(" "),
      truth,
      contactReason: null,
      fields: {},
    };
  }
}
