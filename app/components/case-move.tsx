import type { CaseMoveView } from "#app/server/case-move.ts";

/** Where a person says that a case belongs; it can be taken back. */
export function CaseMove({ options, hasCause, moved }: CaseMoveView) {
  return (
    <div className="case-move no-print">
      {moved !== null && (
        <form method="post">
          <input type="hidden" name="kind" value="undo_move" />
          <span>{moved}</span>
          <button type="submit" className="quiet">
            Undo
          </button>
        </form>
      )}
      {(options.length > 0 || hasCause) && (
        <details>
          <summary>It belongs elsewhere</summary>
          <form method="post" className="stacked-form">
            <input type="hidden" name="kind" value="move" />
            <label>
              <span>Its cause</span>
              <select name="cause" required defaultValue="">
                <option value="">choose a cause</option>
                {hasCause && <option value="none">none of them</option>}
                {options.map(({ causeId, name }) => (
                  <option key={causeId} value={causeId}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <label>
              <span>Reason (kept with the decision)</span>
              <input name="reason" maxLength={500} />
            </label>
            <button type="submit">Move the case</button>
          </form>
        </details>
      )}
    </div>
  );
}
