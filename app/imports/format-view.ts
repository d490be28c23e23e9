import { openingText } from "#app/format.ts";
import { presets } from "#db/imports/map/presets/presets.ts";
import type { Layout } from "#db/imports/read/layout.ts";
import type { Import } from "#db/imports/store/queries.ts";
import { findingsOf } from "./import-steps.ts";

/** What the page about a file's format shows. Plain data. */
export interface FormatView {
  /** `null` before the file was looked at. */
  findings: FoundFormat | UnsureEncoding | Refused | null;
  choices: FormatChoices;
}

export interface FoundFormat {
  state: "read";
  title: string;
  /** Columns that the preset knows. */
  known: number;
  /** 0 to 1. */
  confidence: number;
  isGeneric: boolean;
  encoding: string;
  compressed: boolean;
  format: Layout["format"];
  /** `null` where it has none. */
  delimiter: string | null;
  headerLine: number | null;
  skippedLines: string[];
  rows: number;
  /** Every row was looked at; else only so many. */
  whole: boolean;
  columns: readonly string[];
  firstRows: string[][];
  warnings: string[];
}

export interface UnsureEncoding {
  state: "encoding_unsure";
  candidates: { encoding: string; sample: string }[];
}

export interface Refused {
  state: "refused";
  sentence: string;
}

/** What stands in the form. */
export interface FormatChoices {
  encoding: string;
  delimiter: string;
  headerLine: string;
  preset: string;
  presets: { name: string; title: string }[];
}

const rowsShown = 8;
const cellCharacters = 60;
const lineCharacters = 120;

export function formatView(row: Import): FormatView {
  const found = findingsOf(row);
  const csv = row.layout?.format === "csv" ? row.layout : null;
  const headerLine = csv === null || found?.state !== "read" ? null : found.skippedLines.length + 1;
  const choices: FormatChoices = {
    encoding: found?.state === "read" ? found.encoding : (row.text_encoding ?? ""),
    delimiter: csv?.delimiter ?? "",
    headerLine: headerLine === null ? "" : String(headerLine),
    preset: found?.state === "read" ? row.preset : "",
    presets: presets.map(({ name, title }) => ({ name, title })),
  };
  if (found?.state === "encoding_unsure")
    return { findings: { state: found.state, candidates: found.candidates }, choices };
  if (found?.state !== "read" || row.layout === null)
    return { findings: found?.state === "refused" ? found : null, choices };
  const { proposal, examination } = found;
  return {
    choices,
    findings: {
      state: "read",
      title: proposal.preset.title,
      known: proposal.known,
      confidence: proposal.confidence,
      isGeneric: proposal.preset.name === "generic",
      encoding: found.encoding,
      compressed: found.compressed,
      format: row.layout.format,
      delimiter: csv?.delimiter ?? null,
      headerLine,
      skippedLines: found.skippedLines.map((line) => openingText(line, lineCharacters)),
      rows: examination.rows,
      whole: examination.whole,
      columns: row.layout.columns,
      firstRows: found.firstRows
        .slice(0, rowsShown)
        .map((cells) => cells.map((cell) => openingText(cell, cellCharacters))),
      warnings: [...proposal.warnings],
    },
  };
}
