import { loadWordVectors } from "#analytics/causes/load-word-vectors.ts";

/** Read once for each file of tests. */
export const wordVectors = loadWordVectors();
