import type { CaseRecord } from "#analytics/case.ts";
import type { Examination } from "./map/examine-columns.ts";
import type { Proposal } from "./map/propose-mapping.ts";
import type { ImportCounts } from "./store/import-counts.ts";
import type { RejectedRow } from "./store/rejected-row.ts";

/** What was found in an uploaded file, for the person who confirms its mapping. Plain JSON, kept with the import. */
export type DraftFindings =
  | {
      state: "read";
      encoding: string;
      compressed: boolean;
      /** Lines above the header. */
      skippedLines: string[];
      /** The first rows as they stand in the file. */
      firstRows: string[][];
      examination: Examination;
      /** What the header was recognised as; the mapping itself stands beside it. */
      proposal: Omit<Proposal, "mapping">;
    }
  /** Bytes that may be several encodings: a person must say which. */
  | { state: "encoding_unsure"; sentence: string; candidates: { encoding: string; sample: string }[] }
  /** It cannot be loaded, and why. */
  | { state: "refused"; sentence: string };

/** What a load would do, tried over the whole source without storing anything. */
export interface DryRun {
  counts: ImportCounts;
  /** Why rows are rejected, the most frequent reason first. */
  rejections: RejectionGroup[];
  /** The first rejected rows. */
  rejected: RejectedRow[];
  /** The first cases as they would be stored. */
  records: CaseRecord[];
}

export interface RejectionGroup {
  column: string | null;
  code: string;
  count: number;
  example: { line: number; value: string | null; reason: string };
}
