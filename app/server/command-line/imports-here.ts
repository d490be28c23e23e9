import { rm } from "node:fs/promises";
import { join } from "node:path";
import { stateText } from "#app/imports/describe-import.ts";
import { SettingError } from "#app/settings.ts";
import { findSourceCursor } from "#db/imports/from-database/source-cursors.ts";
import { countsOf } from "#db/imports/store/import-counts.ts";
import { findImport, forgetUpload, type Import, listImports } from "#db/imports/store/queries.ts";
import { CannotUndo, planUndo, undoImport } from "#db/imports/store/undo-import.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { findWorkspace, type Workspace } from "#db/workspaces.ts";
import type {
  CursorQuestion,
  ImportQuestion,
  ImportSummary,
  OnLoadProgress,
  UndoQuestion,
} from "./messages.ts";

type Db = OpenDatabase["db"];

/** The imports of a workspace, newest first. */
export async function listImportsHere(
  db: Db,
  { workspace }: { workspace: string },
): Promise<ImportSummary[]> {
  const { id } = await namedWorkspace(db, workspace);
  return (await listImports(db, id)).map(summaryOf);
}

/** What undoing an import would do. @throws CannotUndo where there is nothing to undo */
export async function planUndoHere(db: Db, question: ImportQuestion): Promise<UndoQuestion> {
  const row = await undoable(db, question);
  return { fileName: row.file_name, plan: await planUndo(db, row.workspace_id, row.import_id) };
}

/** Undoes it in this process; a file that the import still had is taken away. */
export async function undoHere(
  database: OpenDatabase,
  uploads: string,
  question: ImportQuestion,
  onProgress: OnLoadProgress,
): Promise<null> {
  const { workspace_id: workspaceId, import_id: importId } = await undoable(database.db, question);
  await undoImport(database, workspaceId, importId, (share) =>
    onProgress({ stage: "loading", share, counts: null }),
  );
  const upload = await forgetUpload(database.db, { workspaceId, importId });
  if (upload !== null) await rm(join(uploads, upload), { force: true });
  return null;
}

export async function undoable(db: Db, { workspace, importId }: ImportQuestion): Promise<Import> {
  const { id } = await namedWorkspace(db, workspace);
  const row = await findImport(db, id, importId);
  if (row === undefined)
    throw new CannotUndo(
      `There is no import ${importId} in the workspace “${workspace}”; nothing was undone.`,
    );
  if (row.state === "draft")
    throw new CannotUndo(`The import ${importId} is a draft and has loaded nothing; discard it on its page.`);
  if (row.state === "undone") throw new CannotUndo(`The import ${importId} is undone already.`);
  return row;
}

/** `null` too where there is no such workspace yet. */
export async function sourceCursorHere(
  db: Db,
  { workspace, source }: CursorQuestion,
): Promise<string | null> {
  const found = await findWorkspace(db, workspace);
  return found === undefined ? null : findSourceCursor(db, found.id, source);
}

async function namedWorkspace(db: Db, name: string): Promise<Workspace> {
  const workspace = await findWorkspace(db, name);
  if (workspace === undefined) throw new SettingError(`There is no workspace named "${name}".`);
  return workspace;
}

function summaryOf(row: Import): ImportSummary {
  const { coverage: _, ...counts } = countsOf(row);
  return {
    importId: row.import_id,
    name: row.file_name,
    kind: row.kind,
    state: row.state,
    stateText: stateText(row),
    startedAt: row.started_at,
    counts,
  };
}
