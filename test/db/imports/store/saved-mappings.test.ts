import { expect, onTestFinished, test } from "vitest";
import type { Mapping } from "#db/imports/map/mapping.ts";
import {
  deleteSavedMapping,
  findSavedMapping,
  listSavedMappings,
  saveMapping,
} from "#db/imports/store/saved-mappings.ts";
import { openTestDatabase } from "#test/support/database.ts";
import { newWorkspace } from "./small-imports.ts";

test("a mapping is saved, replaced, found, listed and deleted by its name", async () => {
  const database = await openTestDatabase();
  onTestFinished(() => database.close());
  const { db } = database;
  const [mine, other] = [await newWorkspace(database), await newWorkspace(database)];
  const mapping = (preset: string): Mapping => ({
    preset,
    dropped: ["Colour"],
    nulls: ["N/A"],
    events: null,
    dialect: "plain",
    rules: [
      { field: "status", column: "State", as: "words", values: [["Shut", "resolved"]], otherwise: "reject" },
    ],
  });
  await saveMapping(db, mine.id, { name: "Our export", mapping: mapping("jira") });
  await saveMapping(db, mine.id, { name: "Another", mapping: mapping("zendesk") });
  await saveMapping(db, mine.id, { name: "Our export", mapping: mapping("plain") });
  expect(await findSavedMapping(db, mine.id, "Our export")).toEqual(mapping("plain"));
  expect((await listSavedMappings(db, mine.id)).map(({ name }) => name)).toEqual(["Another", "Our export"]);
  expect(await listSavedMappings(db, other.id)).toEqual([]);
  expect(await deleteSavedMapping(db, mine.id, "Our export")).toBe(true);
  expect(await deleteSavedMapping(db, mine.id, "Our export")).toBe(false);
  expect(await findSavedMapping(db, mine.id, "Our export")).toBeUndefined();
});
