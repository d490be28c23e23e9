import { assembleFacts } from "#analytics/facts/assemble-facts.ts";
import { columnBytes } from "#app/server/segments/column-bytes.ts";
import { makeStaleSegments } from "#app/server/segments/keep-segments.ts";
import { loadColumns } from "#app/server/segments/load-columns.ts";
import { writeCaseIds } from "#app/server/segments/write-case-ids.ts";
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
  const load = () => inOneState(database, (connection) => loadColumns(connection, { id, name, runId }));
  const { result: columns, milliseconds: loading } = await timed(load);
  const days = [columns.parts[Math.floor(columns.parts.length / 2)]?.incidenceDay[0] ?? 0];
  await touch({ cases: [], days });
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
  const [names, causeFacts] = [await loadNames(db, id), await listCauseFacts(db, id)];
  const ids = await timed(() => writeCaseIds(columns.parts));
  const assembled = await timed(() => assembleFacts(columns.parts, names, causeFacts, ids.result));
  const { size } = assembled.result;
  const snapshots = new Snapshots(database, { isLoading: () => false });
  const whole = await timed(() => snapshots.get(name));
  return [
    { what: `segments of ${size} cases made from nothing`, value: seconds(nothing) },
    { what: "the columns of causes of all months made again", value: seconds(causes) },
    { what: "one month made again", value: seconds(month) },
    { what: `bytes of ${segments} segments`, value: megabytes(bytes) },
    { what: "segments read", value: seconds(read.milliseconds) },
    { what: "segments read and decompressed", value: seconds(loading) },
    { what: "case ids written to their file", value: seconds(ids.milliseconds) },
    { what: "columns assembled", value: seconds(assembled.milliseconds) },
    { what: "a snapshot at a start, all in all", value: seconds(whole.milliseconds) },
    { what: "memory of the columns that are held", value: megabytes(columnBytes(assembled.result)) },
  ];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
