import { type Kysely, sql } from "kysely";
import type { OpenDatabase } from "../../open-database.ts";
import type { Schema } from "../../schema.ts";
import { holdCases, insertWords } from "./case-stack.ts";

/** So few that a transaction takes less than 100 ms on the embedded engine, also where texts are long. */
const casesPerTransaction = 200;
const idsPerPage = 20_000;

/**
 * Makes the words of cases searchable that were loaded since it was last called, in small transactions: readers and
 * imports go on meanwhile. A change of a case takes its words away, so words that are there are right; killed at any
 * point, the next call goes on. Imports that run are left for later.
 * @param onProgress share of the cases that are done, 0 to 1
 */
export async function indexWords(
  { db }: Pick<OpenDatabase, "db">,
  workspaceId: number,
  onProgress: (share: number) => void = () => {},
): Promise<void> {
  const version = await dataVersion(db, workspaceId);
  const importIds = await unindexedImports(db, workspaceId);
  if (importIds.length === 0) return;
  const total = await countUnsearchable(db, workspaceId);
  let done = 0;
  for await (const ids of unindexedCases(db, workspaceId, importIds)) {
    await db.transaction().execute(async (trx) => {
      await holdCases(trx, workspaceId);
      await insertWords(trx, workspaceId, ids);
    });
    done += ids.length;
    onProgress(Math.min(1, done / total));
  }
  await markIndexed(db, workspaceId, { importIds, version });
}

/** Cases whose words can't be searched for yet. */
export async function countUnsearchable(db: Kysely<Schema>, workspaceId: number): Promise<number> {
  const { n } = await casesWithoutWords(db, workspaceId)
    .where("c.import_id", "in", (eb) =>
      eb
        .selectFrom("imports")
        .select("import_id")
        .where("workspace_id", "=", workspaceId)
        .where("words_indexed", "=", false),
    )
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow();
  return n;
}

async function dataVersion(db: Kysely<Schema>, workspaceId: number): Promise<number | undefined> {
  const workspace = await db
    .selectFrom("workspaces")
    .select("data_version")
    .where("id", "=", workspaceId)
    .executeTakeFirst();
  return workspace?.data_version;
}

async function unindexedImports(db: Kysely<Schema>, workspaceId: number): Promise<number[]> {
  const rows = await db
    .selectFrom("imports")
    .select("import_id")
    .where("workspace_id", "=", workspaceId)
    .where("words_indexed", "=", false)
    .where("state", "not in", ["draft", "running"])
    .execute();
  return rows.map((row) => row.import_id);
}

/** In parts that fit a transaction, in the order of their ids. */
async function* unindexedCases(
  db: Kysely<Schema>,
  workspaceId: number,
  importIds: readonly number[],
): AsyncGenerator<string[], void> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const page = await casesWithoutWords(db, workspaceId)
      .select("c.case_id")
      .where(sql<boolean>`c.import_id = any(${importIds}::int[])`)
      .where("c.case_id", ">", after)
      .orderBy("c.case_id")
      .limit(idsPerPage)
      .execute();
    const ids = page.map((row) => row.case_id);
    for (let start = 0; start < ids.length; start += casesPerTransaction)
      yield ids.slice(start, start + casesPerTransaction);
    const last = ids.at(-1);
    if (last === undefined || ids.length < idsPerPage) return;
    after = last;
  }
}

function casesWithoutWords(db: Kysely<Schema>, workspaceId: number) {
  return db
    .selectFrom("cases as c")
    .where("c.workspace_id", "=", workspaceId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("case_words as w")
            .select("w.case_id")
            .whereRef("w.workspace_id", "=", "c.workspace_id")
            .whereRef("w.case_id", "=", "c.case_id"),
        ),
      ),
    );
}

/** Only where no case has changed meanwhile: a change behind our back may have brought cases without words. */
async function markIndexed(
  db: Kysely<Schema>,
  workspaceId: number,
  { importIds, version }: { importIds: readonly number[]; version: number | undefined },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await holdCases(trx, workspaceId);
    if ((await dataVersion(trx, workspaceId)) !== version) return;
    await trx
      .updateTable("imports")
      .set({ words_indexed: true })
      .where("workspace_id", "=", workspaceId)
      .where(sql<boolean>`import_id = any(${importIds}::int[])`)
      .execute();
  });
}
