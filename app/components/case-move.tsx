import type { CaseMoveView } from "#app/server/case-move.ts";

/** Where a person says that a case belongs; it can be taken back. */
export function CaseMove({ options, causeId, said, undo }: CaseMoveView) {
  return (
    <div className="case-move no-print">
      {undo !== null && (
        <form method="post">
          <input type="hidden" name="kind" value="undo_move" />
          <span>{said}</span>
          <button type="submit" className="quiet">
            Undo
          </button>
        </form>
      )}
      {undo === null && said !== null && (
        <>
          <p>{said}</p>
          <p className="small soft">That is taken back on the page of its cause.</p>
        </>
      )}
      {causeId !== null && undo === null && (
        <details>
          <summary>It does belong here</summary>
          <form method="post" className="stacked-form">
            <p>It stays in this cause in every later run, and cases like it may follow.</p>
            <input type="hidden" name="kind" value="pin" />
            <input type="hidden" name="cause" value={causeId} />
            <ReasonField />
            <button type="submit">Confirm it</button>
          </form>
        </details>
      )}
      {(options.length > 0 || causeId !== null) && (
        <details>
          <summary>It belongs elsewhere</summary>
          <form method="post" className="stacked-form">
            <p>It moves at once, and stays there in every later run; cases like it may follow.</p>
            <input type="hidden" name="kind" value="move" />
            <label>
              <span>Its cause</span>
              <select name="cause" required defaultValue="">
                <option value="">choose a cause</option>
                {causeId !== null && <option value="none">none of them</option>}
                {options.map((option) => (
                  <option key={option.causeId} value={option.causeId}>
                    {option.name}
                  </option>
                ))}
              </select>
            </label>
            <ReasonField />
            <button type="submit">Move the case</button>
          </form>
        </details>
      )}
    </div>
  );
}

function ReasonField() {
  return (
    <label>
      <span>Reason (kept with the decision)</span>
      <input name="reason" maxLength={500} />
    </label>
  );
}
