import { createHash } from "node:crypto";
import { join } from "node:path";
import { counted } from "#app/format.ts";
import { namedDatabasePreset } from "#db/imports/from-database/presets/database-presets.ts";
import { type SourceAddress, sourceAddress } from "#db/imports/from-database/source-address.ts";
import { spoolSource } from "#db/imports/from-database/spool-source.ts";
import { ownMapping } from "#db/imports/own-mapping.ts";
import type { DataPlace } from "./data-place.ts";
import { type LoadWishes, readText } from "./import-options.ts";
import { type FileToSend } from "./import-run.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { UsageError } from "./usage-error.ts";

/** Another database, and what is asked of it. */
export interface DatabaseSource {
  address: SourceAddress;
  query: string;
  /** What people know it by. */
  name: string;
  /** By which its cursor is kept: another query begins anew. */
  source: string;
  preset: string | null;
}

/** @throws UsageError, BadInput, NoInputFile */
export async function databaseSource(
  from: string,
  { preset }: LoadWishes,
  queryFile: string | null,
): Promise<DatabaseSource> {
  const address = sourceAddress(from);
  if ((preset === null) === (queryFile === null))
    throw new UsageError("With --from, expected either --preset NAME or --query FILE.sql.");
  if (queryFile === null) {
    const known = namedDatabasePreset(preset ?? "");
    const name = `${known.name} at ${address.place}`;
    return { address, query: known.query, name, source: name, preset: known.name };
  }
  const query = await readText(queryFile);
  const digest = createHash("sha256").update(query).digest("hex").slice(0, 16);
  const source = `query ${digest} at ${address.place}`;
  return { address, query, name: `query at ${address.place}`, source, preset: null };
}

/** Reads what changed since the last load into a file; `null`: nothing did. */
export async function readDatabase(
  place: DataPlace,
  { address, query, name, source, preset }: DatabaseSource,
  { wishes, directory }: { wishes: LoadWishes; directory: string },
): Promise<FileToSend | null> {
  const cursor = await place.do("source-cursor", { workspace: wishes.workspace, source });
  const progress = terminalProgress();
  const path = join(directory, "rows.csv");
  const show = (rows: number) => progress.show(`Reading ${name}: ${counted(rows, "row")}`);
  const spooled = await spoolSource({ address, query, cursor }, path, show).finally(() => progress.end());
  if (spooled.rows === 0) return null;
  const own = preset === null ? {} : { mapping: ownMapping(spooled.columns, preset) };
  const written = { encoding: "utf-8", delimiter: ",", preset: null };
  return {
    path,
    request: {
      ...wishes,
      ...written,
      ...own,
      name,
      kind: "database",
      cursor: spooled.cursor === null ? null : { source, cursor: spooled.cursor },
    },
  };
}
