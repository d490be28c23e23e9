export interface VolumeLineProps {
  /** What counts rates are taken of; `null`: nobody has loaded any. */
  unit: string | null;
  href: string;
}

/** Whether the counts above are adjusted for how much there was of what cases come from. */
export function VolumeLine({ unit, href }: VolumeLineProps) {
  return (
    <p className="small soft">
      {unit === null ? (
        <>
          Counts, not adjusted for volume. With <a href={href}>orders or contacts a day</a> the table has
          rates beside them.
        </>
      ) : (
        <>
          The lines are counts; the table has the cases per 1,000 {unit} beside them.{" "}
          <a href={href}>Where that comes from</a>
        </>
      )}
    </p>
  );
}
