import type { ContributingView, NamingRefused } from "#app/server/contributing-causes.ts";
import { Notice } from "./notice.tsx";

/** The causes that people say contributed to a case, beside its primary one; each can be taken back. */
export function ContributingCauses({
  named,
  options,
  refused,
}: ContributingView & { refused: NamingRefused | null }) {
  return (
    <div className="case-move" id="contributing">
      {named.length > 0 && (
        <>
          <h3>Contributing causes</h3>
          <ul className="merge-list">
            {named.map(({ causeId, name, href, sentence }) => (
              <li key={causeId}>
                <form method="post" action="#contributing">
                  <input type="hidden" name="kind" value="undo_contribute" />
                  <input type="hidden" name="cause" value={causeId} />
                  <span>
                    <a href={href}>{name}</a>, {sentence}
                  </span>
                  <button type="submit" className="quiet no-print">
                    Undo<span className="visually-hidden"> for {name}</span>
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </>
      )}
      {(options.length > 0 || refused !== null) && (
        <details className="no-print" open={refused !== null}>
          <summary>Another cause contributed</summary>
          <NamingForm options={options} refused={refused} />
        </details>
      )}
    </div>
  );
}

function NamingForm({
  options,
  refused,
}: Pick<ContributingView, "options"> & { refused: NamingRefused | null }) {
  const { cause, reason } = refused?.typed ?? { cause: "", reason: "" };
  return (
    <form method="post" action="#contributing" className="stacked-form">
      {refused !== null && <Notice kind="problem">{refused.problem}</Notice>}
      <p>It is named beside the primary cause, in every later run too. Figures still count the case once.</p>
      <input type="hidden" name="kind" value="contribute" />
      <label>
        <span>Contributing cause</span>
        <select name="cause" required defaultValue={cause}>
          <option value="">choose a cause</option>
          {options.map((option) => (
            <option key={option.causeId} value={option.causeId}>
              {option.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Reason (kept with the decision)</span>
        <input name="reason" maxLength={500} defaultValue={reason} />
      </label>
      <button type="submit">Name the cause</button>
    </form>
  );
}
