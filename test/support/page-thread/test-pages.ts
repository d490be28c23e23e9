import { threadId } from "node:worker_threads";
import type { Facts } from "#analytics/facts/facts.ts";
import { FilterError } from "#analytics/filter/filter.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { collectGarbage } from "./collect-garbage.ts";

let computed = 0;
let remembered = new WeakRef<object>({});

/** Pages that show on which thread they are computed, or misbehave. */
export const testPages = {
  thread: () => threadId,
  long: () => threadId,
  /** Is computed until the gate is opened. */
  gated: (_: Snapshot, { gate }: { gate: Int32Array }) => {
    Atomics.wait(gate, 0, 0);
    return threadId;
  },
  longGated: (_: Snapshot, { gate }: { gate: Int32Array }) => {
    Atomics.wait(gate, 0, 0);
    return threadId;
  },
  customers: ({ facts }: Snapshot) => Array.from(facts.customer),
  /** Is another one each time that it is computed. */
  counted: (_: Snapshot, { day }: { day: number }) => [threadId, day, ++computed],
  refuses: () => {
    throw new FilterError("There is no such colour.");
  },
  fails: () => {
    throw new TypeError("Expected a sofa.");
  },
  dies: () => process.exit(3),
  notPlain: () => () => "a function",
  remember: ({ facts }: Snapshot) => {
    remembered = new WeakRef<Facts>(facts);
  },
  isHeld: () => {
    collectGarbage();
    return remembered.deref() !== undefined;
  },
};
