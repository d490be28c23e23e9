import { rm } from "node:fs/promises";
import type { OpenDatabase } from "../open-database.ts";
import type { DryRun, RejectionGroup } from "./draft.ts";
import type { FileToLoad } from "./import-file.ts";
import { openSource } from "./open-source.ts";
import { batchesOf } from "./prepare-in-worker.ts";
import { sampleRecords } from "./sample-records.ts";
import { SeenCases } from "./seen-cases.ts";
import { addCounts, type ImportCounts, noCounts } from "./store/import-counts.ts";
import { loadNameEntries } from "./store/name-dictionary.ts";
import type { PreparedBatch } from "./store/prepare-batch.ts";
import type { RejectedRow } from "./store/rejected-row.ts";
import { storedHashes } from "./store/store-batch.ts";

const rowsPerBatch = 2_000;
const rejectedShown = 20;

/** What a load would do: every row is read and checked, nothing is stored. @throws BadInput */
export async function dryRun(
  { db }: Pick<OpenDatabase, "db">,
  importId: number,
  { file, layout, mapping, workspace, stageIn, onProgress }: FileToLoad,
): Promise<DryRun> {
  const opened = await openSource(file, { layout, mapping, timeZone: workspace.time_zone, stageIn });
  try {
    const task = {
      path: opened.path,
      layout: opened.layout,
      mapping,
      importId,
      rowsPerBatch,
      skip: 0,
      workspaceId: workspace.id,
      timeZone: workspace.time_zone,
      names: await loadNameEntries(db, workspace.id),
    };
    const tally = new Tally({ ...noCounts, folded: opened.folded });
    for await (const batch of batchesOf(task, opened.textBytes)) {
      tally.add(batch, await storedHashes(db, workspace.id, batch.ids));
      onProgress?.({ counts: tally.counts, share: Math.min(1, batch.end / opened.textBytes) });
    }
    return { ...tally.result(), records: await sampleRecords(task) };
  } finally {
    if (opened.path !== file.path) await rm(opened.path, { force: true });
  }
}

/** Adds up what the batches would do, as storing them would count it. */
class Tally {
  counts: ImportCounts;
  readonly #seen = new SeenCases();
  readonly #groups = new Map<string, RejectionGroup>();
  readonly #rejected: RejectedRow[] = [];
  #rows = 0;

  constructor(start: ImportCounts) {
    this.counts = start;
  }

  add(batch: PreparedBatch, stored: ReadonlyMap<string, { content_hash: string }>): void {
    const counts = { new: 0, updated: 0, unchanged: 0 };
    batch.ids.forEach((id, i) => {
      const hash = batch.hashes[i] ?? "";
      const seen = this.#seen.put(id, hash);
      const before = stored.get(id);
      if (seen === null && before === undefined) counts.new++;
      else if (seen === null ? before?.content_hash === hash : seen.sameContent) counts.unchanged++;
      else counts.updated++;
    });
    const { rejected, open, coverage } = batch;
    this.counts = addCounts(this.counts, {
      ...noCounts,
      ...counts,
      rejected: rejected.length,
      open,
      coverage,
    });
    for (const row of rejected) this.#group(row);
    const shown = rejected.slice(0, Math.max(0, rejectedShown - this.#rejected.length));
    this.#rejected.push(...shown.map((row) => ({ ...row, row_number: this.#rows + row.row_number })));
    this.#rows += batch.rows;
  }

  result(): Omit<DryRun, "records"> {
    const rejections = [...this.#groups.values()].sort((a, b) => b.count - a.count);
    return { counts: this.counts, rejections, rejected: this.#rejected };
  }

  #group({ column_name: column, code, line, value, reason }: RejectedRow): void {
    const key = JSON.stringify([column, code]);
    const group = this.#groups.get(key) ?? { column, code, count: 0, example: { line, value, reason } };
    group.count++;
    this.#groups.set(key, group);
  }
}
