import type { Share } from "#analytics/metrics/share.ts";
import {
  countText,
  fewestForShare,
  partText,
  rangeText,
  sentenceCase,
  shareText,
  words,
} from "#app/format.ts";
import { retrospectiveStates } from "#app/retrospectives/states.ts";
import type { RetrospectiveState } from "#db/queries/retrospectives.ts";
import { DescriptionList } from "./description-list.tsx";

export interface RetrospectiveCountsProps {
  counts: Readonly<Record<RetrospectiveState, number>>;
  /** Published ones, of all. */
  completion: Share;
  href: string;
}

/** How far retrospectives have come: how many are in each state, and the completion rate. */
export function RetrospectiveCounts({ counts, completion, href }: RetrospectiveCountsProps) {
  return (
    <DescriptionList
      items={[
        ...retrospectiveStates.map((state) => ({
          term: sentenceCase(words(state)),
          value: <a href={`${href}?state=${state}`}>{countText(counts[state])}</a>,
        })),
        { term: "Completion rate", value: completionText(completion) },
      ]}
    />
  );
}

function completionText({ hits, n, share, interval }: Share): string {
  const part = `${partText(hits, n)} published`;
  if (n < fewestForShare || interval === null) return `${part} (too few for a share)`;
  return `${shareText(share, n)}: ${part} (95% interval ${rangeText(interval.low, interval.high)})`;
}
