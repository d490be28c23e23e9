import { shareText } from "#app/format.ts";
import type { AnalysisStatus } from "#app/server/analysis-queue.ts";

/** What a reader should know while causes are being found: `null` when there is nothing to say. */
export function describeAnalysis(
  status: AnalysisStatus,
): { kind: "info" | "problem"; sentence: string } | null {
  switch (status.state) {
    case "idle":
    case "waiting":
      return null;
    case "running":
      return {
        kind: "info",
        sentence: `Causes are being found in the cases that were loaded (${status.stage}, ${shareText(status.share)}). Until then the newest cases have no cause. Load the page again to see more.`,
      };
    case "failed":
      return { kind: "problem", sentence: `The causes could not be found: ${status.reason}` };
  }
}
