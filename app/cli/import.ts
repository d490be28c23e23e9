import { basename } from "node:path";
import { counted, countText } from "#app/format.ts";
import { analyse } from "#app/server/analyse.ts";
import type { Settings } from "#app/settings.ts";
import { DataDirectoryBusy } from "#db/engine/lock.ts";
import { type ImportProgress, type ImportResult, importFile } from "#db/imports/import-cases.ts";
import { presetByName, presets } from "#db/imports/map/presets/presets.ts";
import { inspectFile } from "#db/imports/read/inspect-file.ts";
import { rowsRead } from "#db/imports/store/import-counts.ts";
import { type OpenDatabase, openDatabase } from "#db/open-database.ts";
import { needsAnalysis } from "#db/queries/analysis.ts";
import { findWorkspace } from "#db/workspaces.ts";
import type { Command } from "./command.ts";
import { importThroughServer } from "./import-through-server.ts";
import { terminalProgress } from "./terminal-progress.ts";

export const importCommand: Command = {
  summary: "loads a CSV file of cases; the same file twice changes nothing, a stopped load goes on",
  positionals: ["FILE"],
  options: {
    workspace: { type: "string", default: "main" },
    preset: { type: "string" },
    json: { type: "boolean", default: false },
  },
  optionTexts: {
    "workspace NAME": "the workspace (main); it is made where there is none",
    "preset NAME": `one of ${presets.map(({ name }) => name).join(", ")}; recognised by the header unless given`,
    json: "end with one line of JSON that counts the rows",
  },
  examples: [
    "fixtwice import complaints.csv --workspace real",
    "fixtwice import cases.csv --preset fixtwice --json",
  ],
  async run({ values, positionals: [file = ""], settings }) {
    const request: ImportRequest = {
      file,
      workspace: String(values.workspace),
      preset: typeof values.preset === "string" ? values.preset : undefined,
    };
    const result = await runWhereTheDataIs(settings, request);
    console.log(values.json === true ? jsonLine(result) : resultInWords(result, request));
    return 0;
  },
};

export interface ImportRequest {
  file: string;
  workspace: string;
  preset: string | undefined;
}

/** Embedded data belongs to one process: where a server has it, the server loads the file. */
async function runWhereTheDataIs(settings: Settings, request: ImportRequest): Promise<ImportResult> {
  let database: OpenDatabase;
  try {
    database = await openDatabase(settings);
  } catch (error) {
    const { url, token } = (error instanceof DataDirectoryBusy && error.holder) || {};
    if (url === undefined || token === undefined) throw error;
    await inspectFile(request.file); // what cannot be loaded need not be sent
    return withProgress(request, (onProgress) =>
      importThroughServer({ url, token }, { ...request, onProgress }),
    );
  }
  try {
    return await runImport(database, request);
  } finally {
    await database.close();
  }
}

/** Loads the file, then finds the causes anew where the load changed cases. Progress goes to stderr. */
export async function runImport(database: OpenDatabase, request: ImportRequest): Promise<ImportResult> {
  const result = await withProgress(request, (onProgress) =>
    importFile(database, { ...request, path: request.file, onProgress }),
  );
  if (await needsAnalysis(database.db, result.workspaceId)) await findCauses(database, request.workspace);
  return result;
}

async function findCauses(database: OpenDatabase, workspaceName: string): Promise<void> {
  const workspace = await findWorkspace(database.db, workspaceName);
  if (workspace === undefined)
    throw new Error(`The workspace ${workspaceName} went away while it was loaded.`);
  const progress = terminalProgress();
  const show = (stage: string, share: number) =>
    progress.show(`Finding recurring causes (${stage}): ${Math.round(share * 100)} %`);
  await analyse(database.db, workspace, { onProgress: show }).finally(() => progress.end());
}

async function withProgress(
  request: ImportRequest,
  load: (onProgress: (progress: ImportProgress) => void) => Promise<ImportResult>,
): Promise<ImportResult> {
  const progress = terminalProgress();
  const name = basename(request.file);
  try {
    return await load(({ counts, share }) =>
      progress.show(`Loading ${name}: ${counted(rowsRead(counts), "row")} (${Math.round(share * 100)} %)`),
    );
  } finally {
    progress.end();
  }
}

/** A contract with scripts: these names, this order, one line. */
export function jsonLine({ read, counts }: ImportResult): string {
  const { new: fresh, updated, unchanged, rejected, open } = counts;
  return JSON.stringify({ read, new: fresh, updated, unchanged, rejected, open });
}

export function resultInWords(result: ImportResult, request: ImportRequest): string {
  const { counts, read, resumedAfter } = result;
  const preset = presetByName(result.preset);
  const lines = [
    `${basename(request.file)} is loaded into the workspace ${request.workspace} (${preset?.title ?? result.preset}).`,
    `${counted(read, "row")} read: ${countText(counts.new)} new, ${countText(counts.updated)} updated, ` +
      `${countText(counts.unchanged)} unchanged, ${countText(counts.rejected)} rejected; ${countText(counts.open)} open.`,
    ...(resumedAfter > 0
      ? [`It went on after row ${countText(resumedAfter)}, where an earlier load had stopped.`]
      : []),
    ...(counts.rejected > 0 ? ["The rejected rows, with their reasons, are on the page Imports."] : []),
  ];
  return lines.join("\n");
}
