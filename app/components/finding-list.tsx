import { Sparkline } from "#app/charts/sparkline.tsx";
import { countText, listText } from "#app/format.ts";
import type { FindingOnPage } from "#app/pages/quarter.ts";
import { EmptyState } from "./empty-state.tsx";

/** Findings in words, each with its evidence, its last quarters and a link to its cases. */
export function FindingList({ findings }: { findings: readonly FindingOnPage[] }) {
  if (findings.length === 0) return <EmptyState title="No case happened or was resolved in this quarter." />;
  // One scale for all, so that the lines compare.
  const highest = Math.max(1, ...findings.flatMap(({ quarters }) => quarters.map((count) => count ?? 0)));
  return (
    <ol className="findings">
      {findings.map(({ headline, evidence, href, quarters }) => (
        <li key={headline}>
          <p className="finding-headline">{href === null ? headline : <a href={href}>{headline}</a>}</p>
          <p className="small soft">{evidence}</p>
          {quarters.length > 0 && (
            <Sparkline
              values={quarters}
              highest={highest}
              label={`Cases in the last quarters: ${listText(quarters.map(countText))}`}
            />
          )}
        </li>
      ))}
    </ol>
  );
}
