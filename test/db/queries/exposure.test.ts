import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseDay } from "#analytics/period.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import {
  createExposureSeries,
  type ExposureDay,
  exposureIsUsed,
  listExposureDays,
  listExposureSeries,
  listLatestLoads,
  loadExposure,
  loadExposureDays,
  loadWorkspaceExposure,
  removeExposureSeries,
} from "#db/queries/exposure.ts";
import { changeFix } from "#db/queries/second-fixes.ts";
import { findOrCreateWorkspace, type Workspace } from "#db/workspaces.ts";
import { openTestDatabase } from "#test/support/database.ts";
import { addSecondFix } from "#test/support/second-fix.ts";
import { addCause } from "#test/support/small-causes.ts";

let database: OpenDatabase;
let workspace: Workspace;
let made = 0;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  workspace = await findOrCreateWorkspace(database.db, { name: `exposure ${++made}`, timeZone: "UTC" });
});

const actor = "Ada";
const on = (day: string, value: number, scopeValue = ""): ExposureDay => ({ day, value, scopeValue });
const orders = { name: "Orders", unit: "orders", scope: "all", actor } as const;
const create = (days: ExposureDay[], more: object = {}) =>
  createExposureSeries(database.db, workspace.id, { ...orders, ...more, days });
const dayOf = (text: string) => parseDay(text)!;
const audit = () =>
  database.db
    .selectFrom("audit_events")
    .select(["action", "object_id", "before", "after"])
    .where("workspace_id", "=", workspace.id)
    .orderBy("event_id")
    .execute();
const dataVersion = async () =>
  (await findOrCreateWorkspace(database.db, { name: workspace.name, timeZone: "UTC" })).data_version;

describe("series of exposure", () => {
  test("are made of a file, read by day, and a load of the same days replaces them and says how many", async () => {
    const first = [on("2026-01-01", 10), on("2026-01-02", 20)];
    expect(await create(first)).toEqual({ seriesId: 1, added: 2, replaced: 0 });
    const version = await dataVersion();
    const more = [on("2026-01-02", 21.5), on("2026-01-04", 40)];
    expect(await loadExposureDays(database.db, workspace.id, { seriesId: 1, actor, days: more })).toEqual({
      seriesId: 1,
      added: 1,
      replaced: 1,
    });
    expect(await dataVersion()).toBe(version + 1); // pages read it again
    expect(await loadExposure(database.db, workspace.id, 1, null)).toEqual(
      new Map([
        [dayOf("2026-01-01"), 10],
        [dayOf("2026-01-02"), 21.5],
        [dayOf("2026-01-04"), 40],
      ]),
    );
    expect(await audit()).toMatchObject([
      { action: "exposure.create", object_id: "1", after: { name: "Orders", unit: "orders", scope: "all" } },
      { action: "exposure.load", before: { days: 0 }, after: { days: 2, added: 2, replaced: 0 } },
      {
        action: "exposure.load",
        before: { days: 2 },
        after: { days: 3, added: 1, replaced: 1, from: "2026-01-02", to: "2026-01-04" },
      },
    ]);
    expect((await listLatestLoads(database.db, workspace.id)).get(1)).toMatchObject({
      added: 1,
      replaced: 1,
    });
  });

  test("hold the days of each product apart, and of each workspace", async () => {
    const days = [on("2026-01-01", 1, "Sofa"), on("2026-01-01", 2, "Lamp")];
    await create(days, { scope: "product" });
    const other = await findOrCreateWorkspace(database.db, { name: `other ${made}`, timeZone: "UTC" });
    expect(await loadExposure(database.db, workspace.id, 1, "Lamp")).toEqual(
      new Map([[dayOf("2026-01-01"), 2]]),
    );
    expect(await loadExposure(database.db, workspace.id, 1, null)).toEqual(new Map());
    expect(await listExposureDays(database.db, other.id, 1)).toEqual([]);
    expect(await loadExposureDays(database.db, other.id, { seriesId: 1, actor, days })).toBeNull();
    expect(await removeExposureSeries(database.db, other.id, { seriesId: 1, actor })).toBe("gone");
    expect(await listExposureDays(database.db, workspace.id, 1)).toHaveLength(2);
  });

  test("have names of their own; what is refused changes nothing", async () => {
    await create([on("2026-01-01", 1)]);
    expect(await create([on("2026-01-01", 9)])).toBeNull();
    const bad = [on("2026-01-02", 5), on("2026-01-03", -1)];
    await expect(
      loadExposureDays(database.db, workspace.id, { seriesId: 1, actor, days: bad }),
    ).rejects.toThrow("exposure_days_value_check");
    expect(await listExposureDays(database.db, workspace.id, 1)).toEqual([on("2026-01-01", 1)]);
    expect(await audit()).toHaveLength(2);
  });

  test("are removed with their days, and their number is not given again", async () => {
    await create([on("2026-01-01", 1)]);
    expect(await removeExposureSeries(database.db, workspace.id, { seriesId: 1, actor })).toBe("removed");
    expect(await listExposureSeries(database.db, workspace.id)).toEqual([]);
    expect(await listExposureDays(database.db, workspace.id, 1)).toEqual([]);
    expect((await audit()).at(-1)).toMatchObject({
      action: "exposure.remove",
      before: { name: "Orders", days: 1 },
      after: null,
    });
    expect(await create([on("2026-01-01", 1)])).toMatchObject({ seriesId: 2 });
  });

  test("give the whole workspace its rates: the first of all, else that of the only product", async () => {
    const ofWorkspace = (products: string[]) =>
      loadWorkspaceExposure(database.db, workspace.id, [undefined, ...products]);
    expect(await ofWorkspace(["Sofa"])).toBeNull();
    await create([on("2026-01-01", 5, "Sofa")], { name: "Sofas", unit: "sofas", scope: "product" });
    expect(await ofWorkspace(["Sofa", "Lamp"])).toBeNull();
    expect(await ofWorkspace([])).toBeNull();
    expect(await ofWorkspace(["Lamp"])).toBeNull();
    expect(await ofWorkspace(["Sofa"])).toMatchObject({ name: "Sofas", unit: "sofas" });
    await create([on("2026-01-01", 7)]);
    await create([on("2026-01-01", 9)], { name: "Contacts", unit: "contacts" });
    const days = new Map([[dayOf("2026-01-01"), 7]]);
    expect(await ofWorkspace(["Sofa"])).toEqual({ name: "Orders", unit: "orders", days });
  });

  test("stay while a check of a second fix is judged by them", async () => {
    await create([on("2026-01-01", 1)]);
    expect(await exposureIsUsed(database.db, workspace.id, 1)).toBe(false);
    await addCause(database.db, workspace.id, 1);
    const fixId = await addSecondFix(database.db, workspace.id, { causeId: 1 });
    expect(await exposureIsUsed(database.db, workspace.id, 1)).toBe(false);
    const check = {
      exposure: { seriesId: 1, scopeValue: "" },
      washInDays: 14,
      targetCut: 0.5,
      checkOn: "2026-09-01",
      windowEnd: "2026-12-01",
    };
    await changeFix(database.db, { workspaceId: workspace.id, fixId, actor }, { check });
    expect(await exposureIsUsed(database.db, workspace.id, 1)).toBe(true);
    expect(await removeExposureSeries(database.db, workspace.id, { seriesId: 1, actor })).toBe("used");
    expect(await listExposureDays(database.db, workspace.id, 1)).toHaveLength(1);
  });
});
