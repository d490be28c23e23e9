import { useEffect, useId } from "react";
import { useFetcher, useRevalidator } from "react-router";
import { counted, countText } from "#app/format.ts";
import { progressText, readOf } from "#app/imports/describe-import.ts";
import type { ImportJob } from "#app/server/import-jobs.ts";

export interface ImportProgressProps {
  job: ImportJob;
  /** Where the newest state of it is told. */
  progressHref: string;
  /** The page it stands on, for whoever reads without scripts. */
  pageHref: string;
}

const pollMilliseconds = 1000;

/** Work in the background: a bar with its words and numbers. The page renews it every second, and itself at the end. */
export function ImportProgress({ job: first, progressHref, pageHref }: ImportProgressProps) {
  const job = useNewestJob(first, progressHref);
  const labelId = useId();
  return (
    <section className="import-progress">
      <p id={labelId}>{progressText(job)}</p>
      <progress aria-labelledby={labelId} max={1} value={job.waiting ? 0 : job.share} />
      {job.counts !== null && <ProgressCounts counts={job.counts} rowsPerSecond={job.rowsPerSecond} />}
      <p className="small soft">
        You may close this page: the work goes on without it.{" "}
        <a href={pageHref} className="no-print">
          Show the newest state
        </a>
      </p>
    </section>
  );
}

function ProgressCounts({
  counts,
  rowsPerSecond,
}: {
  counts: NonNullable<ImportJob["counts"]>;
  rowsPerSecond: number | null;
}) {
  const shown = [
    ["Read", readOf(counts)],
    ["New", counts.new],
    ["Updated", counts.updated],
    ["Unchanged", counts.unchanged],
    ["Rejected", counts.rejected],
  ] as const;
  return (
    <dl className="import-counts">
      {shown.map(([label, count]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{countText(count)}</dd>
        </div>
      ))}
      {rowsPerSecond !== null && (
        <div>
          <dt>Rate</dt>
          <dd>{counted(Math.round(rowsPerSecond), "row")} a second</dd>
        </div>
      )}
    </dl>
  );
}

/** Asks for the newest state every second; once there is none any more, the whole page is made anew. */
function useNewestJob(first: ImportJob, progressHref: string): ImportJob {
  const { data, load } = useFetcher<{ job: ImportJob | null }>();
  const { revalidate } = useRevalidator();
  const isOver = data?.job === null;
  useEffect(() => {
    const ask = () => void (isOver ? revalidate() : load(progressHref));
    if (isOver) ask();
    const timer = setInterval(ask, pollMilliseconds);
    return () => clearInterval(timer);
  }, [isOver, load, progressHref, revalidate]);
  if (isOver) return { ...first, waiting: false, share: 1, secondsLeft: null };
  return data?.job ?? first;
}
