import { setPriority } from "node:os";

/** How far a thread stands back ("nice" values): the server's own thread, which answers everybody, does not. */
const steps = { pages: 10, background: 19 } as const;

/**
 * Lets threads that somebody waits for go first where there are fewer processors than threads: the server's own, then
 * those that compute pages, then work behind them. To be called by a worker thread as it starts. Linux keeps a priority a
 * thread (setpriority(2), "C library/kernel differences"); elsewhere it would slow the whole process, so nothing is done.
 */
export function standBack(as: keyof typeof steps): void {
  if (process.platform === "linux") setPriority(steps[as]);
}
