import { hash, randomUUID } from "node:crypto";
import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { BadInput } from "../bad-input.ts";
import { type CaseEvent, type EventColumns, type FoldingWords, foldCase } from "./fold-case.ts";
import { RowFile, readFoldedRows } from "./folded-rows.ts";
import type { FoldedLayout, Layout, SourceRow } from "./layout.ts";
import { maxEventsPerCase } from "./limits.ts";
import { readRows } from "./read-rows.ts";

/** How the rows of an event log become one row a case. Columns are named as the layout names them. */
export interface EventFolding {
  /** The case that an event belongs to. */
  key: string;
  /** When it happened; `null`: the rows come in order. */
  time: string | null;
  /** Who has the case: each change is a transfer. `null`: not told. */
  assignee: string | null;
  /** Its state, and which of its words mean that the case is resolved. */
  status: string | null;
  resolvedWords: readonly string[];
  /**
   * Who wrote it, where events are messages, and which of its words mean the customer: what the case is about stands
   * in the customer's first message. `null`: each event tells the case as it stands, and the last one counts.
   */
  author: string | null;
  customerWords: readonly string[];
}

/**
 * Columns that folding adds behind the file's own: how many events, the time cells of the first one, of the last one
 * that made the case resolved, and of the last one that opened it again, and the counts of transfers and reopenings.
 */
export const foldedColumns = [
  "_events",
  "_first_event_at",
  "_resolved_at",
  "_reopened_at",
  "_transfers",
  "_reopens",
] as const;

export interface FoldedSource {
  path: string;
  layout: FoldedLayout;
  /** Of the file at `path`. */
  textBytes: number;
  /** Rows of the event log, and rows that they became. */
  rows: number;
  cases: number;
}

/** A time cell as a number that ascends with time; `null` where it is none: then the log's order holds. */
export type TimeOrder = (cell: string) => number | null;

/** So many files share the events, so that those of one fit into memory however long the log is. */
const buckets = 128;

export interface FoldingWay {
  folding: EventFolding;
  order: TimeOrder;
  /** Columns whose cell is that of the customer's first message, where events are messages. */
  opening: readonly string[];
}

/**
 * Makes one row a case of an event log: the cells of its last event, then `foldedColumns`. Rows that could not be read
 * and events without a case stay rows of their own, so that they are rejected with their line. The events of a case may
 * stand anywhere in the log: they are sorted into buckets on disk by a hash of the case first. The same log gives the
 * same rows: those without a case, then bucket by bucket, in each as the cases begin.
 * @throws BadInput
 */
export async function foldEvents(
  source: { path: string; layout: Layout },
  { folding, order, opening }: FoldingWay,
  stageIn: string,
): Promise<FoldedSource> {
  const { columns } = source.layout;
  const at = columnsOf(folding, columns);
  const log: EventLog = { ...source, at, stage: join(stageIn, randomUUID()) };
  const words: FoldingWords = {
    resolved: wordSet(folding.resolvedWords),
    customer: wordSet(folding.customerWords),
    opening: opening.map((column) => columns.indexOf(column)).filter((column) => column !== -1),
  };
  const path = `${log.stage}.folded`;
  await mkdir(log.stage, { recursive: true });
  try {
    await using target = await RowFile.create(path);
    const sorted = await sortIntoBuckets(log, target);
    let cases = sorted.alone;
    for (const bucket of sorted.buckets)
      for (const events of await casesIn(bucketPath(log, bucket), log.at, order)) {
        cases++;
        await target.add(foldCase(events, at, words));
      }
    await target.close();
    const { size: textBytes } = await stat(path);
    const layout = { format: "folded", columns: [...columns, ...foldedColumns] } as const;
    return { path, layout, textBytes, rows: sorted.rows, cases };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await rm(log.stage, { recursive: true, force: true });
  }
}

interface EventLog {
  path: string;
  layout: Layout;
  at: EventColumns;
  /** Directory of the buckets. */
  stage: string;
}

function wordSet(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.map((word) => word.trim().toLowerCase()));
}

function columnsOf(
  { key, time, assignee, status, author }: EventFolding,
  columns: readonly string[],
): EventColumns {
  const find = (column: string | null): number => {
    const at = column === null ? -1 : columns.indexOf(column);
    if (column !== null && at === -1)
      throw new BadInput(
        `The file has no column “${column}”, which is to tell how its rows become cases. It has: ` +
          `${columns.map((name) => `“${name}”`).join(", ")}.`,
      );
    return at;
  };
  return {
    key: find(key),
    time: find(time),
    assignee: find(assignee),
    status: find(status),
    author: find(author),
  };
}

function bucketPath({ stage }: EventLog, bucket: number): string {
  return join(stage, String(bucket));
}

interface Sorted {
  rows: number;
  /** Rows of no case. */
  alone: number;
  /** Those that hold something, in ascending order. */
  buckets: number[];
}

/** Writes each event to the bucket of its case, and rows that are none straight to the target. */
async function sortIntoBuckets(log: EventLog, target: RowFile): Promise<Sorted> {
  await using open = new AsyncDisposableStack();
  const files = new Map<number, RowFile>();
  const counts = { rows: 0, alone: 0 };
  for await (const block of readRows(log.path, log.layout))
    for (const row of block) {
      counts.rows++;
      const key = keyOf(row, log);
      if (key === null) counts.alone++;
      const bucket = key === null ? -1 : bucketOf(key);
      let file = key === null ? target : files.get(bucket);
      if (file === undefined) {
        file = open.use(await RowFile.create(bucketPath(log, bucket)));
        files.set(bucket, file);
      }
      const writing = file.add(row);
      if (writing !== undefined) await writing;
    }
  for (const file of files.values()) await file.close();
  return { ...counts, buckets: [...files.keys()].sort((a, b) => a - b) };
}

/** The case that a row is an event of; `null`: of none. */
function keyOf({ cells, problem }: SourceRow, { layout, at }: EventLog): string | null {
  if (problem !== undefined || cells.length !== layout.columns.length) return null;
  return cells[at.key]?.trim() || null;
}

function bucketOf(key: string): number {
  return Number.parseInt(hash("sha1", key).slice(0, 6), 16) % buckets;
}

/** The events of a bucket by case, in the order in which their cases begin. */
async function casesIn(path: string, at: EventColumns, order: TimeOrder): Promise<Iterable<CaseEvent[]>> {
  const cases = new Map<string, CaseEvent[]>();
  for await (const block of readFoldedRows(path))
    for (const row of block) {
      const key = row.cells[at.key]?.trim() ?? "";
      const event = { row, at: at.time === -1 ? null : order(row.cells[at.time]?.trim() ?? "") };
      const events = cases.get(key);
      if (events === undefined) cases.set(key, [event]);
      else events.push(event);
      if (events !== undefined && events.length > maxEventsPerCase)
        throw new BadInput(
          `The case “${key.slice(0, 80)}” has more than ${maxEventsPerCase.toLocaleString("en-GB")} events; expected at ` +
            "most that. Probably another column holds the id of the case.",
        );
    }
  return cases.values();
}
