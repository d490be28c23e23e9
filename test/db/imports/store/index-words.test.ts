import { afterAll, beforeAll, expect, test } from "vitest";
import { countUnsearchable, indexWords } from "#db/imports/store/index-words.ts";
import { findImport } from "#db/imports/store/queries.ts";
import { undoImport } from "#db/imports/store/undo-import.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { searchCaseIds } from "#db/queries/cases.ts";
import type { Workspace } from "#db/workspaces.ts";
import { openTestDatabase } from "#test/support/database.ts";
import { caseOf, countRows, load, newWorkspace } from "./small-imports.ts";

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function hits(workspace: Workspace, text: string): Promise<number> {
  return (await searchCaseIds(database.db, workspace.id, text)).length;
}

test("words of all three texts are found once they are indexed, and a source's id always", async () => {
  const workspace = await newWorkspace(database);
  const { importId } = await load(database, workspace, [
    caseOf("A-1", { title: "Leaking kettles", narrative: "It dripped.", resolution_note: "We replaced it." }),
    caseOf("A-2", { narrative: "A late parcel" }),
  ]);
  expect(await hits(workspace, "kettle")).toBe(0);
  expect(await hits(workspace, "A-1")).toBe(1);
  expect(await countUnsearchable(database.db, workspace.id)).toBe(2);
  const shares: number[] = [];
  await indexWords(database, workspace.id, (share) => shares.push(share));
  expect(shares).toEqual([1]);
  for (const word of ["kettle", "dripping", "replace", "parcels", '"late parcel"'])
    expect(await hits(workspace, word)).toBe(1);
  expect(await hits(workspace, "parcel -late")).toBe(0);
  expect(await countUnsearchable(database.db, workspace.id)).toBe(0);
  expect(await findImport(database.db, workspace.id, importId)).toMatchObject({ words_indexed: true });
});

test("a changed case is found by its new words only, and by its old ones after the undo", async () => {
  const workspace = await newWorkspace(database);
  await load(database, workspace, [
    caseOf("1", { narrative: "kettle" }),
    caseOf("2", { narrative: "boots" }),
  ]);
  await indexWords(database, workspace.id);
  const { importId } = await load(database, workspace, [caseOf("1", { narrative: "teapot" })]);
  expect(await hits(workspace, "kettle")).toBe(0);
  await indexWords(database, workspace.id);
  expect(await hits(workspace, "teapot")).toBe(1);
  await undoImport(database, workspace.id, importId);
  expect(await hits(workspace, "teapot")).toBe(0);
  expect(await countUnsearchable(database.db, workspace.id)).toBe(1);
  await indexWords(database, workspace.id);
  expect(await hits(workspace, "kettle")).toBe(1);
  expect(await countRows(database, workspace, "case_words")).toBe(2);
});

test("an import that goes on makes its words due again", async () => {
  const workspace = await newWorkspace(database);
  const { importId } = await load(database, workspace, [caseOf("1", { narrative: "kettle" })], {
    end: "paused",
  });
  await indexWords(database, workspace.id);
  await load(database, workspace, [caseOf("2", { narrative: "boots" })], { goOn: importId });
  expect(await countUnsearchable(database.db, workspace.id)).toBe(1);
  await indexWords(database, workspace.id);
  expect(await hits(workspace, "boots")).toBe(1);
});

test("an undo in the middle of the indexing leaves no case unsearchable for good", async () => {
  const workspace = await newWorkspace(database);
  const ids = Array.from({ length: 3_000 }, (_, i) => `case ${i}`);
  const casesOf = (some: string[], narrative: string) => some.map((id) => caseOf(id, { narrative }));
  await load(database, workspace, casesOf(ids.slice(0, 400), "kettle"));
  const { importId } = await load(database, workspace, casesOf(ids, "teapot"));
  let undone: Promise<unknown> | undefined;
  await indexWords(database, workspace.id, () => {
    undone ??= undoImport(database, workspace.id, importId);
  });
  await undone;
  await indexWords(database, workspace.id);
  expect(await hits(workspace, "kettle")).toBe(400);
  expect(await hits(workspace, "teapot")).toBe(0);
  expect(await countUnsearchable(database.db, workspace.id)).toBe(0);
});
