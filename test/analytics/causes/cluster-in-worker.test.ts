import { expect, test } from "vitest";
import { clusterCases } from "#analytics/causes/cluster-cases.ts";
import { clusterInWorker } from "#analytics/causes/cluster-in-worker.ts";
import { plantedCases } from "#test/support/planted-cases.ts";
import { wordVectors } from "#test/support/word-vectors.ts";

const cases = plantedCases(10);

test("the worker gives what the function gives, with its progress", async () => {
  const stages: string[] = [];
  const clustering = await clusterInWorker([cases], { seed: 2, onProgress: (stage) => stages.push(stage) });
  expect(clustering).toEqual(clusterCases(cases, { wordVectors, seed: 2 }));
  expect(stages[0]).toBe("Reading the texts");
  expect(stages.at(-1)).toBe("Done");
});

test("cases that come in batches are what they are at once", async () => {
  const batches = [cases.slice(0, 7), [], cases.slice(7)];
  expect(await clusterInWorker(batches, { seed: 2 })).toEqual(clusterCases(cases, { wordVectors, seed: 2 }));
});

test("an error while a batch is fetched ends the run with that error", async () => {
  async function* failing() {
    yield cases.slice(0, 7);
    throw new Error("the database went away");
  }
  await expect(clusterInWorker(failing(), { seed: 1 })).rejects.toThrow("the database went away");
});

test("an error of the engine reaches the caller with its sentence", async () => {
  const twice = [...cases.slice(0, 1), ...cases.slice(0, 1)];
  await expect(clusterInWorker([twice], { seed: 1 })).rejects.toThrow("was given twice");
});

function complain() {
  throw new Error("nobody listens");
}

test("an error of the progress function ends the run with that error", async () => {
  await expect(clusterInWorker([cases], { seed: 1, onProgress: complain })).rejects.toThrow("nobody listens");
});

test("a signal ends the run with its reason", async () => {
  const controller = new AbortController();
  const run = clusterInWorker([cases], {
    seed: 1,
    signal: controller.signal,
    onProgress: () => controller.abort(new Error("the server stops")),
  });
  await expect(run).rejects.toThrow("the server stops");
  await expect(clusterInWorker([cases], { seed: 1, signal: controller.signal })).rejects.toThrow(
    "the server stops",
  );
});
