import type { FixAlert, FixStage } from "#analytics/second-fix/fix-stage.ts";
import type { VerdictOfChange } from "#analytics/second-fix/verdict-of-change.ts";

/** How far a second fix is, in words. */
export function stageText(stage: FixStage): string {
  return stageWords[stage];
}

const stageWords: Readonly<Record<FixStage, string>> = {
  draft: "Draft",
  planned: "Planned",
  implemented: "Implemented",
  under_observation: "Under observation",
  closed: "Closed",
  reopened: "Reopened",
  dropped: "Dropped",
};

/** A verdict in words, to stand within a sentence. */
export function verdictText(verdict: VerdictOfChange | "regressed"): string {
  return verdictWords[verdict];
}

const verdictWords: Readonly<Record<VerdictOfChange | "regressed", string>> = {
  effective: "effective",
  partially_effective: "partially effective",
  not_effective: "not effective",
  harmful: "harmful",
  inconclusive: "inconclusive",
  regressed: "came back",
};

/** What wants somebody's attention, after the title of the fix. */
export const alertWords: Readonly<Record<FixAlert, string>> = {
  overdue: "was to be in place by now",
  check_due: "has reached its check date; its window is still open, and only harm would be known now",
  verdict_overdue: "has reached the end of its window, and the data do not reach it: load the newest cases",
  not_working: "is not working: decide what comes next",
  returned: "was verified, and its cause came back",
};
