import { describe, expect, test } from "vitest";
import { assignCases } from "#analytics/causes/assign-cases.ts";
import { parseAssigner } from "#analytics/causes/assigner-bytes.ts";
import { fitVectors, projectCases } from "#analytics/causes/case-vectors.ts";
import { type CaseText, type Clustering, clusterCases } from "#analytics/causes/cluster-cases.ts";
import { readCorpus } from "#analytics/causes/corpus.ts";
import type { Embeddings, TextEmbeddings } from "#analytics/causes/embeddings.ts";
import { emergingGroups } from "#analytics/causes/emerging-groups.ts";
import type { FrozenAssigner } from "#analytics/causes/frozen-assigner.ts";
import { randomFrom } from "#analytics/causes/random.ts";
import { scaleToUnit, type UnitVectors, unit } from "#analytics/causes/unit-vectors.ts";
import { type PlantedCase, plantedCases } from "#test/support/planted-cases.ts";
import { wordVectors } from "#test/support/word-vectors.ts";

/** Sentence vectors as a model would give them that knows what each case is about, but for some chance. */
function knowing(cases: readonly PlantedCase[], dimensions: number, embedder = "one"): Embeddings {
  const random = randomFrom(7);
  const directions = new Map(
    [...new Set(cases.map(({ cause }) => cause))]
      .sort()
      .map((cause) => [cause, Array.from({ length: dimensions }, () => random() - 0.5)]),
  );
  const values = new Float32Array(cases.length * dimensions);
  cases.forEach(({ cause }, row) => {
    directions.get(cause)?.forEach((value, d) => {
      values[row * dimensions + d] = value + 0.2 * (random() - 0.5);
    });
    scaleToUnit(values, row * dimensions, dimensions);
  });
  return { embedder, dimensions, rowOf: new Map(cases.map(({ caseId }, row) => [caseId, row])), values };
}

function assignerOf(run: Clustering) {
  const assigner = parseAssigner(run.assigner ?? new Uint8Array());
  if (assigner === null) throw new Error("The run handed out an assigner of another version.");
  return assigner;
}

const planted = plantedCases(20);
const options = { seed: 1, wordVectors, freezeAssigner: true };

test("without sentence vectors a run gives the same, bit for bit, as where nothing is said of them", () => {
  const plain = clusterCases(planted, options);
  expect(clusterCases(planted, { ...options, embeddings: null })).toEqual(plain);
  expect(plain.methodId).not.toContain("embedder");
});

describe("with sentence vectors of 300 dimensions", () => {
  const embeddings = knowing(planted, 300);
  const run = clusterCases(planted, { ...options, embeddings });

  test("the run names the model, and gives the same again whatever the order of the cases", () => {
    expect(run.methodId).toContain(" embedder=one ");
    expect(clusterCases(planted.toReversed(), { ...options, embeddings })).toEqual(run);
  });

  test("cases join those that the model finds alike", () => {
    const causes = new Map(planted.map(({ caseId, cause }) => [caseId, cause]));
    for (const [number] of run.clusters.entries()) {
      const members = [...run.assignments].filter(([, { cluster }]) => cluster === number);
      expect(new Set(members.map(([caseId]) => causes.get(caseId))).size).toBe(1);
    }
    const joined = [...run.assignments.values()].filter(({ cluster }) => cluster >= 0);
    expect(joined.length).toBeGreaterThan(0.95 * planted.length);
  });

  test("later cases are assigned by the same model, from the stored bytes too", () => {
    const later = plantedCases(20, 2);
    const known = { wordVectors, embeddings: knowing(later, 300) };
    const found = assignCases(assignerOf(run), later, known);
    expect(found.filter(({ cluster }) => cluster >= 0).length).toBeGreaterThan(0.9 * later.length);
    const causeOf = new Map(planted.map(({ caseId, cause }) => [caseId, cause]));
    const causeOfLater = new Map(later.map(({ caseId, cause }) => [caseId, cause]));
    for (const { caseId, cluster } of found.filter((item) => item.cluster >= 0))
      expect(causeOf.get(run.clusters[cluster]?.exemplarCaseId ?? "")).toBe(causeOfLater.get(caseId));
  });

  test("emerging cases are gathered by their words, and so by what is usual among words", () => {
    const plain = assignerOf(clusterCases(planted, options));
    const { leastSimilarity, leastSimilarityOfWords } = assignerOf(run);
    expect(plain.leastSimilarityOfWords).toBe(plain.leastSimilarity);
    expect(leastSimilarityOfWords).toBeCloseTo(plain.leastSimilarity ?? Number.NaN, 1);
    expect(leastSimilarity).toBeGreaterThan((leastSimilarityOfWords ?? 1) + 0.05); // measured .67 and .60
    const later = plantedCases(20, 2);
    const gatheredBy = (assigner: FrozenAssigner) =>
      emergingGroups(assigner, later, { wordVectors }).flatMap(({ caseIds }) => caseIds).length;
    expect(gatheredBy(assignerOf(run))).toBeGreaterThan(0.9 * gatheredBy(plain));
    expect(gatheredBy({ ...plain, leastSimilarity: 1.1 })).toBe(gatheredBy(plain));
  });

  test("without the model, or by another, they are refused by a sentence, not assigned by half of a vector", () => {
    const assigner = assignerOf(run);
    expect(() => assignCases(assigner, planted, { wordVectors })).toThrow(
      "The cases have no sentence vectors; expected those of the model one, as in the run that assigns them.",
    );
    const other = { wordVectors, embeddings: knowing(planted, 300, "two") };
    expect(() => assignCases(assigner, planted, other)).toThrow(
      "The cases have sentence vectors of the model two; expected those of the model one",
    );
    const plain = assignerOf(clusterCases(planted, options));
    expect(() => assignCases(plain, planted, { wordVectors, embeddings })).toThrow("expected none");
  });
});

