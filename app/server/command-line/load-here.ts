import { rm } from "node:fs/promises";
import { BadInput } from "#db/imports/bad-input.ts";
import { dryRun } from "#db/imports/dry-run.ts";
import type { ExamineWish } from "#db/imports/examine-file.ts";
import { moveSourceCursor } from "#db/imports/from-database/source-cursors.ts";
import {
  examineToLoad,
  type FileImport,
  homeOf,
  type ImportResult,
  importFile,
} from "#db/imports/import-file.ts";
import type { Mapping } from "#db/imports/map/mapping.ts";
import { findSavedMapping, listSavedMappings } from "#db/imports/store/saved-mappings.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { findWorkspace, type Workspace } from "#db/workspaces.ts";
import type { LoadRequest, OnLoadProgress, Trial } from "./messages.ts";

/** A file of the command line, loaded in this process. @throws BadInput, ImportPaused */
export async function loadHere(
  database: OpenDatabase,
  file: { path: string; stageIn: string },
  request: LoadRequest,
  onProgress: OnLoadProgress,
): Promise<ImportResult> {
  const result = await importFile(database, {
    ...(await fileImport(database.db, file, request)),
    onProgress: (progress) => onProgress({ stage: "loading", ...progress }),
  });
  await keepCursor(database.db, result.workspaceId, request);
  return result;
}

/** What loading it would do; nothing is stored, and no workspace made. @throws BadInput */
export async function tryHere(
  database: OpenDatabase,
  file: { path: string; stageIn: string },
  request: LoadRequest,
  onProgress: OnLoadProgress,
): Promise<Trial> {
  const wanted = await fileImport(database.db, file, request);
  const { examined } = await examineToLoad(database, wanted);
  try {
    const { timeZone } = homeOf(wanted);
    const workspace = (await findWorkspace(database.db, request.workspace)) ?? {
      id: noWorkspace,
      time_zone: timeZone,
    };
    const { mapping } = examined.proposal;
    const { counts, rejections } = await dryRun(database, 0, {
      file: examined.file,
      layout: examined.layout,
      mapping,
      workspace,
      stageIn: file.stageIn,
      onProgress: (progress) => onProgress({ stage: "loading", ...progress }),
    });
    return { preset: mapping.preset, counts, rejections, warnings: examined.proposal.warnings };
  } finally {
    if (examined.file.path !== file.path) await rm(examined.file.path, { force: true });
  }
}

/** No workspace has it: it stands for one that would be made. */
const noWorkspace = 0;

/** The request with what the workspace knows. @throws BadInput for what does not fit to it */
export async function fileImport(
  db: OpenDatabase["db"],
  { path, stageIn }: { path: string; stageIn: string },
  request: LoadRequest,
): Promise<FileImport> {
  const { name, kind, timeZone, rejectedAccepted } = request;
  const workspace = await findWorkspace(db, request.workspace);
  if (workspace !== undefined) refuseUnfit(workspace, request);
  const mapping = await mappingOf(db, workspace, request);
  return {
    path,
    stageIn,
    name,
    kind,
    rejectedAccepted,
    workspace: request.workspace,
    timeZone: timeZone ?? undefined,
    wish: wishOf(request, mapping),
  };
}

/** Moves the cursor of another database, where the file came from one. */
export async function keepCursor(
  db: OpenDatabase["db"],
  workspaceId: number,
  { cursor }: LoadRequest,
): Promise<void> {
  if (cursor !== null) await moveSourceCursor(db, workspaceId, cursor);
}

function refuseUnfit({ name, simulated, time_zone: zone }: Workspace, { timeZone }: LoadRequest): void {
  if (simulated)
    throw new BadInput(
      `The workspace “${name}” is simulated, and real cases do not belong into it; expected another one (--workspace NAME).`,
    );
  if (timeZone !== null && timeZone !== zone)
    throw new BadInput(
      `The workspace “${name}” has its days in ${zone} already; --time-zone ${timeZone} is for one that is made.`,
    );
}

async function mappingOf(
  db: OpenDatabase["db"],
  workspace: Workspace | undefined,
  { mapping, workspace: name }: LoadRequest,
): Promise<Mapping | null> {
  if (typeof mapping !== "string") return mapping;
  const found = workspace && (await findSavedMapping(db, workspace.id, mapping));
  if (found !== undefined) return found;
  const saved = workspace === undefined ? [] : await listSavedMappings(db, workspace.id);
  const names = saved.map((known) => `“${known.name}”`).join(", ");
  throw new BadInput(
    `The workspace “${name}” has no saved mapping “${mapping}”; expected ${names === "" ? "" : `one of ${names}, or `}a file that ends with .json.`,
  );
}

/** What was said of this load goes before how such a file was mapped the last time. */
function wishOf(
  { preset, encoding, delimiter, dateOrder }: LoadRequest,
  mapping: Mapping | null,
): ExamineWish {
  const said = {
    encoding: encoding ?? undefined,
    delimiter: delimiter ?? undefined,
    preset: preset ?? undefined,
    dateOrder: dateOrder ?? undefined,
  };
  if (mapping !== null) return { ...said, mappingOf: async () => mapping };
  return preset === null && dateOrder === null ? said : { ...said, mappingOf: undefined };
}
