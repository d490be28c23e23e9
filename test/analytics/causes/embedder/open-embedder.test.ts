import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { clusterInWorker } from "#analytics/causes/cluster-in-worker.ts";
import { EmbedderThread } from "#analytics/causes/embedder/embedder-thread.ts";
import { openEmbedder } from "#analytics/causes/embedder/open-embedder.ts";
import { identifyModel } from "#analytics/causes/embedder/read-model-folder.ts";
import { embedderOf } from "#analytics/causes/method.ts";
import { inOrder } from "#analytics/causes/read-cases.ts";
import { hasOnnxRuntime, runnableModelFolder } from "#test/support/onnx-runtime.ts";
import { plantedCases } from "#test/support/planted-cases.ts";
import { tinyModelBytes, tinyModelFolder } from "#test/support/tiny-sentence-model.ts";

const installedHere = ["onnxruntime-node", "onnxruntime-web"].some((name) =>
  existsSync(new URL(`../../../../node_modules/${name}`, import.meta.url)),
);

describe("a folder that holds no model that can be used is refused with its name and what is wrong", () => {
  test("no folder, no model, no vocabulary", async () => {
    await expect(openEmbedder("/nowhere/model")).rejects.toThrow(
      "The sentence model in /nowhere/model cannot be used: there is no such folder.",
    );
    await expect(openEmbedder(tinyModelFolder({ "model.onnx": null }))).rejects.toThrow(
      "it has no model.onnx.",
    );
    await expect(openEmbedder(tinyModelFolder({ "vocab.txt": null }))).rejects.toThrow(
      "it has neither tokenizer.json nor vocab.txt.",
    );
  });

  test("the vocabulary of another model", async () => {
    const folder = tinyModelFolder({ "config.json": '{"vocab_size": 5}' });
    await expect(openEmbedder(folder)).rejects.toThrow(
      "its vocabulary goes up to number 10, and config.json says that the model knows 5 pieces",
    );
  });

  test.skipIf(installedHere)("no runtime: it says how to install one", async () => {
    const folder = tinyModelFolder();
    await expect(openEmbedder(folder)).rejects.toThrow(
      `neither onnxruntime-node nor onnxruntime-web is installed in it or in this project; to install one: npm install --prefix "${folder}"`,
    );
  });

  test("a thread that cannot open it passes the sentence on", async () => {
    await expect(EmbedderThread.open("/nowhere/model")).rejects.toThrow("there is no such folder.");
  });
});

test("a model is known by its numbers, its vocabulary and its settings, wherever it lies", async () => {
  const id = await identifyModel(tinyModelFolder());
  expect(id).toMatch(/^[0-9a-f]{12}$/);
  expect(await identifyModel(tinyModelFolder())).toBe(id);
  const others = await Promise.all(
    [
      { "model.onnx": tinyModelBytes({ output: "sentence_embedding" }) },
      { "model.onnx_data": "weights" },
      { "vocab.txt": "[CLS]\n[SEP]\n[UNK]\n" },
      { "sentence_bert_config.json": '{"max_seq_length": 8}' },
    ].map((files) => identifyModel(tinyModelFolder(files))),
  );
  expect(new Set([id, ...others]).size).toBe(5);
});

describe.skipIf(!hasOnnxRuntime)("a real runtime (needs TEST_ONNX_RUNTIME, a node_modules with one)", () => {
  test("gives the mean of the vectors of a text's pieces", async () => {
    const embedder = await openEmbedder(runnableModelFolder());
    expect(embedder.dimensions).toBe(4);
    // [CLS] kettle ##s leak . [SEP]: the sum is (5, 4, 0, 6), of length √77.
    const found = await embedder.embed("Kettles leak.");
    [5, 4, 0, 6].forEach((sum, d) => expect(found[d]).toBeCloseTo(sum / Math.sqrt(77), 6));
    await embedder.close();
  });

  test("a model that asks for no more than input_ids is enough", async () => {
    const folder = runnableModelFolder({ "model.onnx": tinyModelBytes({ inputs: ["input_ids"] }) });
    const embedder = await openEmbedder(folder);
    expect(embedder.dimensions).toBe(4);
    await embedder.close();
  });

  test("a model with other inputs, a file that is none, and a piece that it does not know are refused", async () => {
    const asks = runnableModelFolder({ "model.onnx": tinyModelBytes({ inputs: ["input_ids", "pixels"] }) });
    await expect(openEmbedder(asks)).rejects.toThrow(
      "model.onnx asks for input_ids, pixels; expected input_ids, and at most input_ids, attention_mask, token_type_ids.",
    );
    await expect(openEmbedder(runnableModelFolder({ "model.onnx": "no model" }))).rejects.toThrow(
      "cannot be used: ",
    );
    const vocabulary = `[UNK]\n[CLS]\n${"[unused]\n".repeat(20)}[SEP]\n`;
    await expect(openEmbedder(runnableModelFolder({ "vocab.txt": vocabulary }))).rejects.toThrow(
      "Is the vocabulary that of this very model?",
    );
  });

  test("a thread answers each question with what was asked, and ends when it is closed", async () => {
    const thread = await EmbedderThread.open(runnableModelFolder());
    const [one, two] = await Promise.all([
      thread.embed([{ caseId: "a", text: "kettle" }], []),
      thread.embed([{ caseId: "b", text: "parcel" }], []),
    ]);
    expect(one.embedder).toBe(thread.id);
    expect([...one.rowOf, ...two.rowOf]).toEqual([
      ["a", 0],
      ["b", 0],
    ]);
    expect([one.values[0]! > 0, two.values[0]! > 0, two.values[2]! > 0]).toEqual([true, false, true]);
    await thread.close();
    await expect(thread.embed([{ caseId: "c", text: "kettle" }], [])).rejects.toThrow("ended with code");
  });

  test("a run in a worker names the model, and repeats", async () => {
    const folder = runnableModelFolder();
    const id = await identifyModel(folder);
    const cases = plantedCases(10);
    const stages = new Set<string>();
    const run = () =>
      clusterInWorker([inOrder(cases)], {
        seed: 1,
        embedder: { folder, id },
        freezeAssigner: true,
        onProgress: (stage) => stages.add(stage),
      });
    const [first, second] = [await run(), await run()];
    expect(embedderOf(first.methodId)).toBe(id);
    expect(first).toEqual(second);
    expect([...stages][0]).toBe("Reading the texts with the sentence model");
  });

  test("a run refuses a model that is another one than when it was asked for", async () => {
    const folder = runnableModelFolder();
    await expect(
      clusterInWorker([inOrder(plantedCases(1))], { seed: 1, embedder: { folder, id: "0123456789ab" } }),
    ).rejects.toThrow("expected 0123456789ab, as when the run began.");
  });
});
