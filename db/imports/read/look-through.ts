import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { BadInput } from "../bad-input.ts";
import { type Foreign, ForeignBytes } from "./foreign-bytes.ts";
import { maxUnpackedBytes, maxUnpackedRatio, ratioFreeBytes } from "./limits.ts";

const chunkBytes = 256 * 1024;

export interface Looked {
  /** Of the file as it was sent. */
  sha256: string;
  /** The first bytes of its text that are not UTF-8; `null`: all are. */
  foreign: Foreign | null;
}

/** Reads a file of plain text once, from end to end. */
export async function lookThrough(path: string, name: string): Promise<Looked> {
  const hash = createHash("sha256");
  const check = new ForeignBytes(name);
  const chunks: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: chunkBytes });
  for await (const chunk of chunks) {
    hash.update(chunk);
    check.push(chunk);
  }
  return { sha256: hash.digest("hex"), foreign: check.end() };
}

/**
 * The same for a file that gzip packed, with its text written to `target`. What unpacks to much more than texts do is
 * refused while it is unpacked.
 * @throws BadInput
 */
export async function unpack(
  path: string,
  target: string,
  { name, sizeBytes }: { name: string; sizeBytes: number },
): Promise<Looked> {
  const hash = createHash("sha256");
  const check = new ForeignBytes(name);
  let unpacked = 0;
  const hashing = passing((chunk) => hash.update(chunk));
  const checking = passing((chunk) => {
    unpacked += chunk.length;
    refuseBomb(name, unpacked, sizeBytes);
    check.push(chunk);
  });
  const packed = createReadStream(path, { highWaterMark: chunkBytes });
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  try {
    await pipeline(packed, hashing, gunzip, checking, createWriteStream(target));
  } catch (error) {
    throw isDamage(error)
      ? new BadInput(
          `${name} is compressed (gzip), and damaged: ${error.message}. Pack or download it again.`,
        )
      : error;
  }
  return { sha256: hash.digest("hex"), foreign: check.end() };
}

/** zlib's errors, not those of the disk. */
function isDamage(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}

function passing(see: (chunk: Buffer) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        see(chunk);
        done(null, chunk);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}

function refuseBomb(name: string, unpacked: number, packed: number): void {
  if (unpacked > maxUnpackedBytes)
    throw new BadInput(
      `${name} unpacks to more than ${maxUnpackedBytes / 2 ** 30} GB; expected at most that. Split it, then load the parts.`,
    );
  if (unpacked > ratioFreeBytes && unpacked > maxUnpackedRatio * packed)
    throw new BadInput(
      `${name} unpacks to more than ${maxUnpackedRatio} times its size; expected a table of cases, which packs to a ` +
        "tenth or so. Unpack it yourself if it really is one.",
    );
}
