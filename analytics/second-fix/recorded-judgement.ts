import type { Day } from "../period.ts";
import type { WindowEvidence } from "./fix-evidence.ts";
import type { FixWindows } from "./fix-windows.ts";
import type { Judgement } from "./judge-second-fix.ts";
import type { FixesTogether } from "./overlapping-fixes.ts";

/** The rules by which verdicts are reached; another number, where any of them would be another. */
export const verdictMethod = "second-fix/1";

/** A verdict with all that it rests on, as it is kept: whoever doubts it can count again. */
export interface RecordedJudgement {
  /** The check, of all fixes that are judged by it together. */
  check: FixesTogether;
  judgement: Judgement;
  windows: FixWindows;
  /** What was counted in both windows; of the unfixed causes their sum. */
  before: RecordedWindow;
  after: RecordedWindow;
  dataEnd: Day;
}

export interface RecordedWindow extends Omit<WindowEvidence, "unfixed"> {
  /** Cases of all unfixed causes together, by week. */
  unfixed: number[];
}

export function recordedWindow({ unfixed, ...window }: WindowEvidence): RecordedWindow {
  return {
    ...window,
    unfixed: window.counts.map((_, week) => unfixed.reduce((sum, cause) => sum + cause[week]!, 0)),
  };
}
