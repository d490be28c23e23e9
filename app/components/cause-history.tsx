import type { CauseHistoryLine } from "#app/server/cause-history.ts";

/** What the machine's runs said became of a cause. */
export function CauseHistory({ lines }: { lines: readonly CauseHistoryLine[] }) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h2>History</h2>
      <ul>
        {lines.map(({ when, runHref, before, other, after }) => (
          <li key={`${runHref} ${before} ${other?.href}`}>
            <a href={runHref}>{when}</a>: {before} {other !== null && <a href={other.href}>{other.name}</a>}
            {after}
          </li>
        ))}
      </ul>
    </section>
  );
}
