import { counted } from "#app/format.ts";
import type { PinnedCasesView } from "#app/server/pinned-cases.ts";

/** The cases that people have put into a cause one by one: they stay, and cases like them follow in later runs. */
export function PinnedCases({ heading, listed, unlisted }: PinnedCasesView) {
  if (heading === null) return null;
  return (
    <section className="section no-print" id="pinned">
      <h2>{heading}</h2>
      <p className="soft small">They stay in every later run, and cases like them may follow.</p>
      <ul className="merge-list">
        {listed.map(({ caseId, name, href, sentence }) => (
          <li key={caseId}>
            <form method="post">
              <input type="hidden" name="kind" value="undo_move" />
              <input type="hidden" name="case" value={caseId} />
              <span>
                <a href={href}>{name}</a>, {sentence}
              </span>
              <button type="submit" className="quiet">
                Undo<span className="visually-hidden"> for {name}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
      {unlisted > 0 && <p className="small soft">{counted(unlisted, "earlier one")} not listed.</p>}
    </section>
  );
}
