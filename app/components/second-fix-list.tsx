import { dateText, sentenceCase, words } from "#app/format.ts";
import type { SecondFix } from "#db/queries/second-fixes.ts";

/** The second fixes that are on record for a cause. Nothing here says yet whether one worked. */
export function SecondFixList({ fixes }: { fixes: readonly SecondFix[] }) {
  if (fixes.length === 0) return null;
  return (
    <section>
      <h2>Second fixes</h2>
      <ul className="second-fixes">
        {fixes.map((fix) => (
          <li key={fix.fix_id}>
            <p>
              <strong>{fix.title}</strong> – {words(fix.kind)}
              {fix.owner !== null && `, ${fix.owner}`}
            </p>
            <p>{fix.description}</p>
            <p className="small soft">
              {sentenceCase(words(fix.state))}; decided {dateText(fix.opened_on)}
              {fix.implemented_on !== null && `, in place since ${dateText(fix.implemented_on)}`}.
            </p>
          </li>
        ))}
      </ul>
      <p className="small soft">
        This version draws the day of each fix and gives no verdict: a fall after it may be chance or the
        season.
      </p>
    </section>
  );
}
