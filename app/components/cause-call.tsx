import { calls } from "#analytics/case.ts";
import type { CallRefused, CauseCallView } from "#app/server/cause-call.ts";
import { Notice } from "./notice.tsx";

const words = { fix: "Fix it", watch: "Watch it", accept: "Accept the risk until the day below" };

/** What is decided of a cause: the call that holds, a form for another one, and the way to a second fix. */
export function CauseCall({
  standing,
  fixes,
  newFixHref,
  today,
  refused,
}: CauseCallView & { refused: CallRefused | null }) {
  const form = <CallForm refused={refused} chosen={standing?.call ?? "fix"} today={today} />;
  return (
    <section className="section" id="call">
      <h2>The call on this cause</h2>
      {standing === null ? (
        <p>Nobody has decided yet whether to fix it, to watch it, or to accept the risk.</p>
      ) : (
        <>
          <p>
            <strong>{standing.sentence}</strong> {standing.reason}
          </p>
          <p className="small soft">{standing.by}</p>
        </>
      )}
      {standing?.call === "fix" && (
        <p className="no-print">
          <a href={newFixHref}>Open {fixes.length === 0 ? "a second fix" : "another second fix"}</a>
        </p>
      )}
      {standing === null ? (
        form
      ) : (
        <details className="no-print" open={refused !== null}>
          <summary>Make another call</summary>
          {form}
        </details>
      )}
    </section>
  );
}

function CallForm({
  refused,
  chosen,
  today,
}: {
  refused: CallRefused | null;
  chosen: string;
  today: string;
}) {
  const { call, until, reason } = refused?.typed ?? { call: chosen, until: "", reason: "" };
  return (
    <form method="post" action="#call" className="stacked-form no-print">
      {refused !== null && <Notice kind="problem">{refused.problem}</Notice>}
      <input type="hidden" name="kind" value="call" />
      <label>
        <span>Call</span>
        <select name="call" defaultValue={call}>
          {calls.map((known) => (
            <option key={known} value={known}>
              {words[known]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Until (only where the risk is accepted)</span>
        <input type="date" name="until" min={today} defaultValue={until} />
      </label>
      <label>
        <span>Why (kept with the call)</span>
        <input name="reason" required maxLength={500} defaultValue={reason} />
      </label>
      <button type="submit">Make the call</button>
    </form>
  );
}
