import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { stringify } from "csv-stringify/sync";
import { cfpbHeader, complaint } from "#test/app/imports/sources.ts";

const rowsPerChunk = 1000;

/** Made-up complaints as long as real ones: 18 columns, 440 bytes a row, their days in no order. */
export async function writeComplaints(path: string, rows: number): Promise<void> {
  const words = "they charged the card twice and nobody answered when we asked for the money back ".repeat(4);
  function* chunks(): Generator<string> {
    yield stringify([cfpbHeader]);
    for (let from = 0; from < rows; from += rowsPerChunk) {
      const lines = Array.from({ length: Math.min(rowsPerChunk, rows - from) }, (_, i) =>
        complaint(from + i, {
          "Consumer complaint narrative": `In week ${i % 52}, ${words}${from + i}`,
          Issue: `Issue ${i % 90}`,
          Product: `Product ${i % 12}`,
          Company: `Company ${i % 400}`,
          "Date received": `20${15 + (i % 5)}-0${1 + (i % 9)}-1${i % 10}`,
        }),
      );
      yield stringify(lines);
    }
  }
  await pipeline(Readable.from(chunks()), createWriteStream(path));
}
