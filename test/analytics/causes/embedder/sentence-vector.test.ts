import { expect, test } from "vitest";
import { modelSettings } from "#analytics/causes/embedder/model-settings.ts";
import { sentenceVector } from "#analytics/causes/embedder/sentence-vector.ts";

const two = { dims: [1, 2, 2], data: [3, 0, 3, 16] };

test("a sentence is the mean of its pieces, of length 1", () => {
  const [x, y] = sentenceVector(two, "mean"); // the mean is (3, 8), of length √73
  expect(x).toBeCloseTo(3 / Math.sqrt(73), 6);
  expect(y).toBeCloseTo(8 / Math.sqrt(73), 6);
});

test("or its first piece, where the model was made so", () => {
  expect([...sentenceVector(two, "first")]).toEqual([1, 0]);
});

test("what the model has pooled itself is only scaled", () => {
  const [x, y] = sentenceVector({ dims: [1, 2], data: [3, 4] }, "mean");
  expect([x, y]).toEqual([Math.fround(0.6), Math.fround(0.8)]);
});

test("an output that is no vector of one text is refused with its shape", () => {
  const refuse = (dims: number[], data: number[]) => () => sentenceVector({ dims, data }, "mean");
  expect(refuse([2, 2, 1], [1, 1, 1, 1])).toThrow(
    "For one text the sentence model gave numbers of the shape [2, 2, 1]; expected [1, pieces, dimensions] or [1, dimensions].",
  );
  expect(refuse([1, 1, 2, 2], [1, 1, 1, 1])).toThrow("of the shape [1, 1, 2, 2]");
  expect(refuse([1, 3], [1, 2])).toThrow("of the shape [1, 3]");
  expect(refuse([1], [])).toThrow("of the shape [1]");
  expect(refuse([1, 2], [1, Number.NaN])).toThrow("numbers that are not finite");
});

test("without optional files a model is taken for one of lower case whose pieces' mean counts", () => {
  expect(modelSettings({})).toEqual({
    pooling: "mean",
    mostPieces: 256,
    isLowerCase: true,
    isWithoutAccents: true,
    pieces: null,
  });
});

test("the optional files say otherwise", () => {
  const settings = modelSettings({
    "config.json": '{"max_position_embeddings": 512, "vocab_size": 30522}',
    "tokenizer_config.json": '{"do_lower_case": false, "model_max_length": 1e30}',
    "sentence_bert_config.json": '{"max_seq_length": 128}',
    "1_Pooling/config.json": '{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}',
  });
  expect(settings).toEqual({
    pooling: "first",
    mostPieces: 128,
    isLowerCase: false,
    isWithoutAccents: false,
    pieces: 30522,
  });
});

test("a way of pooling that is not known here, and a file that is no JSON, are refused by a sentence", () => {
  expect(() => modelSettings({ "1_Pooling/config.json": '{"pooling_mode_max_tokens": true}' })).toThrow(
    "1_Pooling/config.json asks for pooling_mode_max_tokens; expected pooling_mode_mean_tokens or pooling_mode_cls_token alone.",
  );
  expect(() => modelSettings({ "config.json": "[1]" })).toThrow("config.json is not a JSON object.");
  expect(() => modelSettings({ "config.json": "{" })).toThrow("config.json is not a JSON object.");
});
