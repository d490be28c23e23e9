import type { CaseColumns } from "#analytics/facts/case-columns.ts";
import type { Day } from "#analytics/period.ts";
import type { ImportConnection } from "#db/imports/store/import-turn.ts";
import { loadMoves } from "#db/queries/case-moves.ts";
import { visitCases } from "#db/queries/case-tuples.ts";
import { countCasesOfMonths, daysOfMonth, type MonthVersions } from "#db/queries/segments.ts";
import { MonthReader } from "./month-reader.ts";

/** What of a month is to be made from its cases. */
export interface WantedMonth extends MonthVersions {
  cases: boolean;
  causes: boolean;
}

/** A month as its cases have it. Of what was not wanted its columns are zeros. */
export interface MadeMonth extends WantedMonth {
  part: CaseColumns;
}

/**
 * Makes columns from the cases, in the transaction of the connection, which must see one state of them. Months that follow
 * each other are read by one statement. Memory: 80 bytes a case.
 * @param wanted in their order, with no other month that has cases between two of them
 */
export async function readMonths(
  connection: ImportConnection,
  workspace: { id: number; runId: number | null },
  wanted: readonly WantedMonth[],
): Promise<MadeMonth[]> {
  const [first, last] = [wanted[0], wanted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const days = { start: first.month, end: daysOfMonth(last.month).end };
  const counts = await countCasesOfMonths(connection.db, workspace.id, days);
  const readers = new Map(wanted.map(({ month }) => [month, new MonthReader(counts.get(month) ?? 0)]));
  const asked = { workspaceId: workspace.id, runId: workspace.runId };
  for (const run of runsOf(wanted, ({ cases }) => cases)) {
    await visitCases(connection, { ...asked, days: daysOf(run), columns: "cases" }, (shape) =>
      oneAfterTheOther(readersOf(run, readers), (reader) => reader.casesOf(shape)),
    );
    refuseGaps(readersOf(run, readers));
  }
  for (const run of runsOf(wanted, ({ causes }) => causes)) {
    const moves = await loadMoves(connection.db, workspace.id, { days: daysOf(run) });
    await visitCases(connection, { ...asked, days: daysOf(run), columns: "causes" }, (shape) =>
      oneAfterTheOther(readersOf(run, readers), (reader) => reader.causesOf(shape, moves)),
    );
    refuseGaps(readersOf(run, readers));
  }
  return wanted.map((month) => ({ ...month, part: readers.get(month.month)!.part }));
}

/** The wanted ones that follow each other. */
function runsOf(months: readonly WantedMonth[], isWanted: (month: WantedMonth) => boolean): WantedMonth[][] {
  const runs: WantedMonth[][] = [[]];
  for (const month of months)
    if (isWanted(month)) runs.at(-1)!.push(month);
    else runs.push([]);
  return runs.filter((run) => run.length > 0);
}

function daysOf(run: readonly WantedMonth[]) {
  return { start: run[0]!.month, end: daysOfMonth(run.at(-1)!.month).end };
}

function readersOf(run: readonly WantedMonth[], readers: ReadonlyMap<Day, MonthReader>): MonthReader[] {
  return run.map(({ month }) => readers.get(month)!).filter(({ size }) => size > 0);
}

/** What was counted and what came are of one state of the data, so that this means a mistake of ours. */
function refuseGaps(readers: readonly MonthReader[]): void {
  if (!readers.every(({ isFull }) => isFull))
    throw new RangeError("Fewer cases came than were counted in the same transaction.");
}

type Visit = (bytes: Buffer, at: number) => void;

/** The rows come by day: who has all of its own leaves the next one to the next. */
function oneAfterTheOther(readers: readonly MonthReader[], begin: (reader: MonthReader) => Visit): Visit {
  const left = readers.values();
  let reader: MonthReader | undefined;
  let visit: Visit = () => {};
  return (bytes, at) => {
    if (reader === undefined || reader.isFull) {
      reader = left.next().value;
      if (reader === undefined)
        throw new RangeError("More cases came than were counted in the same transaction.");
      visit = begin(reader);
    }
    visit(bytes, at);
  };
}
