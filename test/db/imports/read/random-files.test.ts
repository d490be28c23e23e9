import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BadInput } from "#db/imports/bad-input.ts";
import { readCsvRows } from "#db/imports/read/csv-rows.ts";
import { findLayout } from "#db/imports/read/find-layout.ts";
import type { SourceRow } from "#db/imports/read/layout.ts";
import { readyFile } from "#db/imports/read/ready-file.ts";
import { randomCsv } from "./random-csv.ts";
import { allRows } from "./source-files.ts";

const runs = Number(process.env["RUNS"] ?? 500);
const parameters = { numRuns: runs, seed: Number(process.env["SEED"] ?? 20) };
const minutes = 60_000;

let directory = "";
let path = "";
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "fixtwice-random-"));
  path = join(directory, "cases.csv");
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function inReadyFile<T>(
  bytes: Buffer,
  encoding: string | null,
  work: (file: Awaited<ReturnType<typeof readyFile>>) => Promise<T>,
): Promise<T> {
  await writeFile(path, bytes);
  const file = await readyFile(path, { stageIn: directory, ...(encoding !== null && { encoding }) });
  try {
    return await work(file);
  } finally {
    if (file.path !== path) await rm(file.path);
  }
}

test(
  `every record of ${runs} random CSV files comes back, or is a row with a problem, at its line`,
  async () => {
    await fc.assert(
      fc.asyncProperty(randomCsv, fc.constantFrom(8, 40, 300), async (csv, window) => {
        const known = csv.columns.join("/");
        const score = (columns: readonly string[]) => (columns.join("/") === known ? 1 : 0);
        const expected = csv.rows.map(({ line, cells, text }) => ({
          line,
          cells: cells ?? [text],
          isBroken: cells === null,
        }));
        if (expected.length === 0) return;
        await inReadyFile(csv.bytes, csv.encoding, async (file) => {
          const { layout } = await findLayout(file, { score });
          const rows = await allRows(file.path, layout);
          expect(rows.map(comparable)).toEqual(expected);
          expect(rows.every(({ end }, i) => end > (rows[i - 1]?.end ?? 0) && end <= file.textBytes)).toBe(
            true,
          );
          if (layout.format !== "csv") throw new Error("Expected a CSV layout.");
          const inPieces: SourceRow[] = [];
          for await (const block of readCsvRows(file.path, layout, window)) inPieces.push(...block);
          expect(inPieces.map(({ line, end }) => [line, end])).toEqual(
            rows.map(({ line, end }) => [line, end]),
          );
        });
      }),
      parameters,
    );
  },
  Math.max(minutes, runs * 150),
);

function comparable({ line, cells, problem }: SourceRow) {
  return { line, cells, isBroken: problem !== undefined };
}

const pieces =
  `" ' , ; | { } [ ] : \\ id name 12 -1.5e3 null é 😀 {"id":1,"tags":["a","b"]} {"__proto__":1} sep=;`.split(
    " ",
  );
const piece = fc.constantFrom(...pieces, " ", "\t", "\n", "\r\n", "\r", "\0", "\ufeff", "a,b,c\n1,2,3\n");
const junk = fc.oneof(
  fc.array(piece, { maxLength: 40 }).map((parts) => Buffer.from(parts.join(""))),
  fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
  fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from([0x1f, 0x8b, 8, 0, ...bytes])),
  fc.array(piece, { maxLength: 20 }).map((parts) => Buffer.from(`\ufeff${parts.join("")}`, "utf16le")),
);

test(
  `${runs} files of anything are read to their end, or refused with a sentence`,
  async () => {
    await fc.assert(
      fc.asyncProperty(junk, async (bytes) => {
        try {
          await inReadyFile(bytes, null, async (file) => {
            const { layout } = await findLayout(file, { score: () => 0 });
            const rows = await allRows(file.path, layout);
            expect(new Set(layout.columns).size).toBe(layout.columns.length);
            expect(rows.every(({ cells, line }) => cells.length > 0 && line > 0)).toBe(true);
          });
        } catch (error) {
          if (!(error instanceof BadInput)) throw error;
          expect(error.message).toMatch(/^(?:.*\n?)+[.!?]$/);
        }
      }),
      parameters,
    );
  },
  Math.max(minutes, runs * 150),
);
