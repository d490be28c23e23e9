import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { BadInput, NoInputFile } from "../bad-input.ts";
import { Utf8Check } from "./utf8-check.ts";

export interface InspectedFile {
  path: string;
  /** What people know it by; an upload has another name than the file it was put in. */
  name: string;
  sizeBytes: number;
  sha256: string;
  /** Its first bytes: enough to find the header in. */
  head: Buffer;
}

const headBytes = 64 * 1024;
const chunkBytes = 1024 * 1024;

/**
 * Reads a file once from end to end before anything of it is stored: it exists, it is text in UTF-8, and its
 * SHA-256 says whether it was loaded before. Throws `BadInput`.
 */
export async function inspectFile(path: string, name = basename(path)): Promise<InspectedFile> {
  const { head, sizeBytes } = await readHead(path, name);
  refuseWhatIsNoTable(head, name);
  const hash = createHash("sha256");
  const utf8 = new Utf8Check(name);
  const chunks: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: chunkBytes });
  for await (const chunk of chunks) {
    hash.update(chunk);
    utf8.push(chunk);
  }
  utf8.end();
  return { path, name, sizeBytes, sha256: hash.digest("hex"), head };
}

async function readHead(path: string, name: string): Promise<{ head: Buffer; sizeBytes: number }> {
  await using file = await openForReading(path);
  const stat = await file.stat();
  if (stat.isDirectory())
    throw new NoInputFile(`${path} is a directory; expected one CSV file. Name the file in it.`);
  if (!stat.isFile())
    throw new NoInputFile(`${path} is not a file on disk; save it to one first, then import that.`);
  const buffer = Buffer.alloc(Math.min(headBytes, stat.size));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
  const head = buffer.subarray(0, bytesRead);
  if (stat.size === head.length && head.toString().trim() === "")
    throw new BadInput(`${name} is empty; expected a header line and at least one row.`);
  return { head, sizeBytes: stat.size };
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

/** What files named `.csv` turned out to be in public collections, by how they begin. */
const strangers: { begins(text: string): boolean; is: string; advice: string }[] = [
  {
    begins: (text) => /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml|!--)/i.test(text),
    is: "a web page (HTML)",
    advice:
      "The download probably gave an error or a log-in page: open it in a browser, then save the CSV itself.",
  },
  {
    begins: (text) => text.startsWith("version https://git-lfs.github.com/spec/"),
    is: "a Git LFS pointer, which only names the data",
    advice: "Run `git lfs pull` where it came from, or download the file itself.",
  },
  {
    begins: (text) => text.startsWith("\x1f\x8b"),
    is: "compressed (gzip)",
    advice: "Unpack it with `gunzip` first.",
  },
  {
    begins: (text) => text.startsWith("PK\x03\x04"),
    is: "a ZIP archive or a spreadsheet (.xlsx)",
    advice: "Unpack it, or save the sheet as CSV UTF-8 first.",
  },
  {
    begins: (text) => text.startsWith("\xff\xfe") || text.startsWith("\xfe\xff"),
    is: "in UTF-16",
    advice: "Save it as CSV UTF-8 first.",
  },
];

function refuseWhatIsNoTable(head: Buffer, name: string): void {
  const beginning = head.toString("latin1", 0, 1024); // one character a byte
  const stranger = strangers.find((known) => known.begins(beginning));
  if (stranger)
    throw new BadInput(`${name} is ${stranger.is}; expected a CSV file in UTF-8. ${stranger.advice}`);
}
