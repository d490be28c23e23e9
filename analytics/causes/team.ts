import { type Jobs, jobs } from "./jobs.ts";
import type { Piece } from "./piece.ts";

/**
 * Those who share a job: one thread or several. A job is cut into pieces that write what no other piece of it touches,
 * so that its result does not depend on who does which piece, nor in which order.
 */
export interface Team {
  workers: number;
  /** Does pieces 0 … count-1 and returns when all are done. What the job works on lies in shared memory. */
  run<Name extends keyof Jobs>(name: Name, data: Parameters<Jobs[Name]>[0], count: number): void;
}

/** The thread that calls does it all. */
export const alone: Team = {
  workers: 1,
  run(name, data, count) {
    const work = openJob(name, data, 0);
    for (let piece = 0; piece < count; piece++) work(piece);
  },
};

/** Who does the heavy work, and with what: the result is the same for all. */
export interface Means {
  team: Team;
  /** The kernels of `build/kernels.wasm`; `null`: their twins in JavaScript. */
  simd: WebAssembly.Module | null;
}

/** This thread, in JavaScript. */
export const plainMeans: Means = { team: alone, simd: null };

/** A job as one of the workers does it. */
export function openJob<Name extends keyof Jobs>(
  name: Name,
  data: Parameters<Jobs[Name]>[0],
  worker: number,
): Piece {
  const open = jobs[name] as (data: unknown, worker: number) => Piece; // the name and the data belong together
  return open(data, worker);
}
