import { type Share, shareOf } from "../metrics/share.ts";
import type { AssignedCase } from "./assign-cases.ts";

/** How much of a window of cases an assigner catches. */
export interface Capture {
  /** With a cause, of all cases. */
  assigned: Share;
  /** That fit no cause, of all cases. */
  emerging: Share;
}

/** To compare windows, both must be assigned out of sample (`assignCases`). */
export function captureOf(window: readonly AssignedCase[]): Capture {
  const count = (holds: (item: AssignedCase) => boolean) => window.filter(holds).length;
  return {
    assigned: shareOf(
      count(({ cluster }) => cluster >= 0),
      window.length,
    ),
    emerging: shareOf(
      count(({ unassignedBecause }) => unassignedBecause === "few_alike"),
      window.length,
    ),
  };
}
