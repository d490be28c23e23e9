import { shareOf } from "#analytics/metrics/share.ts";
import { EmptyState } from "#app/components/empty-state.tsx";
import { RetrospectiveCounts } from "#app/components/retrospective-counts.tsx";
import { RetrospectiveFactors } from "#app/components/retrospective-factors.tsx";
import { RetrospectiveList } from "#app/components/retrospective-list.tsx";
import { RetrospectiveSearch } from "#app/components/retrospective-search.tsx";
import { partText } from "#app/format.ts";
import { retrospectiveStates } from "#app/retrospectives/states.ts";
import { badRequest } from "#app/server/http-errors.ts";
import { requestSnapshot } from "#app/server/request-view.ts";
import { entriesOf, retrospectivesHref } from "#app/server/retrospective-views.ts";
import {
  countByState,
  countFactors,
  listRetrospectives,
  type RetrospectivesAsked,
} from "#db/queries/retrospectives.ts";
import type { Route } from "./+types/retrospectives.ts";

/** So many are listed; a search finds the others. */
const mostListed = 200;
const mostCharacters = 200;

export async function loader(args: Route.LoaderArgs) {
  const { services, snapshot } = await requestSnapshot(args);
  const { workspace } = snapshot;
  const { db } = services.database;
  const asked = askedIn(new URL(args.request.url).searchParams);
  const counts = await countByState(db, workspace.id);
  const found = await listRetrospectives(db, workspace.id, asked);
  const href = retrospectivesHref(workspace);
  const all = counts.draft + counts.reviewed + counts.published;
  return {
    asked,
    counts,
    completion: shareOf(counts.published, all),
    found: found.length,
    entries: await entriesOf(db, workspace, found.slice(0, mostListed)),
    factors: (await countFactors(db, workspace.id)).map((factor) => ({
      ...factor,
      href: `${href}?${new URLSearchParams({ factor: factor.factor })}`,
    })),
    href,
    causesHref: `/w/${encodeURIComponent(workspace.name)}/causes`,
  };
}

function askedIn(search: URLSearchParams): RetrospectivesAsked {
  const textOf = (name: string) => {
    const text = (search.get(name) ?? "").replaceAll("\0", "").trim();
    if (text.length > mostCharacters)
      throw badRequest(`“${name}” has ${text.length} characters. Expected at most ${mostCharacters}.`);
    return text || null;
  };
  const state = textOf("state");
  const known = retrospectiveStates.find((one) => one === state);
  if (state !== null && known === undefined)
    throw badRequest(`The state “${state}” is not known. Expected ${retrospectiveStates.join(", ")}.`);
  return { text: textOf("q"), state: known ?? null, factor: textOf("factor") };
}

export default function RetrospectivesPage({ loaderData }: Route.ComponentProps) {
  const { asked, counts, completion, found, entries, factors, href, causesHref } = loaderData;
  return (
    <>
      <title>Retrospectives – Fix It Twice</title>
      <h1>Retrospectives</h1>
      {completion.n === 0 ? (
        <EmptyState
          title="No retrospective is written yet"
          action={{ label: "Choose a cause to write of", href: causesHref }}
        >
          A retrospective asks what set a case or a cause off, why nothing caught it, and what will change.
          The page of each cause and of each case leads to a new one; <a href={`${href}/import`}>a file</a>{" "}
          can be read, too.
        </EmptyState>
      ) : (
        <>
          <RetrospectiveCounts counts={counts} completion={completion} href={href} />
          <RetrospectiveSearch asked={asked} href={href} />
          <section aria-label="The retrospectives">
            <p className="small soft" role="status">
              {partText(found, completion.n)} retrospectives
              {found > entries.length && `; the ${entries.length} that were changed last are listed`}
            </p>
            {entries.length === 0 ? (
              <EmptyState
                title="No retrospective is like that"
                action={{ label: "Show all of them", href }}
              />
            ) : (
              <RetrospectiveList entries={entries} />
            )}
          </section>
          <RetrospectiveFactors factors={factors} of={counts.reviewed + counts.published} />
          <p className="no-print">
            Write one from the page of a cause or a case, or <a href={`${href}/import`}>import a file</a>.
          </p>
        </>
      )}
    </>
  );
}
