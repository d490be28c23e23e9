import { randomUUID } from "node:crypto";
import { mkdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { encodingOfMark, encodingOfNuls, guessEncoding, knownEncoding } from "./encodings.ts";
import type { Foreign } from "./foreign-bytes.ts";
import { type Looked, lookThrough, unpack } from "./look-through.ts";
import { readHead, sizeOfFile } from "./original-file.ts";
import { refuseBinary, refuseWhatIsNoTable } from "./strangers.ts";
import { transcode } from "./transcode.ts";

/** A file as plain text in UTF-8: itself, where it is that already, else a copy. */
export interface ReadyFile {
  /** The caller removes it after use where it is not the given one. */
  path: string;
  /** What people know it by; an upload has another name than the file it was put in. */
  name: string;
  /** Of the file as it was sent. */
  sizeBytes: number;
  sha256: string;
  /** Of the plain text. */
  textBytes: number;
  /** What the text was encoded in, by TextDecoder's name. */
  encoding: string;
  compressed: boolean;
  /** Of a byte order mark at its beginning. */
  markBytes: number;
  /** The first bytes of the plain text behind the mark. */
  head: Buffer;
}

export interface ReadyOptions {
  name?: string;
  /** The encoding, where a person knows it. */
  encoding?: string;
  /** Directory for a copy. */
  stageIn: string;
}

/**
 * Reads a file once from end to end before anything of it is stored: it is there, it is text, and its SHA-256 says
 * whether it was loaded before. What is packed or in another encoding than UTF-8 is copied as plain text.
 * @throws BadInput, EncodingUnsure
 */
export async function readyFile(path: string, options: ReadyOptions): Promise<ReadyFile> {
  const name = options.name ?? basename(path);
  const chosen = options.encoding === undefined ? null : knownEncoding(options.encoding);
  const original: Original = { path, name, sizeBytes: await sizeOfFile(path, name) };
  await mkdir(options.stageIn, { recursive: true });
  // A name of its own: a second reader of the same file may be done, and remove its copy, while this one reads.
  const stage = join(options.stageIn, randomUUID());
  const copies = { unpacked: `${stage}.unpacked`, text: `${stage}.text` };
  let used: string | null = null;
  try {
    const ready = await plainText(original, chosen, copies);
    used = ready.path;
    return ready;
  } finally {
    for (const copy of Object.values(copies)) if (copy !== used) await rm(copy, { force: true });
  }
}

interface Original {
  path: string;
  name: string;
  sizeBytes: number;
}

async function plainText(
  original: Original,
  chosen: string | null,
  copies: { unpacked: string; text: string },
): Promise<ReadyFile> {
  const { path, name, sizeBytes } = original;
  const start = await readHead(path);
  const compressed = start[0] === 0x1f && start[1] === 0x8b;
  if (!compressed) refuseWhatIsNoTable(start, name);
  const looked = compressed ? await unpack(path, copies.unpacked, original) : await lookThrough(path, name);
  const bytes = compressed ? copies.unpacked : path;
  const beginning = compressed ? await readHead(bytes) : start;
  refuseWhatIsNoTable(beginning, name);
  const encoding = encodingOf(looked, { head: beginning, name, chosen });
  const text = encoding === "utf-8" ? bytes : copies.text;
  if (encoding !== "utf-8") await transcode({ from: bytes, to: text, encoding, name });
  const head = text === bytes ? beginning : await readHead(text);
  refuseWhatIsNoTable(head, name);
  refuseBinary(head, name);
  const markBytes = encodingOfMark(head) === "utf-8" ? 3 : 0;
  const { size: textBytes } = await stat(text);
  return {
    path: text,
    name,
    sizeBytes,
    sha256: looked.sha256,
    textBytes,
    encoding,
    compressed,
    markBytes,
    head: head.subarray(markBytes),
  };
}

function encodingOf(
  { foreign }: Looked,
  { head, name, chosen }: { head: Buffer; name: string; chosen: string | null },
): string {
  const told = encodingOfMark(head) ?? encodingOfNuls(head);
  const isUtf16 = told?.startsWith("utf-16") === true;
  if (isUtf16 && (chosen === null || chosen.startsWith("utf-16"))) return told;
  if (chosen !== null && chosen !== "utf-8") return chosen;
  if (foreign === null) return "utf-8";
  return foreignEncoding(foreign, { head, name, chosen });
}

function foreignEncoding(
  { refusal, sample }: Foreign,
  { head, name, chosen }: { head: Buffer; name: string; chosen: string | null },
): string {
  refuseBinary(head, name);
  // A file that breaks off inside a character is UTF-8 that was cut, not another encoding.
  if (chosen === "utf-8" || sample.length === 0) throw refusal;
  return guessEncoding(sample, name);
}
