import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { LabelledCase } from "./labelled-cases.ts";

const script = fileURLToPath(new URL("scikit.py", import.meta.url));

export interface ScikitResult {
  labels: number[];
  seconds: number;
  version: string;
}

/** The same texts by scikit-learn (Debian's python3-sklearn), with the true number of groups; `null`: it is not here. */
export async function scikitClusters(
  cases: readonly LabelledCase[],
  seed: number,
): Promise<ScikitResult | null> {
  const python = spawn("/usr/bin/python3", [script], { stdio: ["pipe", "pipe", "ignore"] });
  python.on("error", () => undefined); // the exit code below says it
  const ended = new Promise<number | null>((resolve) => {
    python.on("close", resolve);
    python.on("error", () => resolve(null));
  });
  const groups = new Set(cases.map(({ truth }) => truth)).size;
  python.stdin.on("error", () => undefined);
  python.stdin.end(JSON.stringify({ texts: cases.map((item) => item.text), groups, seed }));
  const output = await text(python.stdout);
  return (await ended) === 0 ? (JSON.parse(output) as ScikitResult) : null; // printed by scikit.py
}
