import { type CaseColumns, columnNames } from "#analytics/facts/case-columns.ts";
import { type Day, formatMonth } from "#analytics/period.ts";
import type { ImportConnection } from "#db/imports/store/import-turn.ts";
import { causeColumns } from "#db/queries/case-tuples.ts";
import { listMonths, type MonthVersions, visitSegments } from "#db/queries/segments.ts";
import type { ColumnsMaker, FoundMonth } from "./month-columns.ts";
import type { SegmentName } from "./pack-column.ts";
import { type MadeMonth, readMonths, type WantedMonth } from "./read-months.ts";

const ofCauses: readonly SegmentName[] = causeColumns;
const ofCases: readonly SegmentName[] = [
  ...columnNames.filter((name) => !ofCauses.includes(name)),
  "attributes",
];

/** The segments of cases, and those of causes, of which a month must have all. */
export const segmentGroups = { cases: ofCases, causes: ofCauses };

/**
 * Hands on all columns of a workspace as one commit left them: from the segments that are kept, and where one is stale, missing
 * or unreadable, from the cases.
 * @param connection in a transaction that sees one state of the data
 * @param columns what they are handed to
 * @returns what was made from the cases: to be kept, so that the next one need not
 */
export async function loadColumns(
  connection: ImportConnection,
  workspace: { id: number; name: string; runId: number | null },
  columns: ColumnsMaker,
): Promise<MadeMonth[]> {
  const months = await listMonths(connection.db, workspace.id);
  await visitSegments(connection, workspace.id, (segment) => columns.addSegment(segment));
  const found = await columns.found();
  const wanted = months.map((month) => lackOf(month, found.get(month.month), workspace.name));
  const made: MadeMonth[] = [];
  for (const run of runsOfWanted(wanted)) made.push(...(await readMonths(connection, workspace, run)));
  for (const month of made) columns.addMade(month.month, wantedOf(month));
  return made;
}

/** Months of which something is to be made, those that follow each other together. */
export function runsOfWanted(months: readonly WantedMonth[]): WantedMonth[][] {
  const runs: WantedMonth[][] = [[]];
  for (const month of months)
    if (month.cases || month.causes) runs.at(-1)!.push(month);
    else runs.push([]);
  return runs.filter((run) => run.length > 0);
}

function lackOf(month: MonthVersions, found: FoundMonth | undefined, workspaceName: string): WantedMonth {
  if (found === undefined) return { ...month, cases: true, causes: true };
  const { names, damaged, sizes } = found;
  for (const [name, why] of damaged)
    warn(workspaceName, month.month, `its column “${name}” is not what was kept. ${why}`);
  if (sizes.size > 1) {
    warn(workspaceName, month.month, "its columns are not of one length.");
    return { ...month, cases: true, causes: true };
  }
  const lacks = (group: readonly SegmentName[]) => {
    const lacking = group.filter((name) => !names.has(name));
    if (damaged.size === 0 && lacking.length > 0 && lacking.length < group.length)
      warn(workspaceName, month.month, `of its columns these lack: ${lacking.join(", ")}.`);
    return lacking.length > 0;
  };
  return { ...month, cases: lacks(ofCases), causes: lacks(ofCauses) };
}

/** The columns of a month that were made: the others are zeros. */
function wantedOf({ part, cases, causes }: MadeMonth): Partial<CaseColumns> {
  const names = [...(cases ? ofCases : []), ...(causes ? ofCauses : [])];
  const columns = Object.fromEntries(names.map((name) => [name, part[name]]));
  return cases ? { ...columns, currencies: part.currencies } : columns;
}

function warn(workspaceName: string, month: Day, what: string): void {
  console.warn(
    `${workspaceName}, ${formatMonth(month)}: ${what} The columns of this month are made again from its cases.`,
  );
}
