import { randomUUID } from "node:crypto";
import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uuidOf } from "#analytics/facts/assemble-facts.ts";
import type { CaseIds } from "#analytics/facts/facts.ts";

/** Ids that one reading of the file brings: 4 kB, since who asks for one row mostly asks for the next one, too. */
const idsAtOnce = 256;

/**
 * Case ids in a file without a name, since they are most of what columns take and no metric reads them. The file goes with
 * the process, or when nothing holds this object any more. Another thread reads it by its number, for as long as this one is
 * held here. Cost: 2 to 3 microseconds an id, a third of it in the order of the rows.
 */
export class CaseIdsFile implements CaseIds {
  /** Its number among the open files of the process. */
  readonly file: number;
  readonly #block = Buffer.alloc(16 * idsAtOnce);
  #blockOf = -1;

  /** @param file written by `writeCaseIds`, of this process */
  constructor(file: number) {
    this.file = file;
  }

  at(row: number): string {
    const block = Math.floor(row / idsAtOnce);
    if (block !== this.#blockOf) {
      readSync(this.file, this.#block, 0, this.#block.length, block * this.#block.length);
      this.#blockOf = block;
    }
    const at = 16 * (row % idsAtOnce);
    return uuidOf(this.#block.subarray(at, at + 16));
  }
}

const unheld = new FinalizationRegistry<number>(closeSync);

/** Writes the ids of parts one behind the other, as `assembleFacts` numbers their rows. */
export function writeCaseIds(parts: readonly { caseId: Uint8Array }[]): CaseIdsFile {
  const path = join(tmpdir(), `fixtwice-case-ids-${randomUUID()}`);
  const file = openSync(path, "wx+", 0o600);
  try {
    rmSync(path, { force: true });
    let at = 0;
    for (const { caseId } of parts)
      for (let from = 0; from < caseId.length; ) {
        const written = writeSync(file, caseId, from, caseId.length - from, at);
        from += written;
        at += written;
      }
  } catch (error) {
    closeSync(file);
    throw error;
  }
  const ids = new CaseIdsFile(file);
  unheld.register(ids, file);
  return ids;
}
