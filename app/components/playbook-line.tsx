import type { Share } from "#analytics/metrics/share.ts";
import {
  counted,
  dateText,
  fewestForInk,
  fewestForShare,
  partText,
  rangeText,
  shareText,
} from "#app/format.ts";

export interface PlaybookLineProps {
  href: string;
  /** From when the first version is in force, where none is yet. */
  planned: string | null;
  inForce: {
    version: number;
    from: string;
    /** Resolved since then. */
    cases: number;
    whole: Share;
    /** Cases of which a rule is not known. */
    unknown: number;
    hasRules: boolean;
  } | null;
}

/** What a cause's page says of its playbook: how far the version in force is kept, and where it stands. */
export function PlaybookLine({ href, planned, inForce }: PlaybookLineProps) {
  return (
    <section>
      <h2>Playbook</h2>
      {inForce === null ? (
        <p>
          {planned === null
            ? "Nobody has written down yet how these cases are to be handled."
            : `The first version is in force from ${dateText(planned)}.`}{" "}
          <a href={href}>{planned === null ? "Write a playbook" : "Open the playbook"}</a>
        </p>
      ) : (
        <p>
          Version {inForce.version}, in force since {dateText(inForce.from)}: {keptText(inForce)}{" "}
          <a href={href}>Open the playbook</a>
        </p>
      )}
    </section>
  );
}

function keptText({ cases, whole, unknown, hasRules }: NonNullable<PlaybookLineProps["inForce"]>): string {
  if (!hasRules) return "it sets no rule that cases could be held against.";
  if (cases === 0) return "no case was resolved since.";
  const left =
    unknown === 0 ? "" : ` Of ${counted(unknown, "more case")} it is not known whether all of it was kept.`;
  if (whole.share === null || whole.interval === null)
    return `of none of the ${counted(cases, "case")} resolved since it is known whether all of it was kept.`;
  const { hits, n, share, interval } = whole;
  const part = `${partText(hits, n)} resolved ${n === 1 ? "case was" : "cases were"} handled as it says`;
  if (n < fewestForShare) return `${part}; too few for a share.${left}`;
  const few = n < fewestForInk ? ", few cases" : "";
  return `${part} (${shareText(share, n)}, 95% interval ${rangeText(interval.low, interval.high)}${few}).${left}`;
}
