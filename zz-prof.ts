import { madeUpCases } from "#test/bench/causes/made-up-cases.ts";
import { clusterCases } from "#analytics/causes/cluster-cases.ts";
import { wordVectors } from "#test/support/word-vectors.ts";
const n = Number(process.argv[2]);
const cases = madeUpCases(n, { withCauses: true, seed: 1 });
let last = performance.now(), stage = "";
clusterCases(cases, { seed: 1, wordVectors, onProgress: (s) => { const now = performance.now(); if (stage) console.log(stage, Math.round(now - last), "ms"); stage = s; last = now; } });
console.log("rss", Math.round(process.resourceUsage().maxRSS / 1024));
