import { availableParallelism } from "node:os";
import { clusterRead } from "#analytics/causes/cluster-cases.ts";
import { loadKernels } from "#analytics/causes/load-kernels.ts";
import { caseReader } from "#analytics/causes/read-cases.ts";
import { openTeam } from "#analytics/causes/team-of-threads.ts";
import { agreement } from "#test/support/agreement-metrics.ts";
import { wordVectors } from "#test/support/word-vectors.ts";
import { madeUpCases } from "./made-up-cases.ts";

// One run over many cases of 60 words, stage by stage, as a worker of the server does it: time, processor time of all
// threads, and memory. `CASES=1000000 npm run bench:causes-at-scale`; ASSIGNER=1 also makes what assigns later cases.
const count = Number(process.env["CASES"] ?? 100_000);
const team = openTeam(Math.min(4, availableParallelism()));
let stage = { name: "Reading the texts", since: performance.now(), cpu: process.cpuUsage() };
const begun = performance.now();

const reader = caseReader([]);
const truth: string[] = [];
for (const item of madeUpCases(count, { withCauses: true, seed: 1 })) {
  truth.push(item.truth);
  reader.add(item);
}
const read = reader.finish();
const { clusters, assignments } = clusterRead(read, {
  seed: 1,
  wordVectors,
  means: { team, simd: loadKernels() },
  freezeAssigner: process.env["ASSIGNER"] === "1",
  onProgress: endStage,
});
const seconds = (performance.now() - begun) / 1000;
const found = agreement(
  truth,
  Array.from(assignments.values(), ({ cluster }) => String(cluster)),
);
console.log(
  `${count} cases: ${clusters.length} causes in ${seconds.toFixed(1)} s, V ${found.v.toFixed(3)}, ` +
    `peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
);
team.close();

function endStage(next: string): void {
  const { user, system } = process.cpuUsage(stage.cpu);
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const megabytes = [rss, heapUsed, arrayBuffers].map((bytes) => Math.round(bytes / 1e6));
  console.log(
    `${stage.name.padEnd(40)} ${((performance.now() - stage.since) / 1000).toFixed(1).padStart(6)} s ` +
      `${((user + system) / 1e6).toFixed(1).padStart(6)} CPU-s  resident ${megabytes[0]} MB, ` +
      `objects ${megabytes[1]} MB, buffers ${megabytes[2]} MB`,
  );
  stage = { name: next, since: performance.now(), cpu: process.cpuUsage() };
}
