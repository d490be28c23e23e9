import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import { type Day, parseDay } from "#analytics/period.ts";
import { holdCases, raiseDataVersion } from "../imports/store/case-stack.ts";
import type { ExposureSeries, Schema } from "../schema.ts";
import { recordAudit } from "./audit.ts";

export type Series = Selectable<ExposureSeries>;

/** The exposure of a day; `scopeValue` is a product or a team, empty where the series is of all. Day: `YYYY-MM-DD`. */
export interface ExposureDay {
  scopeValue: string;
  day: string;
  value: number;
}

export async function listExposureSeries(db: Kysely<Schema>, workspaceId: number): Promise<Series[]> {
  return db
    .selectFrom("exposure_series")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("series_id")
    .execute();
}

export async function findExposureSeries(
  db: Kysely<Schema>,
  workspaceId: number,
  seriesId: number,
): Promise<Series | undefined> {
  return db
    .selectFrom("exposure_series")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("series_id", "=", seriesId)
    .executeTakeFirst();
}

/** All days of a series, by what they are of and by day. */
export async function listExposureDays(
  db: Kysely<Schema>,
  workspaceId: number,
  seriesId: number,
): Promise<ExposureDay[]> {
  return db
    .selectFrom("exposure_days")
    .select(["scope_value as scopeValue", "day", "value"])
    .where("workspace_id", "=", workspaceId)
    .where("series_id", "=", seriesId)
    .orderBy("scope_value")
    .orderBy("day")
    .execute();
}

/** Of each series what its days are of: products, teams, or an empty value where it is of all. */
export async function listExposureScopes(
  db: Kysely<Schema>,
  workspaceId: number,
): Promise<{ seriesId: number; scopeValue: string }[]> {
  return db
    .selectFrom("exposure_days")
    .select(["series_id as seriesId", "scope_value as scopeValue"])
    .distinct()
    .where("workspace_id", "=", workspaceId)
    .orderBy("series_id")
    .orderBy("scope_value")
    .execute();
}

/**
 * A series by day: what rates are made of (analytics/metrics/exposure.ts, analytics/second-fix/weekly-exposure.ts). A day that is
 * not in it is unknown, never 0.
 * @param scopeValue a product or a team; `null` of a series that is of all
 */
export async function loadExposure(
  db: Kysely<Schema>,
  workspaceId: number,
  seriesId: number,
  scopeValue: string | null,
): Promise<Map<Day, number>> {
  const rows = await db
    .selectFrom("exposure_days")
    .select(["day", "value"])
    .where("workspace_id", "=", workspaceId)
    .where("series_id", "=", seriesId)
    .where("scope_value", "=", scopeValue ?? "")
    .orderBy("day")
    .execute();
  return new Map(rows.map(({ day, value }) => [dayNumber(day), value]));
}

function dayNumber(text: string): Day {
  const day = parseDay(text);
  if (day === null) throw new RangeError(`Expected a day of the calendar, got ${text}.`);
  return day;
}

/**
 * The series that rates of all cases are taken of: the first that is of all; else that of the one product that there is; `null`
 * where there is none with a day.
 * @param products the names of all products of the workspace
 */
export async function loadWorkspaceExposure(
  db: Kysely<Schema>,
  workspaceId: number,
  products: readonly (string | undefined)[],
): Promise<{ name: string; unit: string; days: Map<Day, number> } | null> {
  const named = products.filter((product) => product !== undefined);
  const onlyProduct = named.length === 1 ? named[0]! : null;
  const series = await listExposureSeries(db, workspaceId);
  const ofAll = series.filter(({ scope }) => scope === "all");
  const ofProduct = onlyProduct === null ? [] : series.filter(({ scope }) => scope === "product");
  for (const { series_id: seriesId, scope, name, unit } of [...ofAll, ...ofProduct]) {
    const days = await loadExposure(db, workspaceId, seriesId, scope === "all" ? null : onlyProduct);
    if (days.size > 0) return { name, unit, days };
  }
  return null;
}

/** What a load of days has changed; days that came with the value that they had are among the replaced. */
export interface LoadedDays {
  seriesId: number;
  added: number;
  replaced: number;
}

/** Makes a series and loads its first days; `null` where there is one of that name: nothing is changed then. */
export async function createExposureSeries(
  db: Kysely<Schema>,
  workspaceId: number,
  series: Pick<Series, "name" | "unit" | "scope" | "actor"> & { days: readonly ExposureDay[] },
): Promise<LoadedDays | null> {
  const { days, ...row } = series;
  return db.transaction().execute(async (tx) => {
    await holdCases(tx, workspaceId); // one change of series at a time
    const known = await listExposureSeries(tx, workspaceId);
    if (known.some(({ name }) => name === row.name)) return null;
    const { last } = await tx
      .selectFrom("audit_events") // a number is not given again after a series was removed: what is said of it stays true
      .select(({ fn }) => fn.max(sql<number>`object_id::int`).as("last"))
      .where("workspace_id", "=", workspaceId)
      .where("object_type", "=", objectType)
      .executeTakeFirstOrThrow();
    const seriesId = 1 + (last ?? 0);
    await tx
      .insertInto("exposure_series")
      .values({ workspace_id: workspaceId, series_id: seriesId, ...row })
      .execute();
    await recordAudit(tx, workspaceId, {
      actor: row.actor,
      action: "exposure.create",
      objectType,
      objectId: String(seriesId),
      before: null,
      after: { name: row.name, unit: row.unit, scope: row.scope },
    });
    return storeDays(tx, workspaceId, { seriesId, actor: row.actor, days });
  });
}

