import { redirect } from "react-router";
import { formatDay } from "#analytics/period.ts";
import { EmptyState } from "#app/components/empty-state.tsx";
import { QueueForm } from "#app/components/queue-form.tsx";
import { ScrollingTable } from "#app/components/scrolling-table.tsx";
import { counted, dateText, sentenceCase } from "#app/format.ts";
import { decideFrom } from "#app/server/decide.ts";
import { loadDecisions } from "#app/server/decision-queue.ts";
import { type DecisionMade, decisionsMade } from "#app/server/decisions-made.ts";
import { readForm } from "#app/server/read-form.ts";
import { requestSnapshot } from "#app/server/request-view.ts";
import type { Route } from "./+types/decisions.ts";

const actor = "local user";

/** What waits for somebody with authority, and what became of what was decided. */
export async function loader(args: Route.LoaderArgs) {
  const requested = await requestSnapshot(args);
  const decisions = await loadDecisions(requested);
  const base = `/w/${encodeURIComponent(requested.snapshot.workspace.name)}`;
  return {
    base,
    queue: decisions.queue,
    made: decisionsMade(decisions),
    earliest: formatDay(requested.today + 1),
  };
}

export async function action(args: Route.ActionArgs) {
  const requested = await requestSnapshot(args);
  await decideFrom(await readForm(args.request), requested, actor);
  return redirect(new URL(args.request.url).pathname, 303);
}

export default function DecisionsPage({ loaderData }: Route.ComponentProps) {
  const { base, queue, made, earliest } = loaderData;
  return (
    <>
      <title>Decisions – Fix It Twice</title>
      <h1>Decisions</h1>
      <section>
        <h2>{queue.length === 0 ? "Wanted" : `${counted(queue.length, "decision")} wanted`}</h2>
        {queue.length === 0 ? (
          <EmptyState
            title="No decision is needed now."
            action={{ label: "What was fixed twice", href: `${base}/fixes` }}
          />
        ) : (
          <ol className="queue">
            {queue.map((item) => (
              <li key={item.key}>
                <h3>
                  <a href={item.href}>{item.sentence}</a>
                </h3>
                {item.evidence.map((line) => (
                  <p key={line} className="small">
                    {line}
                  </p>
                ))}
                <QueueForm item={item} earliest={earliest} />
              </li>
            ))}
          </ol>
        )}
      </section>
      <section className="section">
        <h2>What became of the decisions</h2>
        {made.length === 0 ? <p>Nobody has decided anything yet.</p> : <MadeTable made={made} base={base} />}
      </section>
    </>
  );
}

function MadeTable({ made, base }: { made: readonly DecisionMade[]; base: string }) {
  return (
    <>
      <ScrollingTable caption={`${counted(made.length, "decision")}, the latest first`} look="wide">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Cause</th>
            <th scope="col">Decided</th>
            <th scope="col">Reason</th>
            <th scope="col">As of today</th>
          </tr>
        </thead>
        <tbody>
          {made.map(({ key, day, causeId, cause, decided, by, reason, score }) => (
            <tr key={key}>
              <td className="case-date">{dateText(day)}</td>
              <th scope="row">
                <a href={`${base}/causes/${causeId}`}>{cause}</a>
              </th>
              <td>
                {sentenceCase(decided)} <span className="small soft">by {by}</span>
              </td>
              <td>{reason}</td>
              <td>{score}</td>
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
      <p className="small soft">
        A decision to fix or to train is scored by the verdict of the second fix that followed it on that
        cause. One to watch, to accept or to train nobody is scored by the cases of the cause since, against
        the same time before, up to the next decision on it. “Rose” and “fell” pass a test over all that is
        scored here. It says what came since, not because of what.
      </p>
    </>
  );
}
