import { words } from "#app/format.ts";
import { retrospectiveStates } from "#app/retrospectives/states.ts";
import type { RetrospectivesAsked } from "#db/queries/retrospectives.ts";

/** Narrows the list: words, a state, a factor. */
export function RetrospectiveSearch({ asked, href }: { asked: RetrospectivesAsked; href: string }) {
  const isNarrowed = asked.text !== null || asked.state !== null || asked.factor !== null;
  return (
    <form method="get" className="filter-line no-print">
      <label className="filter-search">
        <span>Words, as they are written</span>
        <input type="search" name="q" defaultValue={asked.text ?? ""} maxLength={200} />
      </label>
      <label>
        <span>State</span>
        <select name="state" defaultValue={asked.state ?? ""}>
          <option value="">any</option>
          {retrospectiveStates.map((state) => (
            <option key={state} value={state}>
              {words(state)}
            </option>
          ))}
        </select>
      </label>
      {asked.factor !== null && (
        <label>
          <span>Factor (of reviewed and published ones)</span>
          <input name="factor" defaultValue={asked.factor} maxLength={200} />
        </label>
      )}
      <button type="submit">Search</button>
      {isNarrowed && <a href={href}>Show all</a>}
    </form>
  );
}
