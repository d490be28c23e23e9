import { randomUUID } from "node:crypto";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CaseIdsFile } from "#app/pages/case-ids-file.ts";

const unheld = new FinalizationRegistry<number>(closeSync);

/**
 * A file without a name for case ids, empty as yet. It goes with the process, or when nothing holds what is given any more:
 * other threads write and read it for so long, and none of them closes it.
 */
export function openCaseIds(): CaseIdsFile {
  const path = join(tmpdir(), `fixtwice-case-ids-${randomUUID()}`);
  const file = openSync(path, "wx+", 0o600);
  const ids = new CaseIdsFile(file);
  unheld.register(ids, file);
  rmSync(path, { force: true });
  return ids;
}

/** Writes the ids of parts one behind the other, as `assembleFacts` numbers their rows, to an open file by its number. */
export function writeCaseIds(file: number, parts: readonly { caseId: Uint8Array }[]): void {
  let at = 0;
  for (const { caseId } of parts)
    for (let from = 0; from < caseId.length; ) {
      const written = writeSync(file, caseId, from, caseId.length - from, at);
      from += written;
      at += written;
    }
}
