import { statfs } from "node:fs/promises";

const megabyte = 2 ** 20;
/** What the write-ahead log and other programs need beside the cases. */
const reserveBytes = 1024 * megabyte;
/** How much larger rows are with their indexes, their versions and the log than in the file. */
const bytesPerByte = 3;

export interface SpaceOptions {
  /** Free bytes, instead of asking the file system. */
  free?: () => Promise<number | null>;
  /** Bytes to stay free beside the cases; 1 GB unless said otherwise. */
  reserve?: number;
}

/** Free bytes for this user where a directory lies; `null` on a file system that does not tell (some of networks). */
export async function freeBytes(directory: string): Promise<number | null> {
  const { bavail, blocks, bsize } = await statfs(directory);
  return blocks === 0 ? null : bavail * bsize;
}

/**
 * Why a load should not go on: a sentence, or `null` where there is room. An embedded database whose log cannot grow
 * hangs for ever instead of failing, so it must not come to that.
 * @param directory where the data will lie; `null`: on another machine, of which nothing can be known
 * @param remainingBytes of the source that are still to be loaded
 */
export async function spaceProblem(
  directory: string | null,
  remainingBytes: number,
  { free, reserve = reserveBytes }: SpaceOptions = {},
): Promise<string | null> {
  if (directory === null) return null;
  const available = await (free ?? (() => freeBytes(directory)))();
  const needed = bytesPerByte * remainingBytes + reserve;
  if (available === null || available >= needed) return null;
  return (
    `The disk of ${directory} has ${megabytes(available)} free; this load needs up to ${megabytes(needed)}. ` +
    "Make room, then let it go on: what is loaded already stays."
  );
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / megabyte)} MB`;
}