describe("a row", () => {
  const texts = planted.map(({ text }) => text ?? "");
  const corpus = readCorpus(texts);
  const all = Int32Array.from(texts.keys());
  const fields = [texts.map((_, index) => (index % 2 === 0 ? "web" : "shop"))];
  const { values, dimensions } = knowing(planted, 6);
  const embeddings: TextEmbeddings = { embedder: "one", dimensions, values, rowOf: all };
  const plainModel = fitVectors(corpus, { fitted: all, wordVectors, fields });
  const plain = projectCases(corpus, plainModel, { texts: all, wordVectors, fields });
  const model = fitVectors(corpus, { fitted: all, wordVectors, fields, embeddings });
  const rows = projectCases(corpus, model, { texts: all, wordVectors, fields, embeddings });
  const squaresOf = ({ values: bytes, stride }: UnitVectors, row: number, from: number, to: number) =>
    bytes
      .subarray(row * stride + from, row * stride + to)
      .reduce((sum, value) => sum + (value / unit) ** 2, 0);
  const squares = (row: number, from: number, to: number) => squaresOf(rows, row, from, to);

  test("has length 1, and the part of its fields weighs as it did without a model", () => {
    const textWidth = model.count + wordVectors.dimensions;
    for (const row of all) {
      // To what 8 bits can tell.
      expect(Math.abs(squares(row, 0, rows.stride) - 1)).toBeLessThan(0.03);
      const ofFields = squaresOf(plain, row, textWidth, plain.stride);
      expect(Math.abs(squares(row, textWidth, plain.stride) - ofFields)).toBeLessThan(0.02);
    }
  });

  test("gives its sentence vector the less weight the longer its text is", () => {
    const words = (row: number) => corpus.start[row + 1]! - corpus.start[row]!;
    const byLength = [...all].sort((a, b) => words(a) - words(b));
    const [shortest, longest] = [byLength[0]!, byLength.at(-1)!];
    expect(words(longest)).toBeGreaterThan(words(shortest));
    expect(squares(longest, plain.stride, rows.stride)).toBeLessThan(
      squares(shortest, plain.stride, rows.stride),
    );
  });

  test("of a case alone is the same as among the others", () => {
    const alone = projectCases(corpus, model, {
      texts: Int32Array.of(5),
      fields: [["shop"]],
      wordVectors,
      embeddings,
    });
    expect([...alone.values]).toEqual([...rows.values.subarray(5 * rows.stride, 6 * rows.stride)]);
  });

  test("is refused where the model was fitted with sentence vectors and gets none, or the other way round", () => {
    const source = { texts: all, wordVectors, fields };
    expect(() => projectCases(corpus, model, source)).toThrow(
      "sentence vectors of no dimensions; expected 6",
    );
    expect(() => projectCases(corpus, plainModel, { ...source, embeddings })).toThrow("expected none");
  });
});

test("of wide sentence vectors the directions stay in which they differ", () => {
  const wide = 200;
  const cases: CaseText[] = planted;
  const { values, rowOf, embedder } = knowing(planted, wide);
  const corpus = readCorpus(cases.map(({ text }) => text ?? ""));
  const all = Int32Array.from(cases.keys());
  const embeddings = { embedder, dimensions: wide, values, rowOf: Int32Array.from(rowOf.values()) };
  const { embedding } = fitVectors(corpus, { fitted: all, wordVectors, fields: [], embeddings });
  expect(embedding?.kept).toBe(128);
  // 120 vectors less their mean span 119 directions: the length of each must lie in the 128 that stay.
  for (const row of [0, 57, 119]) {
    const centred = values.slice(row * wide, (row + 1) * wide).map((value, d) => value - embedding!.mean[d]!);
    let kept = 0;
    for (let axis = 0; axis < 128; axis++)
      kept += centred.reduce((sum, value, d) => sum + value * embedding!.axes[d * 128 + axis]!, 0) ** 2;
    const whole = centred.reduce((sum, value) => sum + value ** 2, 0);
    expect(kept / whole).toBeCloseTo(1, 3);
  }
});
