import { type CaseColumns, columnNames } from "#analytics/facts/case-columns.ts";
import { type Day, formatMonth } from "#analytics/period.ts";
import type { ImportConnection } from "#db/imports/store/import-turn.ts";
import { causeColumns } from "#db/queries/case-tuples.ts";
import { listMonths, type MonthVersions, type Segment, visitSegments } from "#db/queries/segments.ts";
import { BadSegment, type SegmentName, unpackAttributes, unpackColumn } from "./pack-column.ts";
import { type MadeMonth, readMonths, type WantedMonth } from "./read-months.ts";

export interface LoadedColumns {
  /** Of the months that have cases, in their order. */
  parts: CaseColumns[];
  /** What was stale or unreadable, and was made from the cases: to be kept, so that the next one need not. */
  made: MadeMonth[];
}

const ofCauses: readonly SegmentName[] = causeColumns;
const ofCases: readonly SegmentName[] = [
  ...columnNames.filter((name) => !ofCauses.includes(name)),
  "attributes",
];

/** The segments of cases, and those of causes, of which a month must have all. */
export const segmentGroups = { cases: ofCases, causes: ofCauses };

/**
 * All columns of a workspace as one commit left them: from the segments that are kept, and where one is stale, missing or
 * unreadable, from the cases.
 * @param connection in a transaction that sees one state of the data
 */
export async function loadColumns(
  connection: ImportConnection,
  workspace: { id: number; name: string; runId: number | null },
): Promise<LoadedColumns> {
  const months = await listMonths(connection.db, workspace.id);
  const kept = await readKept(connection, workspace);
  const wanted = months.map((month) => lackOf(month, kept.get(month.month), workspace.name));
  const made = new Map<Day, MadeMonth>();
  for (const run of runsOfWanted(wanted))
    for (const month of await readMonths(connection, workspace, run)) made.set(month.month, month);
  const parts = months.map(({ month }) => merged(kept.get(month), made.get(month)));
  return { parts: parts.filter(({ size }) => size > 0), made: [...made.values()] };
}

/** Months of which something is to be made, those that follow each other together. */
export function runsOfWanted(months: readonly WantedMonth[]): WantedMonth[][] {
  const runs: WantedMonth[][] = [[]];
  for (const month of months)
    if (month.cases || month.causes) runs.at(-1)!.push(month);
    else runs.push([]);
  return runs.filter((run) => run.length > 0);
}

/** What could be read of a month. */
type Kept = Partial<CaseColumns> & { names: Set<string>; sizes: Set<number>; isDamaged: boolean };

async function readKept(
  connection: ImportConnection,
  { id, name }: { id: number; name: string },
): Promise<Map<Day, Kept>> {
  const kept = new Map<Day, Kept>();
  await visitSegments(connection, id, (segment) => {
    let month = kept.get(segment.month);
    if (month === undefined)
      kept.set(segment.month, (month = { names: new Set(), sizes: new Set(), isDamaged: false }));
    try {
      Object.assign(month, unpack(segment));
      month.names.add(segment.name);
      month.sizes.add(segment.rows);
    } catch (error) {
      if (!(error instanceof BadSegment)) throw error;
      month.isDamaged = true;
      warn(name, segment.month, `its column “${segment.name}” is not what was kept. ${error.message}`);
    }
  });
  return kept;
}

function unpack({ name, rows, data }: Segment): Partial<CaseColumns> {
  if (name === "attributes") return unpackAttributes(data);
  const column = columnNames.find((known) => known === name);
  if (column === undefined) throw new BadSegment("There is no such column.");
  return { [column]: unpackColumn(column, rows, data) };
}

function lackOf(month: MonthVersions, kept: Kept | undefined, workspaceName: string): WantedMonth {
  if (kept === undefined) return { ...month, cases: true, causes: true };
  if (kept.sizes.size > 1) {
    warn(workspaceName, month.month, "its columns are not of one length.");
    kept.names.clear();
  }
  const lacks = (group: readonly SegmentName[]) => {
    const lacking = group.filter((name) => !kept.names.has(name));
    if (!kept.isDamaged && lacking.length > 0 && lacking.length < group.length)
      warn(workspaceName, month.month, `of its columns these lack: ${lacking.join(", ")}.`);
    return lacking.length > 0;
  };
  return { ...month, cases: lacks(ofCases), causes: lacks(ofCauses) };
}

function merged(kept: Kept | undefined, made: MadeMonth | undefined): CaseColumns {
  const all: Partial<CaseColumns> = { ...kept };
  if (made !== undefined) {
    const { part } = made;
    const names = [...(made.cases ? ofCases : []), ...(made.causes ? ofCauses : [])];
    Object.assign(all, Object.fromEntries(names.map((name) => [name, part[name]])));
    if (made.cases) Object.assign(all, { currencies: part.currencies });
  }
  return { ...all, size: all.causeId?.length ?? 0 } as CaseColumns; // what was not kept was made
}

function warn(workspaceName: string, month: Day, what: string): void {
  console.warn(
    `${workspaceName}, ${formatMonth(month)}: ${what} The columns of this month are made again from its cases.`,
  );
}
