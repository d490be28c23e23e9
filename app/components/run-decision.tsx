import type { RunView } from "#app/server/run-page.ts";
import { Notice } from "./notice.tsx";

/** What a run is to its readers: whether it is shown, and whether it can be. */
export function RunState({ run }: { run: RunView }) {
  return (
    <>
      {run.state === "proposed" &&
        (run.stale === null ? (
          <Notice kind="info" title="Proposed">
            Nothing has changed yet: the pages go on to show the causes of the published run until a person
            accepts this one.
          </Notice>
        ) : (
          <Notice kind="warning" title="Out of date">
            {run.stale}
          </Notice>
        ))}
      {run.failure !== null && (
        <Notice
          kind={run.state === "failed" ? "problem" : "info"}
          title={run.state === "failed" ? "Failed" : "Cancelled"}
        >
          {run.failure} Nothing of this run was kept.
        </Notice>
      )}
      {run.decisions.length > 0 && (
        <ul>
          {run.decisions.map((sentence) => (
            <li key={sentence}>This run was {sentence}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A person accepts a proposal or discards it; what was published last can be taken back. */
export function RunDecision({ run, runsHref }: { run: RunView; runsHref: string }) {
  if (run.state === "proposed")
    return (
      <section className="section no-print" id="decide">
        <h2>Should the pages show these causes?</h2>
        {run.stale === null ? (
          <DecisionForm kind="accept" button="Accept: show these causes">
            All pages and downloads would show them at once, also for past quarters. Names and categories that
            people gave, merged causes, moved cases and what was set aside stay; the run before is kept, and
            this can be taken back until cases are loaded.
          </DecisionForm>
        ) : (
          <form method="post" action={runsHref} className="stacked-form">
            <input type="hidden" name="kind" value="propose" />
            <input type="hidden" name="granularity" value={run.granularity} />
            <button type="submit">Find causes anew</button>
          </form>
        )}
        <DecisionForm kind="discard" button="Discard it">
          What it found is deleted; that there was such a proposal, and your reason, are kept.
        </DecisionForm>
      </section>
    );
  if (!run.canTakeBack) return null;
  return (
    <section className="section no-print" id="decide">
      <h2>Go back to the run before?</h2>
      <DecisionForm kind="take_back" button="Take it back">
        The pages would show the causes of the run before again, exactly as they were; this run becomes a
        proposal.
      </DecisionForm>
    </section>
  );
}

function DecisionForm({
  kind,
  button,
  children,
}: {
  kind: "accept" | "discard" | "take_back";
  button: string;
  children: string;
}) {
  return (
    <form method="post" className="stacked-form">
      <p>{children}</p>
      <input type="hidden" name="kind" value={kind} />
      <label>
        <span>Reason (kept with the decision)</span>
        <input name="reason" maxLength={500} />
      </label>
      <button type="submit" className={kind === "accept" ? undefined : "quiet"}>
        {button}
      </button>
    </form>
  );
}
