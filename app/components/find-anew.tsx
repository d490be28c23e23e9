import { granularities } from "#analytics/causes/granularity.ts";
import { granularityTexts } from "#app/runs/describe-run.ts";
import type { FindAnewView } from "#app/server/find-anew.ts";

/** Has the causes found from nothing, as a proposal; those that wait for a person are told first. */
export function FindAnew({ runsHref, granularity, isBusy, proposals }: FindAnewView) {
  return (
    <section className="section no-print">
      <h2>Find causes anew</h2>
      {proposals.length > 0 && (
        <ul>
          {proposals.map(({ title, href }) => (
            <li key={href}>
              <a href={href}>{title}</a> is proposed: see what it would change.
            </li>
          ))}
        </ul>
      )}
      <p className="soft small">
        After a load, causes go on from those that are there. Found anew, from nothing and with the words of
        all cases, they may be cut otherwise: what would change is shown first, and nothing does before you
        accept it. <a href={runsHref}>All runs</a>
      </p>
      {isBusy ? (
        <p>
          Causes are being found at the moment. <a href={runsHref}>See how far it is, or stop it</a>
        </p>
      ) : (
        <form method="post" action={runsHref} className="stacked-form">
          <input type="hidden" name="kind" value="propose" />
          <label>
            <span>How finely causes are told apart</span>
            <select name="granularity" defaultValue={granularity}>
              {granularities.map((stop) => (
                <option key={stop} value={stop}>
                  {granularityTexts[stop]}
                </option>
              ))}
            </select>
          </label>
          <button type="submit">Find causes anew</button>
        </form>
      )}
    </section>
  );
}
