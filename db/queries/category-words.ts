import type { Kysely } from "kysely";
import type { CategoryWords } from "#analytics/causes/category-words.ts";
import type { Schema } from "../schema.ts";
import { recordAudit } from "./audit.ts";

/** The workspace's own words of the categories; `null` where it has the ones that the product brings. */
export async function findOwnCategoryWords(
  db: Kysely<Schema>,
  workspaceId: number,
): Promise<CategoryWords | null> {
  const { category_words: words } = await db
    .selectFrom("workspaces")
    .select("category_words")
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return words;
}

/** Keeps a workspace's own words; `null`: back to the product's. The next run reads them. */
export async function saveCategoryWords(
  db: Kysely<Schema>,
  workspaceId: number,
  { words, actor }: { words: CategoryWords | null; actor: string },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const before = await findOwnCategoryWords(tx, workspaceId);
    await tx
      .updateTable("workspaces")
      .set({ category_words: words && JSON.stringify(words) })
      .where("id", "=", workspaceId)
      .execute();
    await recordAudit(tx, workspaceId, {
      actor,
      action: "category_words.change",
      objectType: "workspace",
      objectId: String(workspaceId),
      before: before && { ...before },
      after: words && { ...words },
    });
  });
}
