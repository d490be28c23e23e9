import type { Facts } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import { countByCode } from "../metrics/counts.ts";
import { type Share, shareOf } from "../metrics/share.ts";

/** How far people have come with a cause. Each step takes in the one before it. */
export const funnelSteps = ["resolved", "cause_assigned", "decided", "implemented", "verified"] as const;
export type FunnelStep = (typeof funnelSteps)[number];

/** What has been done about a cause, and whether it worked. */
export interface CauseProgress {
  /** There is a call: fix, watch, or accept the risk. */
  isDecided: boolean;
  /** A second fix of it is in place. */
  isImplemented: boolean;
  /** One was found effective, or partially so, and holds. */
  isVerified: boolean;
}

export interface FunnelRow {
  step: FunnelStep;
  /** Resolved cases whose cause has come so far, of all resolved ones. */
  cases: Share;
  /** Causes that these cases have; `null` of the first step, which is about no cause. */
  causes: number | null;
}

/**
 * How many of the resolved cases got a first fix only, and how far the others' causes have come: the last step are the cases
 * that were **fixed twice**. A cause that was decided by doing it (a fix in place without a call) counts as decided.
 * Cost: one pass.
 * @param progress by cause; one that is not in it has come no further than to have cases
 */
export function fixFunnel(
  { codes, causes }: Pick<Facts, "codes" | "causes">,
  resolved: Selection,
  progress: ReadonlyMap<number, CauseProgress>,
): FunnelRow[] {
  const counts = countByCode(codes.cause, resolved, causes.length);
  const has: Record<Exclude<FunnelStep, "resolved">, (of: CauseProgress | undefined) => boolean> = {
    cause_assigned: () => true,
    decided: (of) => of !== undefined && (of.isDecided || of.isImplemented),
    implemented: (of) => of?.isImplemented === true,
    verified: (of) => of?.isImplemented === true && of.isVerified,
  };
  return funnelSteps.map((step): FunnelRow => {
    if (step === "resolved") return { step, cases: shareOf(resolved.length, resolved.length), causes: null };
    const those = causes.flatMap((cause, code) =>
      cause !== undefined && counts[code]! > 0 && has[step](progress.get(cause.causeId)) ? [code] : [],
    );
    const cases = those.reduce((sum, code) => sum + counts[code]!, 0);
    return { step, cases: shareOf(cases, resolved.length), causes: those.length };
  });
}
