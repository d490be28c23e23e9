import { parentPort, workerData } from "node:worker_threads";
import { standBack } from "../thread-priority.ts";
import { assignCases } from "./assign-cases.ts";
import { type CasesToAssign, type Placed, placed } from "./assign-in-worker.ts";
import { parseAssigner } from "./assigner-bytes.ts";
import { loadWordVectors } from "./load-word-vectors.ts";

/** The other end of `openOutOfSampleThread`. */
if (parentPort === null) throw new Error("assign-worker.ts runs only as a worker of openOutOfSampleThread.");
const port = parentPort;
standBack("background");
const post = (found: Placed[]) => port.postMessage(found);

const assigner = parseAssigner(workerData as Uint8Array); // what openOutOfSampleThread hands over
if (assigner === null)
  throw new Error("openOutOfSampleThread: expected an assigner of this version, got another one.");
const wordVectors = loadWordVectors();

port.on("message", (batch: CasesToAssign | null) => {
  if (batch === null) return port.close();
  const { cases, embeddings } = batch;
  const found = new Map(
    assignCases(assigner, cases, { wordVectors, embeddings, outOfSample: true }).map((one) => [
      one.caseId,
      placed(one),
    ]),
  );
  post(cases.map(({ caseId }) => found.get(caseId)!)); // each case is assigned
});
