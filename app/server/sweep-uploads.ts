import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { listUploads } from "#db/imports/store/queries.ts";
import type { Database } from "#db/schema.ts";

/** As old as this, no file can belong to an upload that is still on its way. */
const oldMilliseconds = 24 * 60 * 60 * 1000;

/** Takes away what loads that were killed have left in the directory of uploads: files that no import names. */
export async function sweepUploads(db: Database, uploads: string): Promise<void> {
  const needed = new Set(await listUploads(db));
  for (const name of await readdir(uploads).catch(() => [])) {
    const path = join(uploads, name);
    if (!needed.has(name) && Date.now() - (await stat(path)).mtimeMs > oldMilliseconds)
      await rm(path, { force: true });
  }
}
