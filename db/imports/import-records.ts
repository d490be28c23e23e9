import { createHash } from "node:crypto";
import type { CaseRecord } from "#analytics/case.ts";
import type { OpenDatabase } from "../open-database.ts";
import type { Workspace } from "../workspaces.ts";
import type { ImportResult } from "./import-file.ts";
import { type InterpretedRow, interpretRecord } from "./map/interpret-rows.ts";
import { type OnProgress, storeSource } from "./run-import.ts";
import { rowsRead } from "./store/import-counts.ts";
import { beginImport } from "./store/import-record.ts";
import { takeImportTurn } from "./store/import-turn.ts";
import { LocalDays } from "./store/local-days.ts";
import { loadNameEntries, NameDictionary } from "./store/name-dictionary.ts";
import { type PreparedBatch, prepareBatch } from "./store/prepare-batch.ts";

const rowsPerTransaction = 2_000;

interface CountedBatch extends PreparedBatch {
  /** Rows of the source up to its end. */
  through: number;
}

/**
 * Loads records that come from no file (the demo), on the same path: what `importFile` says holds for them too. They
 * are held in memory, since their hash is needed before the first is stored.
 */
export async function importRecords(
  database: Pick<OpenDatabase, "db" | "pool" | "engine" | "directory">,
  workspace: Workspace,
  records: Iterable<CaseRecord>,
  { name, onProgress }: { name: string; onProgress?: OnProgress },
): Promise<ImportResult> {
  const rows = Array.from(records, interpretRecord);
  const hash = createHash("sha256");
  for (const { cells } of rows) hash.update(cells.join());
  const sizeBytes = rows.reduce((sum, { cells }) => sum + Buffer.byteLength(cells.join()), 0);
  return takeImportTurn(database, workspace.id, async (turn) => {
    const row = await turn(({ db }) =>
      beginImport(db, workspace.id, {
        kind: "records",
        name,
        sizeBytes,
        sha256: hash.digest("hex"),
        preset: "records",
        columns: [],
        mapping: null,
        layout: null,
        upload: null,
        encoding: null,
      }),
    );
    const names = new NameDictionary(workspace.id, await turn(({ db }) => loadNameEntries(db, workspace.id)));
    const home = {
      workspaceId: workspace.id,
      importId: row.import_id,
      days: new LocalDays(workspace.time_zone),
    };
    async function* batches(): AsyncGenerator<CountedBatch, void> {
      for (let start = row.cursor_row; start < rows.length; start += rowsPerTransaction) {
        const part: InterpretedRow[] = rows.slice(start, start + rowsPerTransaction);
        yield { ...prepareBatch(part, home, names), through: start + part.length };
      }
    }
    const shareOf = ({ through }: CountedBatch) => through / rows.length;
    // A program's own records: nobody is there to ask.
    const accepting = { ...row, rejected_accepted: true };
    const counts = await storeSource(database, turn, accepting, {
      source: { batches: batches(), shareOf, folded: 0, bytes: sizeBytes },
      onProgress,
    });
    const { import_id: importId, preset, cursor_row: resumedAfter } = row;
    return {
      workspaceId: workspace.id,
      importId,
      preset,
      read: rowsRead(counts),
      counts,
      resumedAfter,
      warnings: [],
    };
  });
}
