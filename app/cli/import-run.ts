import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { LoadRequest, OnLoadProgress } from "#app/server/command-line/messages.ts";
import { Rate } from "#app/server/rate.ts";
import { rowsRead } from "#db/imports/store/import-counts.ts";
import type { LoadWishes } from "./import-options.ts";
import { progressText } from "./import-sentences.ts";
import { terminalProgress } from "./terminal-progress.ts";

/** A file on disk, and what is asked for it. */
export interface FileToSend {
  path: string;
  request: LoadRequest;
}

/** A file by its path; `-` is what comes in by the standard input. */
export async function fileToSend(file: string, wishes: LoadWishes, directory: string): Promise<FileToSend> {
  const about = { ...wishes, kind: "file" as const, cursor: null };
  if (file !== "-") return { path: file, request: { ...about, name: basename(file) } };
  const path = join(directory, "standard-input");
  await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }));
  return { path, request: { ...about, name: "standard input" } };
}

/** A directory for what is read from elsewhere; gone when the work has ended. */
export async function withTemporaryDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "fixtwice-"));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Shows how a load comes on, on the terminal. */
export async function withProgress<T>(
  name: string,
  load: (onProgress: OnLoadProgress) => Promise<T>,
): Promise<T> {
  const terminal = terminalProgress();
  const rate = new Rate();
  try {
    return await load((progress) => {
      const rows = progress.counts === null ? 0 : rowsRead(progress.counts);
      terminal.show(progressText(name, progress, rate.at(performance.now(), progress.share, rows)));
    });
  } finally {
    terminal.end();
  }
}
