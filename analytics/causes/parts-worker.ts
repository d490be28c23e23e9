import { parentPort, workerData } from "node:worker_threads";
import { standBack } from "../thread-priority.ts";
import { loadWordVectors } from "./load-word-vectors.ts";
import type { PartsInput } from "./parts-in-worker.ts";
import { type CausePart, proposeParts } from "./propose-parts.ts";

/** The other end of `partsInWorker`. */
if (parentPort === null) throw new Error("parts-worker.ts runs only as a worker of partsInWorker.");
const port = parentPort;
standBack("pages");
const post = (parts: CausePart[]) => port.postMessage(parts);

const { cases, blankNames }: PartsInput = workerData;
post(proposeParts(cases, { blankNames, wordVectors: loadWordVectors() }));
