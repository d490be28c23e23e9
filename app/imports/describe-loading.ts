import { shareText } from "#app/format.ts";
import type { ImportJob } from "#app/server/import-jobs.ts";

/** What a reader of figures should know while a load or an undo changes the cases behind them. */
export function describeLoading({ kind, share }: Pick<ImportJob, "kind" | "share">): string {
  const what = kind === "undo" ? "A load is being undone" : "Cases are being loaded";
  return `${what} (${shareText(share)}). Until it ends, the figures here follow some seconds behind and are incomplete.`;
}
