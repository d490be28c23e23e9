import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type FoundLayout, findLayout, type LayoutOptions } from "#db/imports/read/find-layout.ts";
import type { Layout, SourceRow } from "#db/imports/read/layout.ts";
import { readRows } from "#db/imports/read/read-rows.ts";
import { type ReadyFile, type ReadyOptions, readyFile } from "#db/imports/read/ready-file.ts";

/** A directory that is gone after the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "fixtwice-read-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export async function fileOf(content: string | Uint8Array, name = "cases.csv"): Promise<string> {
  const path = join(await temporaryDirectory(), name);
  await writeFile(path, content);
  return path;
}

/** Made ready, with its copies in a directory of its own. */
export async function ready(
  content: string | Uint8Array,
  options: Partial<ReadyOptions> = {},
): Promise<ReadyFile & { staged: () => Promise<string[]> }> {
  const stageIn = await temporaryDirectory();
  const file = await readyFile(await fileOf(content, options.name), { stageIn, ...options });
  return { ...file, staged: () => readdir(stageIn) };
}

export interface ReadSource extends FoundLayout {
  file: ReadyFile;
  rows: SourceRow[];
}

/** A whole source: made ready, laid out, read. No column is known unless `score` says so. */
export async function read(
  content: string | Uint8Array,
  { encoding, ...options }: Partial<LayoutOptions> & { encoding?: string } = {},
): Promise<ReadSource> {
  const file = await ready(content, encoding === undefined ? {} : { encoding });
  const found = await findLayout(file, { score: () => 0, ...options });
  return { file, ...found, rows: await allRows(file.path, found.layout) };
}

export async function allRows(path: string, layout: Layout): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const block of readRows(path, layout)) rows.push(...block);
  return rows;
}

/** Cells of the good rows, problems of the others. */
export function cellsOrProblems(rows: readonly SourceRow[]): (readonly string[] | string)[] {
  return rows.map(({ cells, problem }) => problem?.code ?? cells);
}
