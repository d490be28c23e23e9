import { instantText } from "#app/format.ts";
import type { ImportView } from "#app/imports/import-view.ts";
import { Notice } from "./notice.tsx";

export interface ImportStateProps {
  load: ImportView;
  hrefs: { href: string; overviewHref: string };
  timeZone: string;
}

/** How an import stands, and what a person can do about it. */
export function ImportState({ load, hrefs, timeZone }: ImportStateProps) {
  const { href, overviewHref } = hrefs;
  return (
    <section>
      {load.state === "paused" && <Paused load={load} href={href} />}
      {load.state === "failed" && <Failed load={load} href={href} />}
      {load.state === "running" && load.isElsewhere && (
        <Notice kind="info">
          The rows are being loaded by another process. <a href={href}>Show the newest state</a>
        </Notice>
      )}
      {load.state === "finished" && load.failure !== null && <Notice kind="problem">{load.failure}</Notice>}
      <p className="soft small">
        Begun {instantText(load.startedAt, timeZone)}
        {load.finishedAt !== null && <>, ended {instantText(load.finishedAt, timeZone)}</>}
        {load.undoneAt !== null && <>, undone {instantText(load.undoneAt, timeZone)}</>}.
      </p>
      {load.state !== "undone" && !load.isUndoing && (
        <p className="import-next no-print">
          <a href={overviewHref} className={load.state === "finished" ? "button" : undefined}>
            See the overview of its workspace
          </a>
          {load.canUndo && <a href={`${href}/undo`}>Undo this load</a>}
        </p>
      )}
    </section>
  );
}

function Paused({ load, href }: { load: ImportView; href: string }) {
  return (
    <>
      <Notice kind="warning">{load.failure}</Notice>
      <form method="post" action={href} className="import-next no-print">
        {load.waitsForRejected && <input type="hidden" name="leaveOut" value="yes" />}
        {load.canGoOn && (
          <button type="submit" name="do" value="go_on">
            {load.waitsForRejected ? "Go on and leave them out" : "Go on"}
          </button>
        )}
        <button type="submit" name="do" value="stop" className="quiet">
          Stop here
        </button>
      </form>
    </>
  );
}

function Failed({ load, href }: { load: ImportView; href: string }) {
  return (
    <>
      <Notice kind="problem">
        {load.failure} What was loaded before stays
        {load.canGoOn
          ? "; it can go on behind the last row that is stored."
          : "; load the file again to go on."}
      </Notice>
      {load.canGoOn && (
        <form method="post" action={href} className="import-next no-print">
          <button type="submit" name="do" value="go_on">
            Go on
          </button>
        </form>
      )}
    </>
  );
}
