import type { CauseMergeView } from "#app/server/cause-merge.ts";

/** Two causes that are one: what would move is shown before it does, and each merge can be taken back. */
export function CauseMerge({ options, preview, merged }: CauseMergeView) {
  return (
    <section className="section no-print" id="merge">
      <h2>Is another cause the same as this one?</h2>
      {merged.length > 0 && (
        <ul className="merge-list">
          {merged.map(({ causeId, name, sentence }) => (
            <li key={causeId}>
              <form method="post">
                <input type="hidden" name="kind" value="undo_merge" />
                <input type="hidden" name="other" value={causeId} />
                <span>
                  “{name}”, {sentence}
                </span>
                <button type="submit" className="quiet">
                  Undo<span className="visually-hidden"> the merge of {name}</span>
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      {preview !== null && (
        <form method="post" className="stacked-form">
          <p>{preview.sentence}</p>
          <input type="hidden" name="kind" value="merge" />
          <input type="hidden" name="other" value={preview.causeId} />
          <label>
            <span>Reason (kept with the decision)</span>
            <input name="reason" maxLength={500} />
          </label>
          <button type="submit">Merge them</button>
        </form>
      )}
      {options.length > 0 && (
        <form method="get" action="#merge" className="stacked-form">
          <label>
            <span>The other cause, with all of its cases</span>
            <select name="merge" defaultValue={preview === null ? "" : String(preview.causeId)} required>
              <option value="">choose a cause</option>
              {options.map(({ causeId, text }) => (
                <option key={causeId} value={causeId}>
                  {text}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className={preview === null ? undefined : "quiet"}>
            See what a merge would give
          </button>
        </form>
      )}
    </section>
  );
}
