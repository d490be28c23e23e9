import { randomUUID } from "node:crypto";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CaseIdsFile } from "#app/pages/case-ids-file.ts";

const unheld = new FinalizationRegistry<number>(closeSync);

/**
 * Writes the ids of parts one behind the other, as `assembleFacts` numbers their rows, to a file without a name. It goes with the
 * process, or when nothing holds what is given any more: other threads read it for so long.
 */
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
