import type { ImportJob } from "#app/server/import-jobs.ts";
import { presetByName } from "#db/imports/map/presets/presets.ts";
import { countsOf, type ImportCounts, rowsAccepted } from "#db/imports/store/import-counts.ts";
import type { Import } from "#db/imports/store/queries.ts";
import { importHeadline } from "./describe-import.ts";

/** What the page of an import that is no draft any more shows. Plain data. */
export interface ImportView {
  fileName: string;
  headline: string;
  state: Import["state"];
  /** Why it failed, or why it waits. */
  failure: string | null;
  counts: ImportCounts;
  /** Accepted rows that each are a case. */
  cases: number;
  startedAt: string;
  finishedAt: string | null;
  undoneAt: string | null;
  /** It waits because so many rows are rejected, which going on would leave out; else for another reason. */
  waitsForRejected: boolean;
  /** What its source can't tell. */
  notes: readonly string[];
  /** Its file is still here, so that it can go on. */
  canGoOn: boolean;
  canUndo: boolean;
  isUndoing: boolean;
  /** It is being loaded, and not by this process. */
  isElsewhere: boolean;
}

export function importView(row: Import, job: ImportJob | null): ImportView {
  const counts = countsOf(row);
  const cases = rowsAccepted(counts);
  const isUndoing = job?.kind === "undo";
  return {
    fileName: row.file_name,
    state: row.state,
    failure: row.failure,
    counts,
    cases,
    isUndoing,
    headline: importHeadline(
      {
        row,
        isUndoing,
      },
      counts,
    ),
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    undoneAt: row.undone_at,
    isElsewhere: row.state === "running" && job === null,
    waitsForRejected: row.paused_for === "rejected_rows",
    notes: presetByName(row.preset)?.notes ?? [],
    canGoOn: row.upload !== null && job === null,
    canUndo: job === null && ["paused", "finished", "failed"].includes(row.state) && cases > 0,
  };
}
