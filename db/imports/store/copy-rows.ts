import { finished } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { caseColumns, textColumns } from "./copy-lines.ts";

/** COPY's text format, a line a row, each with a line feed at its end and none inside. */
export type Lines = Uint8Array<ArrayBuffer>;

/** The lines one behind the other, as UTF-8. */
export function joinLines(lines: readonly string[]): Lines {
  // Written straight to where they stay: to join them as text and encode the whole takes four times as long.
  const size = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  const bytes = Buffer.from(new ArrayBuffer(size));
  let at = 0;
  for (const line of lines) at += bytes.write(line, at);
  return new Uint8Array(bytes.buffer);
}

/** Stores the lines in one statement, in the transaction that the client is in. They come from `copy-lines.ts`. */
export async function copyRows(
  client: PoolClient,
  table: "cases" | "case_texts",
  lines: Lines,
): Promise<void> {
  const columns = table === "cases" ? caseColumns : textColumns;
  const copy = client.query(copyFrom(`copy ${table} (${columns.join(", ")}) from stdin`));
  const stored = finished(copy);
  copy.end(lines);
  await stored;
}

/** The lines at these indexes, which ascend; all of them where there are as many as `count`. */
export function pickLines(lines: Lines, indexes: readonly number[], count: number): Lines {
  if (indexes.length === count) return lines;
  const picked: Uint8Array[] = [];
  let [index, start] = [0, 0];
  for (const wanted of indexes) {
    for (; index < wanted; index++) start = endOfLine(lines, start);
    const end = endOfLine(lines, start);
    picked.push(lines.subarray(start, end));
    [index, start] = [index + 1, end];
  }
  return new Uint8Array(Buffer.concat(picked));
}

function endOfLine(lines: Lines, start: number): number {
  const lineFeed = lines.indexOf(0x0a, start);
  if (lineFeed === -1)
    throw new RangeError(`Got ${lines.length} bytes; expected another line behind byte ${start}.`);
  return lineFeed + 1;
}
