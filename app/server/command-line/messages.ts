import type { RejectionGroup } from "#db/imports/draft.ts";
import type { ImportResult } from "#db/imports/import-file.ts";
import type { Mapping } from "#db/imports/map/mapping.ts";
import type { ImportCounts } from "#db/imports/store/import-counts.ts";
import type { UndoPlan } from "#db/imports/store/undo-import.ts";

/** What the command line asks for and is answered: plain JSON, since a server may be the one that does it. */

/** A file to be loaded; its bytes come beside it. */
export interface LoadRequest {
  /** What people know the file by. */
  name: string;
  kind: "file" | "database";
  workspace: string;
  /** Of a workspace that is made. */
  timeZone: string | null;
  preset: string | null;
  /** The name of a saved one, or itself. */
  mapping: string | Mapping | null;
  encoding: string | null;
  delimiter: string | null;
  dateOrder: "dmy" | "mdy" | null;
  rejectedAccepted: boolean;
  /** Where the next load of another database begins, once this one has ended. */
  cursor: { source: string; cursor: string } | null;
}

export interface LoadProgress {
  /** `waiting`: for an earlier load of the workspace. */
  stage: "waiting" | "loading";
  counts: ImportCounts | null;
  /** Share of the file that is done, 0 to 1. */
  share: number;
}

/** What a load would do. */
export interface Trial {
  preset: string;
  counts: ImportCounts;
  rejections: RejectionGroup[];
  warnings: readonly string[];
}

/** An import, by the number that the lists show. */
export interface ImportQuestion {
  workspace: string;
  importId: number;
}

export interface UndoQuestion {
  fileName: string;
  plan: UndoPlan;
}

/** A line of the list of imports. */
export interface ImportSummary {
  importId: number;
  name: string;
  kind: string;
  state: string;
  /** In words. */
  stateText: string;
  startedAt: string;
  counts: Omit<ImportCounts, "coverage">;
}

/** Up to where a workspace has loaded a source. */
export interface CursorQuestion {
  workspace: string;
  source: string;
}

/** The works by their names at the server's door: what is asked, what is answered. */
export interface DoorWorks {
  load: { asks: LoadRequest; answers: ImportResult };
  try: { asks: LoadRequest; answers: Trial };
  "plan-undo": { asks: ImportQuestion; answers: UndoQuestion };
  undo: { asks: ImportQuestion; answers: null };
  imports: { asks: { workspace: string }; answers: ImportSummary[] };
  "source-cursor": { asks: CursorQuestion; answers: string | null };
}

/** One line of an answer of the door. */
export type DoorMessage<Result = unknown> =
  | { progress: LoadProgress }
  | { result: Result }
  | { failure: { name: string; message: string } };

export type OnLoadProgress = (progress: LoadProgress) => void;
