import { parentPort, workerData } from "node:worker_threads";
import { standBack } from "../thread-priority.ts";
import { parseAssigner } from "./assigner-bytes.ts";
import { type EmergingGroup, emergingGroups } from "./emerging-groups.ts";
import type { GroupsInput } from "./groups-in-worker.ts";
import { loadKernels } from "./load-kernels.ts";
import { loadWordVectors } from "./load-word-vectors.ts";
import { alone } from "./team.ts";

/** The other end of `groupsInWorker`. */
if (parentPort === null) throw new Error("groups-worker.ts runs only as a worker of groupsInWorker.");
const port = parentPort;
standBack("pages");
const post = (groups: EmergingGroup[]) => port.postMessage(groups);

const { assigner: bytes, cases, background }: GroupsInput = workerData;
const assigner = parseAssigner(bytes);
const means = { team: alone, simd: loadKernels() };
post(
  assigner === null
    ? []
    : emergingGroups(assigner, cases, { wordVectors: loadWordVectors(), background, means }),
);
