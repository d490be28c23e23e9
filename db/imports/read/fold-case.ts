import type { SourceRow } from "./layout.ts";

/** Where the columns of an event log stand that tell what happened; -1: it has none. */
export interface EventColumns {
  key: number;
  time: number;
  assignee: number;
  status: number;
  author: number;
}

export interface FoldingWords {
  /** Lower-case words that mean that the case is resolved, and that its customer wrote the event. */
  resolved: ReadonlySet<string>;
  customer: ReadonlySet<string>;
  /** Columns of which the customer's first message tells, where the log says who wrote it. */
  opening: readonly number[];
}

/** An event, with its time as a number that ascends; `null`: unknown. */
export interface CaseEvent {
  row: SourceRow;
  at: number | null;
}

/**
 * One row for the events of a case: the cells of the last one by time, then `foldedColumns`. Events of the same time
 * and events of no known time stay where they are in the log.
 * @param events in the order of the log
 */
export function foldCase(events: readonly CaseEvent[], at: EventColumns, words: FoldingWords): SourceRow {
  const ordered = inOrder(events);
  const rows = ordered.map(({ row }) => row);
  const last = rows.at(-1);
  if (last === undefined) throw new Error("A case without events cannot be folded; expected at least one.");
  const first = ordered.find((event) => event.at !== null);
  const steps = statusSteps(rows, at.status, words.resolved);
  const cells = [
    ...caseCells(rows, last, at.author, words),
    String(events.length),
    cellOf(first?.row, at.time),
    cellOf(steps.resolvedBy, at.time),
    cellOf(steps.reopenedBy, at.time),
    at.assignee === -1 ? "" : String(transfersIn(rows, at.assignee)),
    at.status === -1 ? "" : String(steps.reopens),
  ];
  return { line: last.line, end: last.end, cells };
}

/** What the customer never wrote is empty: the words of another are not his. */
function caseCells(
  rows: readonly SourceRow[],
  last: SourceRow,
  author: number,
  { customer, opening }: FoldingWords,
): readonly string[] {
  if (author === -1) return last.cells;
  const own = rows.filter((row) => customer.has(cellOf(row, author).toLowerCase()));
  const first = new Map(opening.map((column) => [column, told(own, column)[0]?.word ?? ""]));
  return last.cells.map((cell, column) => first.get(column) ?? cell);
}

function cellOf(row: SourceRow | undefined, column: number): string {
  return row?.cells[column]?.trim() ?? "";
}

/** An event of no known time goes with the one before it in the log. */
function inOrder(events: readonly CaseEvent[]): CaseEvent[] {
  let known = Number.NEGATIVE_INFINITY;
  const timed = events.map((event) => {
    known = event.at ?? known;
    return { event, time: known };
  });
  return timed
    .sort((a, b) => (a.time === b.time ? 0 : a.time - b.time)) // stable
    .map(({ event }) => event);
}

/** The cells of a column that say something, with their events. */
function told(events: readonly SourceRow[], column: number): { word: string; event: SourceRow }[] {
  return events
    .map((event) => ({ word: cellOf(event, column), event }))
    .filter(({ word }) => word !== "" && word !== "?");
}

/** Changes of who has the case, from one known holder to another. */
function transfersIn(events: readonly SourceRow[], column: number): number {
  const holders = told(events, column);
  return holders.filter(({ word }, i) => i > 0 && word !== holders[i - 1]?.word).length;
}

interface StatusSteps {
  reopens: number;
  /** The event that resolved the case for good, where it ends resolved. */
  resolvedBy: SourceRow | undefined;
  /** The last event that opened it again. */
  reopenedBy: SourceRow | undefined;
}

function statusSteps(
  events: readonly SourceRow[],
  column: number,
  resolved: ReadonlySet<string>,
): StatusSteps {
  const steps: StatusSteps = { reopens: 0, resolvedBy: undefined, reopenedBy: undefined };
  for (const { word, event } of told(events, column)) {
    const resolves = resolved.has(word.toLowerCase());
    if (resolves) steps.resolvedBy ??= event;
    else if (steps.resolvedBy !== undefined) {
      steps.reopens++;
      steps.reopenedBy = event;
      steps.resolvedBy = undefined;
    }
  }
  return steps;
}
