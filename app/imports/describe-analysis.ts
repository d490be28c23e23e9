import { shareText } from "#app/format.ts";
import type { JobState } from "#db/queries/job-states.ts";
import { durationText } from "./describe-import.ts";

/** The stage of a job in which second fixes are judged: all causes are found by then. */
export const judging = "Counting all cases anew";

/** What a reader should know while causes are being found: `null` when there is nothing to say. */
export function describeAnalysis(
  status: JobState,
): { kind: "info" | "problem"; sentence: string; link: string } | null {
  switch (status.state) {
    case "idle":
    case "waiting":
      return null;
    case "running":
      if (status.kind === "load" && status.share === 0) return null; // mostly there is nothing to do
      return {
        kind: "info",
        sentence:
          status.stage === judging
            ? `Second fixes are being judged (${stageText(status)}).`
            : status.kind === "load"
              ? `Causes are being found in the cases that were loaded (${stageText(status)}). Until then the newest cases have no cause.`
              : `Causes are being found anew (${stageText(status)}). Nothing changes before a person accepts what is found.`,
        link: "See how far it is, or stop it",
      };
    case "cancelled":
      return status.kind === "proposal"
        ? null
        : {
            kind: "info",
            sentence:
              "To find causes in the cases that were loaded was cancelled: the newest cases have none.",
            link: "Go on with it",
          };
    case "failed":
      return {
        kind: "problem",
        sentence: `The causes could not be found: ${status.reason}`,
        link: "See all runs",
      };
  }
}

/** "Grouping, 70%, about 20 seconds left": of a page, and of a line on a terminal. */
export function stageText({
  stage,
  share,
  secondsLeft,
}: {
  stage: string;
  share: number;
  secondsLeft: number | null;
}): string {
  const left = secondsLeft === null ? "" : `, ${durationText(secondsLeft)} left`;
  return `${stage}, ${shareText(share)}${left}`;
}
