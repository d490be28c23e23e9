import { redirect } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { CategoryQuestion } from "#app/components/category-question.tsx";
import { Notice } from "#app/components/notice.tsx";
import { counted } from "#app/format.ts";
import { categoryQueueView, changeQueue } from "#app/server/category-queue.ts";
import { readForm } from "#app/server/read-form.ts";
import { requestSnapshot } from "#app/server/request-view.ts";
import type { Route } from "./+types/confirm-categories.ts";

/** Asks for the category of one cause after the other, the largest and least certain first. */
export async function loader(args: Route.LoaderArgs) {
  const requested = await requestSnapshot(args);
  const base = `/w/${encodeURIComponent(requested.snapshot.workspace.name)}/causes`;
  return {
    view: await categoryQueueView(requested, new URL(args.request.url).searchParams),
    causesHref: base,
    queueHref: `${base}/confirm`,
    wordsHref: `${base}/category-words`,
  };
}

/** Keeps the answer and goes on to the next cause; those passed over stay so. */
export async function action(args: Route.ActionArgs) {
  const { services, snapshot } = await requestSnapshot(args);
  const said = await changeQueue(services, snapshot, await readForm(args.request));
  services.forgetSnapshot(snapshot.workspace.name);
  const { pathname, searchParams } = new URL(args.request.url);
  searchParams.delete("said");
  if (said !== null) searchParams.set("said", String(said));
  return redirect(searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`, 303);
}

export default function ConfirmCategoriesPage({ loaderData }: Route.ComponentProps) {
  const { view, causesHref, queueHref, wordsHref } = loaderData;
  const { asked, left, passedOver, said } = view;
  return (
    <>
      <title>Confirm categories – Fix It Twice</title>
      <Breadcrumb parents={[{ label: "Causes", href: causesHref }]} />
      <h1>What kind of cause is it?</h1>
      {said !== null && (
        <Notice kind="info" title="Kept">
          {said.sentence}
          <form method="post" className="no-print">
            <input type="hidden" name="cause" value={said.causeId} />
            <button type="submit" name="kind" value="undo" className="quiet">
              Undo
            </button>
          </form>
        </Notice>
      )}
      {asked === null ? (
        <p>
          {passedOver === 0
            ? "A person has confirmed the category of every cause."
            : `No other cause is left but the ${counted(passedOver, "cause")} passed over. `}
          {passedOver > 0 && <a href={queueHref}>Ask for them again</a>}
        </p>
      ) : (
        <CategoryQuestion asked={asked} />
      )}
      <p className="small soft">
        {left > 0 && `${counted(left, "cause")} to go. `}
        Asked in the order of cases × (1 − how sure the suggestion is), over all cases loaded: the answer that
        sets most cases right comes first. What you say holds in every later run, and the next run learns from
        it for the causes that nobody has confirmed. <a href={wordsHref}>The words behind the suggestions</a>
      </p>
    </>
  );
}
