import { useEffect, useId } from "react";
import { useRevalidator } from "react-router";
import { stageText } from "#app/imports/describe-analysis.ts";
import type { JobState } from "#db/queries/job-states.ts";
import { Notice } from "./notice.tsx";

export interface RunProgressProps {
  status: JobState;
  pageHref: string;
}

const pollMilliseconds = 1000;

/** A run that is under way, how far it is, and the way to stop it; or how the last one ended. */
export function RunProgress({ status, pageHref }: RunProgressProps) {
  const isBusy = status.state === "running" || status.state === "waiting";
  useNewest(isBusy);
  const labelId = useId();
  if (status.state === "idle") return null;
  if (status.state === "failed")
    return <Notice kind="problem">The causes could not be found: {status.reason}</Notice>;
  if (status.state === "cancelled")
    return (
      <Notice kind="info" title="Cancelled">
        {status.kind === "proposal"
          ? "Nothing of the run was kept."
          : "The newest cases have no cause until causes are found in them."}
        {status.kind === "load" && (
          <form method="post" className="no-print">
            <input type="hidden" name="kind" value="go_on" />
            <button type="submit">Find causes in the new cases</button>
          </form>
        )}
      </Notice>
    );
  const share = status.state === "running" ? status.share : 0;
  return (
    <section className="import-progress">
      <p id={labelId}>
        {status.state === "waiting" ? "Waits for the run of another workspace" : stageText(status)}
      </p>
      <progress aria-labelledby={labelId} max={1} value={share} />
      <p className="small soft">
        {status.state === "running" && status.kind === "load"
          ? "Causes are found in the cases that were loaded; they are published when it has ended. "
          : "Causes are found anew; nothing changes before you accept what is found. "}
        You may close this page: the work goes on without it.{" "}
        <a href={pageHref} className="no-print">
          Show the newest state
        </a>
      </p>
      <form method="post" className="no-print">
        <input type="hidden" name="kind" value="cancel" />
        <button type="submit" className="quiet">
          Stop it
        </button>
      </form>
    </section>
  );
}

/** Asks for the page's newest state every second while something is under way. */
function useNewest(isBusy: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!isBusy) return;
    const timer = setInterval(() => void revalidate(), pollMilliseconds);
    return () => clearInterval(timer);
  }, [isBusy, revalidate]);
}
