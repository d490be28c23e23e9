import { type FileHandle, open } from "node:fs/promises";
import { BadInput, NoInputFile } from "../bad-input.ts";
import { maxFileBytes } from "./limits.ts";

const headBytes = 256 * 1024;

/** Bytes of a file that is there, may be read, and is not too large. @throws BadInput, NoInputFile */
export async function sizeOfFile(path: string, name: string): Promise<number> {
  await using file = await openForReading(path);
  const status = await file.stat();
  if (status.isDirectory())
    throw new NoInputFile(`${path} is a directory; expected one file of cases. Name the file in it.`);
  if (!status.isFile())
    throw new NoInputFile(`${path} is not a file on disk; save it to one first, then import that.`);
  refuseLarge(name, status.size);
  return status.size;
}

export function refuseLarge(name: string, bytes: number): void {
  const gigabytes = (size: number) => `${(Math.ceil((10 * size) / 2 ** 30) / 10).toLocaleString("en-GB")} GB`;
  if (bytes > maxFileBytes)
    throw new BadInput(
      `${name} has ${gigabytes(bytes)}; expected at most ${gigabytes(maxFileBytes)}. Split it, then load the parts.`,
    );
}

/** The first bytes of a file: enough to find a header in. */
export async function readHead(path: string): Promise<Buffer> {
  await using file = await open(path);
  const buffer = Buffer.allocUnsafe(headBytes);
  const { bytesRead } = await file.read(buffer, 0, headBytes, 0);
  return buffer.subarray(0, bytesRead);
}

async function openForReading(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    throw new NoInputFile(whyNotOpened(path, error));
  }
}

function whyNotOpened(path: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT" || code === "ENOTDIR") return `There is no file ${path}. Check its name.`;
  if (code === "EACCES" || code === "EPERM")
    return `${path} may not be read by this user. Give it read permission, then import it again.`;
  return `${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}.`;
}
