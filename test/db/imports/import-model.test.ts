import { writeFile } from "node:fs/promises";
import { join as joinPath } from "node:path";
import { stringify } from "csv-stringify/sync";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importFile } from "#db/imports/import-file.ts";
import { caseIdOf } from "#db/imports/store/case-id.ts";
import { undoImport } from "#db/imports/store/undo-import.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { openTestDatabase, temporaryDirectory } from "#test/support/database.ts";

// Loads, kills, resumed loads, undone imports, people's edits: in any order, against a model of a few lines.

const batch = 3;
const files = 4;
const runs = Number(process.env["RUNS"] ?? 40);

type Step =
  | { do: "load"; file: number }
  /** A load that ends after so many transactions, as a kill would. */
  | { do: "crash"; file: number; after: number }
  | { do: "undo"; import: number }
  /** A person works on a case: it must not vanish any more. */
  | { do: "edit"; case: number };

type Row = { id: number; value: number };
interface Layer {
  importId: number;
  value: number;
}

/** Cases are stacks of values, one an import. */
class Model {
  readonly stacks = new Map<number, Layer[]>();
  readonly edited = new Set<number>();
  #last: { content: string; importId: number; cursor: number; ended: boolean } | null = null;
  #imports = 0;

  load(rows: readonly Row[], transactions: number): void {
    const last = this.#last;
    const content = JSON.stringify(rows);
    const goesOn = last !== null && !last.ended && last.content === content;
    const importId = goesOn ? last.importId : ++this.#imports;
    const from = goesOn ? last.cursor : 0;
    const to = Math.min(rows.length, from + transactions * batch);
    for (const { id, value } of rows.slice(from, to)) this.#put(id, { importId, value });
    this.#last = { content, importId, cursor: to, ended: transactions === Number.POSITIVE_INFINITY };
  }

  undo(importId: number): void {
    for (const [id, stack] of this.stacks) {
      const rest = stack.filter((layer) => layer.importId !== importId);
      if (rest.length === 0 && this.edited.has(id)) continue;
      if (rest.length === 0) this.stacks.delete(id);
      else this.stacks.set(id, rest);
    }
    if (this.#last?.importId === importId) this.#last.ended = true;
  }

  #put(id: number, layer: Layer): void {
    const stack = this.stacks.get(id) ?? [];
    const top = stack.at(-1);
    if (top?.value === layer.value) return;
    this.stacks.set(id, [...stack.filter(({ importId }) => importId !== layer.importId), layer]);
  }

  values(): Record<string, string> {
    return Object.fromEntries(
      [...this.stacks].map(([id, stack]) => [`C-${id}`, `Value ${stack.at(-1)?.value}`]),
    );
  }
}

let database: OpenDatabase;
let directory: { path: string; remove: () => Promise<void> };
beforeAll(async () => {
  database = await openTestDatabase();
  directory = await temporaryDirectory();
});
afterAll(async () => {
  await database.close();
  await directory.remove();
});

const rowsOfFile = fc.array(fc.record({ id: fc.nat(9), value: fc.nat(3) }), { minLength: 1, maxLength: 12 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("load" as const), file: fc.nat(files - 1) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("crash" as const),
      file: fc.nat(files - 1),
      after: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("undo" as const), import: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("edit" as const), case: fc.nat(9) }) },
);

let workspaces = 0;

test("loads, kills, undone imports and edits leave what a simple model of them does", async () => {
  const contents = fc.array(rowsOfFile, { minLength: files, maxLength: files });
  await fc.assert(
    fc.asyncProperty(contents, fc.array(step, { minLength: 3, maxLength: 12 }), async (rows, steps) => {
      const workspace = `model ${++workspaces}`;
      const paths = await Promise.all(rows.map((file, i) => writeRows(`${workspaces}-${i}.csv`, file)));
      const model = new Model();
      for (const one of steps) {
        await perform(one, { workspace, paths, model, rows });
        expect(await storedValues(workspace)).toEqual(model.values());
      }
    }),
    { numRuns: runs },
  );
}, 300_000);

interface World {
  workspace: string;
  paths: string[];
  model: Model;
  rows: Row[][];
}

async function perform(one: Step, { workspace, paths, model, rows }: World): Promise<void> {
  switch (one.do) {
    case "load":
      await importFile(database, { path: paths[one.file] ?? "", workspace, rowsPerTransaction: batch });
      model.load(rows[one.file] ?? [], Number.POSITIVE_INFINITY);
      return;
    case "crash": {
      const kill = new AbortController();
      let transactions = 0;
      const onProgress = () => {
        if (++transactions === one.after) kill.abort(new Error("killed"));
      };
      const request = { path: paths[one.file] ?? "", workspace, rowsPerTransaction: batch };
      await importFile(database, { ...request, onProgress, signal: kill.signal }).catch(() => undefined);
      model.load(rows[one.file] ?? [], kill.signal.aborted ? one.after : Number.POSITIVE_INFINITY);
      return;
    }
    case "undo": {
      const id = await workspaceId(workspace);
      const known = await database.db
        .selectFrom("imports")
        .select("state")
        .where("workspace_id", "=", id)
        .where("import_id", "=", one.import)
        .executeTakeFirst();
      if (known === undefined || known.state === "undone" || known.state === "running") return;
      await undoImport(database, id, one.import, () => {});
      model.undo(one.import);
      return;
    }
    case "edit":
      if (!model.stacks.has(one.case)) return;
      await editCase(workspace, one.case);
      model.edited.add(one.case);
  }
}

async function writeRows(name: string, rows: readonly Row[]): Promise<string> {
  const path = joinPath(directory.path, name);
  const header = ["source_system", "source_case_id", "status", "received_at", "title"];
  const body = rows.map(({ id, value }) => ["desk", `C-${id}`, "resolved", "2026-03-01", `Value ${value}`]);
  await writeFile(path, stringify([header, ...body]));
  return path;
}

async function workspaceId(name: string): Promise<number> {
  const found = await database.db
    .selectFrom("workspaces")
    .select("id")
    .where("name", "=", name)
    .executeTakeFirst();
  return found?.id ?? 0;
}

async function storedValues(workspace: string): Promise<Record<string, string | null>> {
  const rows = await database.db
    .selectFrom("cases as c")
    .innerJoin("case_texts as t", (join) =>
      join.onRef("t.workspace_id", "=", "c.workspace_id").onRef("t.case_id", "=", "c.case_id"),
    )
    .where("c.workspace_id", "=", await workspaceId(workspace))
    .select(["c.source_case_id", "t.title"])
    .execute();
  return Object.fromEntries(rows.map((row) => [row.source_case_id, row.title]));
}

async function editCase(workspace: string, id: number): Promise<void> {
  const workspace_id = await workspaceId(workspace);
  const { last } = await database.db
    .selectFrom("human_edits")
    .select(({ fn, lit }) => fn.coalesce(fn.max("edit_id"), lit(0)).as("last"))
    .where("workspace_id", "=", workspace_id)
    .executeTakeFirstOrThrow();
  const case_id = caseIdOf(workspace_id, "desk", `C-${id}`);
  await database.db
    .insertInto("human_edits")
    .values({ workspace_id, edit_id: last + 1, kind: "pin", cause_id: 1, case_id, detail: "{}", actor: "me" })
    .execute();
}
