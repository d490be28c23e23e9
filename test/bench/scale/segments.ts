import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { columnBytes } from "#app/pages/column-bytes.ts";
import { makeStaleSegments } from "#app/server/segments/keep-segments.ts";
import { loadColumns } from "#app/server/segments/load-columns.ts";
import { MonthColumns } from "#app/server/segments/month-columns.ts";
import { openCaseIds } from "#app/server/segments/write-case-ids.ts";

import { Snapshots } from "#app/server/snapshots.ts";
import { inOneState } from "#db/engine/one-state.ts";
import { raiseDataVersion } from "#db/imports/store/case-stack.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { listCauseFacts } from "#db/queries/causes.ts";
import { loadNames } from "#db/queries/names.ts";
import { visitSegments } from "#db/queries/segments.ts";
import type { Touched } from "#db/queries/touched-months.ts";
import { findWorkspace } from "#db/workspaces.ts";
import { type Measurement, timed } from "../measurement.ts";

/** What it takes to keep the columns of a workspace's cases, and to have them again. Its data version rises. */
export async function measureSegments({
  database,
  workspace: name,
}: {
  database: OpenDatabase;
  workspace: string;
}): Promise<Measurement[]> {
  const { db } = database;
  const workspace = await findWorkspace(db, name);
  if (workspace === undefined) throw new Error(`There is no workspace ${name}.`);
  const { id, current_run_id: runId } = workspace;
  const touch = (touched: Touched) => db.transaction().execute((trx) => raiseDataVersion(trx, id, touched));
  const make = async () => (await timed(() => makeStaleSegments(database, id))).milliseconds;

  await db.deleteFrom("case_segments").where("workspace_id", "=", id).execute();
  const nothing = await make();
  await touch("all causes");
  const causes = await make();
  const columns = new MonthColumns();
  const load = () =>
    inOneState(database, (connection) => loadColumns(connection, { id, name, runId }, columns));
  const { milliseconds: loading } = await timed(load);
  const [names, causeFacts] = [await loadNames(db, id), await listCauseFacts(db, id)];
  const assembled = await timed(() =>
    columns.assemble({ names, causes: causeFacts, caseIds: openCaseIds() }),
  );
  const { size, incidenceDay } = assembled.result;
  const touchMonth = () => touch({ cases: [], days: [incidenceDay[Math.floor(size / 2)] ?? 0] });
  await touchMonth();
  const month = await make();

  let bytes = 0;
  let segments = 0;
  const read = await timed(() =>
    inOneState(database, (connection) =>
      visitSegments(connection, id, ({ data }) => {
        bytes += data.length;
        segments++;
      }),
    ),
  );
  const snapshots = new Snapshots(database, { isLoading: () => false });
  const atStart = await lateness(() => snapshots.get(name));
  await touchMonth();
  const afterChange = await lateness(() => snapshots.get(name));
  return [
    { what: `segments of ${size} cases made from nothing`, value: seconds(nothing) },
    { what: "the columns of causes of all months made again", value: seconds(causes) },
    { what: "one month made again", value: seconds(month) },
    { what: `bytes of ${segments} segments`, value: megabytes(bytes) },
    { what: "segments read", value: seconds(read.milliseconds) },
    { what: "segments read and decompressed", value: seconds(loading) },
    { what: "columns assembled, and case ids written to their file", value: seconds(assembled.milliseconds) },
    { what: "a snapshot at a start, all in all", value: atStart },
    { what: "a snapshot after a change of one month, all in all", value: afterChange },
    { what: "memory of the columns that are held", value: megabytes(columnBytes(assembled.result)) },
  ];
}

/** How long some work takes, and by how much it kept others on this thread waiting at most. */
async function lateness(work: () => Promise<unknown>): Promise<string> {
  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  await setTimeout(100);
  delay.reset();
  const { milliseconds } = await timed(work);
  await setTimeout(20); // the last delay is known once it is over
  delay.disable();
  return `${seconds(milliseconds)}; the event loop late by at most ${(delay.max / 1e6).toFixed(0)} ms`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
