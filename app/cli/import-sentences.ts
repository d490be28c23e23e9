import { counted, countText, listText, shareText } from "#app/format.ts";
import { durationText } from "#app/imports/describe-import.ts";
import type { LoadProgress, Trial } from "#app/server/command-line/messages.ts";
import { databasePresets } from "#db/imports/from-database/presets/database-presets.ts";
import type { ImportResult } from "#db/imports/import-file.ts";
import { presetByName } from "#db/imports/map/presets/presets.ts";
import { type ImportCounts, rowsAccepted, rowsRead } from "#db/imports/store/import-counts.ts";

/** What a load was about, as its sentences call it. */
export interface Loaded {
  name: string;
  workspace: string;
}

/** A contract with scripts: these names, this order, one line. */
export function jsonLine(counts: ImportCounts): string {
  const { new: fresh, updated, unchanged, rejected, open, folded } = counts;
  return JSON.stringify({ read: rowsRead(counts), new: fresh, updated, unchanged, rejected, open, folded });
}

export interface Speed {
  rowsPerSecond: number | null;
  secondsLeft: number | null;
}

export function progressText(name: string, { stage, share, counts }: LoadProgress, speed: Speed): string {
  if (stage === "waiting") return `${name} waits for an earlier load of the workspace`;
  const parts = [`${Math.round(share * 100)} %`];
  if (counts !== null) {
    const { updated, unchanged, rejected } = counts;
    parts.push(
      `${counted(rowsRead(counts), "row")} (${countText(rowsAccepted(counts))} accepted, of them ` +
        `${countText(updated)} updated and ${countText(unchanged)} unchanged; ${countText(rejected)} rejected)`,
    );
  }
  if (speed.rowsPerSecond !== null) parts.push(`${countText(Math.round(speed.rowsPerSecond))} rows/s`);
  if (speed.secondsLeft !== null) parts.push(`${durationText(speed.secondsLeft)} left`);
  return `Loading ${name}: ${parts.join(", ")}`;
}

export function resultInWords(result: ImportResult, { name, workspace }: Loaded): string {
  const { counts, resumedAfter, preset, importId, warnings } = result;
  const page = `/w/${encodeURIComponent(workspace)}/imports/${importId}`;
  return [
    `${name} is loaded into the workspace ${workspace} (${presetTitle(preset)}), as import ${importId}.`,
    countsInWords(counts),
    ...(resumedAfter > 0
      ? [`It went on after row ${countText(resumedAfter)}, where an earlier load had stopped.`]
      : []),
    ...coverageInWords(counts),
    ...warnings.map((warning) => `Careful: ${warning}`),
    ...(counts.rejected > 0
      ? [`The rejected rows, with their reasons, are on the page ${page}, to mend and load again.`]
      : []),
  ].join("\n");
}

const reasonsShown = 5;

export function trialInWords(
  { preset, counts, rejections, warnings }: Trial,
  { name, workspace }: Loaded,
): string {
  const reasons = rejections.slice(0, reasonsShown).map(({ count, column, example }) => {
    const where = column === null ? "" : ` in “${column}”`;
    return `  ${counted(count, "row")}${where}: line ${example.line}: ${example.reason}`;
  });
  const more = rejections.length - reasons.length;
  return [
    `Nothing was stored. Loading ${name} into the workspace ${workspace} (${presetTitle(preset)}) would give:`,
    countsInWords(counts),
    ...coverageInWords(counts),
    ...warnings.map((warning) => `Careful: ${warning}`),
    ...(reasons.length > 0 ? ["Rows would be rejected for:", ...reasons] : []),
    ...(more > 0 ? [`  and ${counted(more, "reason")} more.`] : []),
  ].join("\n");
}

function presetTitle(name: string): string {
  const preset = presetByName(name) ?? databasePresets.find((known) => known.name === name);
  return preset?.title ?? name;
}

export function countsInWords(counts: Omit<ImportCounts, "coverage">): string {
  const { new: fresh, updated, unchanged, folded, rejected, open } = counts;
  const parts = [
    `${countText(fresh)} new`,
    `${countText(updated)} updated`,
    `${countText(unchanged)} unchanged`,
    ...(folded > 0 ? [`${countText(folded)} further events of a case`] : []),
    `${countText(rejected)} rejected`,
  ];
  return `${counted(rowsRead({ ...counts }), "row")} read: ${parts.join(", ")}; ${countText(open)} open.`;
}

/** The fields that most charts rest on. */
const mainFields = [
  "received_at",
  "resolved_at",
  "narrative",
  "contact_reason",
  "outcome",
  "remedy_types",
  "team",
  "customer_ref",
];

function coverageInWords(counts: ImportCounts): string[] {
  const accepted = rowsAccepted(counts);
  if (accepted === 0) return [];
  const shares = mainFields.map((field) => `${field} ${shareText((counts.coverage[field] ?? 0) / accepted)}`);
  return [`Rows that tell: ${listText(shares)}.`];
}
