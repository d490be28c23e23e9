import { data, redirect } from "react-router";
import { categories } from "#analytics/case.ts";
import { defaultCategoryWords } from "#analytics/causes/category-words.ts";
import { parseCategoryWords } from "#analytics/causes/parse-category-words.ts";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { CategoryWordLists } from "#app/components/category-word-lists.tsx";
import { Notice } from "#app/components/notice.tsx";
import { words } from "#app/format.ts";
import { badRequest } from "#app/server/http-errors.ts";
import { readForm, textField } from "#app/server/read-form.ts";
import { requestSnapshot } from "#app/server/request-view.ts";
import { findOwnCategoryWords, saveCategoryWords } from "#db/queries/category-words.ts";
import type { Route } from "./+types/category-words.ts";

const actor = "local user";
const mostCharacters = { kind: 20, list: 20_000 };

export async function loader(args: Route.LoaderArgs) {
  const { services, snapshot } = await requestSnapshot(args);
  const own = await findOwnCategoryWords(services.database.db, snapshot.workspace.id);
  const lists = own ?? defaultCategoryWords;
  return {
    causesHref: `/w/${encodeURIComponent(snapshot.workspace.name)}/causes`,
    isOwn: own !== null,
    isSaved: new URL(args.request.url).searchParams.has("saved"),
    written: categories.map((category) => ({ category, text: lists[category].join("\n") })),
  };
}

/** Keeps the lists, or goes back to the product's; the next run reads them. What is wrong is said above the form. */
export async function action(args: Route.ActionArgs) {
  const { services, snapshot } = await requestSnapshot(args);
  const { db } = services.database;
  const form = await readForm(args.request);
  const kind = textField(form, "kind", mostCharacters.kind);
  const { pathname } = new URL(args.request.url);
  if (kind === "defaults") {
    await saveCategoryWords(db, snapshot.workspace.id, { words: null, actor });
    return redirect(`${pathname}?saved`, 303);
  }
  if (kind !== "save")
    throw badRequest(`The form's kind "${kind ?? ""}" is not known. Expected save or defaults.`);
  const textOf = (name: string) => textField(form, name, mostCharacters.list) ?? "";
  const written = {
    product: textOf("product"),
    process: textOf("process"),
    staff_training: textOf("staff_training"),
  };
  const parsed = parseCategoryWords(written, words);
  if ("problem" in parsed)
    return data(
      {
        problem: parsed.problem,
        written: categories.map((category) => ({ category, text: written[category] })),
      },
      400,
    );
  await saveCategoryWords(db, snapshot.workspace.id, { words: parsed.words, actor });
  return redirect(`${pathname}?saved`, 303);
}

export default function CategoryWordsPage({ loaderData, actionData }: Route.ComponentProps) {
  const { causesHref, isOwn, isSaved, written } = loaderData;
  return (
    <>
      <title>Words of the categories – Fix It Twice</title>
      <Breadcrumb parents={[{ label: "Causes", href: causesHref }]} />
      <h1>Words of the categories</h1>
      <p>
        A category is suggested by the words that set a cause apart from the others. A word counts in each of
        its forms: “deliver” stands for “delivered” too. Words of no trade travel best; add those that are
        sure signs where you work.
      </p>
      {actionData === undefined ? (
        isSaved && (
          <Notice kind="info" title="Saved">
            The next run that finds causes suggests by these words: after a load, or with “fixtwice analyze”.
            What is suggested now stays until then, and what a person has confirmed stays for good.
          </Notice>
        )
      ) : (
        <Notice kind="problem" title="Not saved">
          {actionData.problem}
        </Notice>
      )}
      <CategoryWordLists written={actionData?.written ?? written} isOwn={isOwn} />
    </>
  );
}
