import { counted, countText, listText, openingText, shareText } from "#app/format.ts";
import type { ImportJob } from "#app/server/import-jobs.ts";
import type { ImportCounts } from "#db/imports/store/import-counts.ts";
import type { Import } from "#db/imports/store/queries.ts";
import { findingsOf, type Step, stepOf } from "./import-steps.ts";

type Counts = Omit<ImportCounts, "coverage">;

const draftStates: Record<Step, string> = {
  format: "its format is to be confirmed",
  mapping: "its mapping is to be confirmed",
  check: "checked, not loaded yet",
};

/** The state of an import in words. */
export function stateText(row: Pick<Import, "state" | "examination" | "dry_run">): string {
  const step = stepOf(row);
  if (step !== null)
    return findingsOf(row)?.state === "refused" ? "can’t be loaded as it is" : draftStates[step];
  const texts: Record<string, string> = {
    running: "being loaded",
    paused: "waits for a decision",
    finished: "finished",
    failed: "stopped before its end",
    undone: "undone",
  };
  return texts[row.state] ?? row.state;
}

/** "ServiceNow incident: 34 of its 36 columns are known", as the claim of the page. */
export function recognisedHeadline({
  title,
  known,
  columns,
  isGeneric,
}: {
  title: string;
  known: number;
  columns: readonly string[];
  isGeneric: boolean;
}): string {
  const all = columns.length;
  const part =
    known < all
      ? `${known} of its ${counted(all, "column")}`
      : all === 1
        ? "its one column"
        : `all ${all} columns`;
  if (isGeneric)
    return known === 0
      ? "Not an export that is known here: its columns must be named"
      : `Not an export that is known here, but ${part} can be read by name`;
  return `Read as ${title}: ${part} ${known === 1 ? "is" : "are"} known`;
}

/** How sure the recognition is, in the words that people who load files know: exact, confident, a guess. */
export function confidenceText(confidence: number, isGeneric: boolean): string {
  if (isGeneric) return "by the names of its columns: look at the mapping with care";
  if (confidence >= 1) return "exact: every column is known";
  if (confidence > 0.9) return `confident (${shareText(confidence)})`;
  return `${confidence >= 0.5 ? "likely" : "a guess"} (${shareText(confidence)}): look at the mapping with care`;
}

const encodings: Record<string, string> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16 (Excel’s “Unicode text”)",
  "utf-16be": "UTF-16, big endian",
  "windows-1252": "Windows-1252 (Western European)",
  "windows-1250": "Windows-1250 (Central European)",
  "iso-8859-2": "ISO 8859-2 (Central European)",
  "windows-1251": "Windows-1251 (Cyrillic)",
  shift_jis: "Shift JIS (Japanese)",
  gb18030: "GB 18030 (Chinese)",
  big5: "Big5 (Chinese, traditional)",
  "euc-kr": "EUC-KR (Korean)",
};

export function encodingText(encoding: string): string {
  return encodings[encoding.toLowerCase()] ?? encoding;
}

/** The encodings that a person may choose from. */
export const encodingChoices = Object.keys(encodings);

const delimiters: Record<string, string> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "vertical bar",
};

export function delimiterText(delimiter: string): string {
  return delimiters[delimiter] ?? `“${delimiter}”`;
}

export const delimiterChoices = Object.keys(delimiters);

/** Rows that a load would store, and rows that it would leave out. */
export function acceptedOf(counts: Pick<Counts, "new" | "updated" | "unchanged" | "folded">): number {
  return counts.new + counts.updated + counts.unchanged + counts.folded;
}

export function readOf(counts: Counts): number {
  return acceptedOf(counts) + counts.rejected;
}

/** "Load 6,620 rows"; "Load 80 rows and leave out 40" where so many are rejected that a person must agree. */
export function loadButtonText(counts: Counts, asksFirst: boolean): string {
  const load = `Load ${counted(acceptedOf(counts), "row")}`;
  return asksFirst ? `${load} and leave out ${countText(counts.rejected)}` : load;
}

/** What a dry run found, as a claim. */
export function checkHeadline(counts: Counts): string {
  const [accepted, read] = [acceptedOf(counts), readOf(counts)];
  if (accepted === 0) return `None of the ${counted(read, "row")} can be loaded as the mapping stands`;
  if (counts.rejected === 0)
    return read === 1 ? "Its one row can be loaded" : `All ${countText(read)} rows can be loaded`;
  return `${countText(accepted)} of ${counted(read, "row")} can be loaded`;
}

/** What became of an import, as a claim. */
export function importHeadline(
  { row, isUndoing }: { row: Pick<Import, "state" | "file_name">; isUndoing: boolean },
  counts: Counts,
): string {
  const file = openingText(row.file_name, 60);
  if (isUndoing) return `${file} is being undone`;
  const rows = counted(acceptedOf(counts), "row");
  switch (row.state) {
    case "running":
      return `${file} is being loaded`;
    case "paused":
      return `${file} waits for your decision`;
    case "failed":
      return `${file} stopped after ${counted(readOf(counts), "row")}`;
    case "undone":
      return `${file} was undone`;
    default:
      return counts.rejected === 0
        ? `${rows} of ${file} are loaded`
        : `${rows} of ${file} are loaded, ${countText(counts.rejected)} rejected`;
  }
}

const kinds: Record<ImportJob["kind"], string> = {
  examine: "The file is being looked at",
  dry_run: "Every row is being checked",
  load: "The rows are being loaded",
  undo: "The load is being undone",
};

/** What changes cases goes one after the other in a workspace. */
const takesTurns: ReadonlySet<ImportJob["kind"]> = new Set(["load", "undo"]);

/** What is under way, and how far it is: the line above the bar. */
export function progressText(job: ImportJob): string {
  if (job.waiting && takesTurns.has(job.kind))
    return `${kinds[job.kind]}: it begins as soon as no other load of this workspace is under way.`;
  if (job.waiting) return `${kinds[job.kind]}: it begins.`;
  const left = job.secondsLeft === null ? "" : `, ${durationText(job.secondsLeft)} left`;
  return `${kinds[job.kind]}: ${shareText(job.share)} done${left}.`;
}

/** 95 -> "about 2 minutes": a time that is still to come is never exact. */
export function durationText(seconds: number): string {
  if (seconds < 10) return "a few seconds";
  if (seconds < 55) return `about ${Math.ceil(seconds / 10) * 10} seconds`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `about ${counted(minutes, "minute")}`;
  return `about ${counted(Math.round(minutes / 60), "hour")}`;
}

/** Fields that two columns or more become: the order decides, which a reader cannot see in the table. */
export function sharedFieldText(field: string, columns: readonly string[]): string {
  return `${listText(columns.map((column) => `“${column}”`))} all become the ${field}: the first of them that holds something counts.`;
}
