import { type FileHandle, open } from "node:fs/promises";
import { BadInput } from "../bad-input.ts";
import { guardFormula } from "../map/formula-guard.ts";
import { fixtwice } from "../map/presets/fixtwice.ts";
import { recognise } from "../map/recognise.ts";
import { maxFileBytes } from "../read/limits.ts";
import { readSource } from "./read-source.ts";
import type { SourceAddress } from "./source-address.ts";

export interface SpooledSource {
  rows: number;
  columns: string[];
  /** Where the next load begins, once this one has ended; `null`: at the beginning. */
  cursor: string | null;
}

export interface SourceQuery {
  address: SourceAddress;
  query: string;
  /** Where the last load ended; `null`: all is read. */
  cursor: string | null;
}

/** Transactions that are open for so long may commit changes that are older than what was read. */
const overlapMilliseconds = 5 * 60_000;

/**
 * Writes what a query of another database gives into a CSV file, which is loaded like any other: the other database is
 * left alone as soon as it is read, and the load can be tried, paused, and gone on with. What changed in the last
 * minutes is read again the next time, which changes nothing.
 * @throws BadInput, SourceUnavailable
 */
export async function spoolSource(
  { address, query, cursor }: SourceQuery,
  path: string,
  onRows: (rows: number) => void = () => {},
): Promise<SpooledSource> {
  const file = await open(path, "wx", 0o600);
  const spooled: SpooledSource = { rows: 0, columns: [], cursor };
  let bytes = 0;
  try {
    for await (const part of readSource(address, query, cursor)) {
      if (spooled.columns.length === 0) {
        spooled.columns = part.columns;
        bytes += await write(file, csvLine(part.columns));
      }
      const guard = recognise(part.columns).preset === fixtwice ? guardFormula : (text: string) => text;
      bytes += await write(file, part.rows.map((row) => csvLine(row.map(guard))).join(""));
      spooled.rows += part.rows.length;
      spooled.cursor = later(spooled.cursor, earlier(part.latest, part.startedAt));
      refuseMuch(bytes, address);
      onRows(spooled.rows);
    }
    return spooled;
  } finally {
    await file.close();
  }
}

async function write(file: FileHandle, text: string): Promise<number> {
  if (text === "") return 0;
  const { bytesWritten } = await file.write(text);
  return bytesWritten;
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\n`;
}

function refuseMuch(bytes: number, { place }: SourceAddress): void {
  if (bytes <= maxFileBytes) return;
  throw new BadInput(
    `The query gives more than ${maxFileBytes / 2 ** 30} GB (${place}); expected at most that. Let it give less at once.`,
  );
}

/** Not behind what was surely committed when the reading began. */
function earlier(latest: string | null, startedAt: string): string | null {
  const settled = new Date(Date.parse(startedAt) - overlapMilliseconds).toISOString();
  return latest !== null && latest > settled ? settled : latest;
}

/** A cursor never goes back. */
function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return b > a ? b : a;
}