/** Loads days into a series, in place of those that it has of them; `null` where it is gone. */
export async function loadExposureDays(
  db: Kysely<Schema>,
  workspaceId: number,
  load: { seriesId: number; actor: string; days: readonly ExposureDay[] },
): Promise<LoadedDays | null> {
  return db.transaction().execute(async (tx) => {
    await holdCases(tx, workspaceId); // one change of series at a time
    if ((await findExposureSeries(tx, workspaceId, load.seriesId)) === undefined) return null;
    return storeDays(tx, workspaceId, load);
  });
}

/** Whether a check of a second fix is judged by the series. */
export async function exposureIsUsed(
  db: Kysely<Schema>,
  workspaceId: number,
  seriesId: number,
): Promise<boolean> {
  const used = await db
    .selectFrom("effectiveness_checks")
    .select("fix_id")
    .where("workspace_id", "=", workspaceId)
    .where("exposure_id", "=", seriesId)
    .limit(1)
    .executeTakeFirst();
  return used !== undefined;
}

/** Removes a series with its days. Nothing is changed where it is used, or gone. */
export async function removeExposureSeries(
  db: Kysely<Schema>,
  workspaceId: number,
  { seriesId, actor }: { seriesId: number; actor: string },
): Promise<"removed" | "used" | "gone"> {
  return db.transaction().execute(async (tx) => {
    await holdCases(tx, workspaceId); // one change of series at a time
    const series = await findExposureSeries(tx, workspaceId, seriesId);
    if (series === undefined) return "gone";
    if (await exposureIsUsed(tx, workspaceId, seriesId)) return "used";
    const ofSeries = { workspace_id: workspaceId, series_id: seriesId };
    const days = await tx
      .deleteFrom("exposure_days")
      .where((eb) => eb.and(ofSeries))
      .executeTakeFirst();
    await tx
      .deleteFrom("exposure_series")
      .where((eb) => eb.and(ofSeries))
      .execute();
    const { name, unit, scope } = series;
    await recordAudit(tx, workspaceId, {
      actor,
      action: "exposure.remove",
      objectType,
      objectId: String(seriesId),
      before: { name, unit, scope, days: Number(days.numDeletedRows) },
      after: null,
    });
    await raiseDataVersion(tx, workspaceId, "no column");
    return "removed";
  });
}

/** What the latest load of each series has changed, by series. */
export async function listLatestLoads(
  db: Kysely<Schema>,
  workspaceId: number,
): Promise<Map<number, { at: string; actor: string; added: number; replaced: number }>> {
  const events = await db
    .selectFrom("audit_events")
    .select(["object_id", "at", "actor", "after"])
    .where("workspace_id", "=", workspaceId)
    .where("object_type", "=", objectType)
    .where("action", "=", "exposure.load")
    .orderBy("event_id")
    .execute();
  return new Map(
    events.map(({ object_id: id, at, actor, after }) => {
      const { added, replaced } = { added: Number(after?.["added"]), replaced: Number(after?.["replaced"]) };
      return [Number(id), { at, actor, added, replaced }];
    }),
  );
}

const objectType = "exposure_series";
const rowsAtOnce = 5_000;

async function storeDays(
  tx: Transaction<Schema>,
  workspaceId: number,
  { seriesId, actor, days }: { seriesId: number; actor: string; days: readonly ExposureDay[] },
): Promise<LoadedDays> {
  const keyOf = ({ scopeValue, day }: Pick<ExposureDay, "scopeValue" | "day">) => `${day} ${scopeValue}`;
  const before = new Set((await listExposureDays(tx, workspaceId, seriesId)).map(keyOf));
  for (let from = 0; from < days.length; from += rowsAtOnce)
    await tx
      .insertInto("exposure_days")
      .values(
        days.slice(from, from + rowsAtOnce).map(({ scopeValue, day, value }) => ({
          workspace_id: workspaceId,
          series_id: seriesId,
          scope_value: scopeValue,
          day,
          value,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(["workspace_id", "series_id", "scope_value", "day"])
          .doUpdateSet(({ ref }) => ({ value: ref("excluded.value") })),
      )
      .execute();
  const replaced = days.filter((day) => before.has(keyOf(day))).length;
  const loaded = { seriesId, added: days.length - replaced, replaced };
  const ordered = days.map(({ day }) => day).sort((a, b) => (a < b ? -1 : 1));
  await recordAudit(tx, workspaceId, {
    actor,
    action: "exposure.load",
    objectType,
    objectId: String(seriesId),
    before: { days: before.size },
    after: {
      days: before.size + loaded.added,
      added: loaded.added,
      replaced,
      from: ordered[0] ?? null,
      to: ordered.at(-1) ?? null,
    },
  });
  await raiseDataVersion(tx, workspaceId, "no column"); // the columns stay as they are, and what is read beside them moves
  return loaded;
}
