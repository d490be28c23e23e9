import type { CauseSplitView, PartView } from "#app/server/cause-split.ts";
import { CaseList } from "./case-list.tsx";

/** A cause that is two: who cut it, and how to cut it; what would move is shown before it does. */
export function CauseSplit({ refusal, fields, chosen, parts, noParts, preview, splits }: CauseSplitView) {
  return (
    <section className="section no-print" id="split">
      <h2>Is this more than one cause?</h2>
      {splits.length > 0 && <Splits splits={splits} />}
      {refusal !== null ? (
        <p className="soft">{refusal}</p>
      ) : (
        <>
          {preview !== null && <Preview {...preview} />}
          {noParts !== null && <p>{noParts}</p>}
          {parts !== null && parts.length > 0 ? (
            <Parts parts={parts} isQuiet={preview !== null} />
          ) : (
            noParts === null && <AskForParts isQuiet={preview !== null} />
          )}
          <OtherWays fields={fields} chosen={chosen} />
        </>
      )}
    </section>
  );
}

function Splits({ splits }: Pick<CauseSplitView, "splits">) {
  return (
    <ul className="merge-list">
      {splits.map(({ causeId, isNew, otherName, otherHref, sentence }) => (
        <li key={causeId}>
          <form method="post">
            <input type="hidden" name="kind" value="undo_split" />
            <input type="hidden" name="other" value={causeId} />
            <span>
              {isNew ? "It was split from " : "There was split from it "}
              <a href={otherHref}>{otherName}</a>, {sentence}
            </span>
            <button type="submit" className="quiet">
              Undo<span className="visually-hidden"> the split of {otherName}</span>
            </button>
          </form>
        </li>
      ))}
    </ul>
  );
}

function Preview({ sentence, fields, some, name }: NonNullable<CauseSplitView["preview"]>) {
  return (
    <div className="split-choice" role="group" aria-label="What the split would give">
      <p>{sentence}</p>
      {some.length > 0 && (
        <>
          <h3>Some of the cases that would go</h3>
          <CaseList lines={some} />
        </>
      )}
      {fields.length > 0 && (
        <form method="post" className="stacked-form">
          <input type="hidden" name="kind" value="split" />
          {fields.map(([key, value]) => (
            <input key={`${key} ${value}`} type="hidden" name={key} value={value} />
          ))}
          <label>
            <span>Name of the new cause (empty: the machine's label)</span>
            <input name="name" maxLength={200} placeholder={name} />
          </label>
          <label>
            <span>Reason (kept with the decision)</span>
            <input name="reason" maxLength={500} />
          </label>
          <button type="submit">Split it</button>
        </form>
      )}
    </div>
  );
}

function AskForParts({ isQuiet }: { isQuiet: boolean }) {
  return (
    <form method="get" action="#split" className="stacked-form">
      <p>The machine compares its cases with each other, and shows the parts that they fall into.</p>
      <input type="hidden" name="split" value="parts" />
      <button type="submit" className={isQuiet ? "quiet" : undefined}>
        Look for parts
      </button>
    </form>
  );
}

function Parts({ parts, isQuiet }: { parts: readonly PartView[]; isQuiet: boolean }) {
  return (
    <form method="get" action="#split" className="split-choice">
      <input type="hidden" name="split" value="parts" />
      <fieldset className="part-list">
        <legend>Which parts shall make a new cause?</legend>
        {parts.map(({ number, size, phrases, opening, isTicked }) => (
          <label key={number}>
            <input type="checkbox" name="part" value={number} defaultChecked={isTicked} />
            <span>
              <strong>{size}</strong>: {phrases}
              <span className="soft small"> For example: {opening}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p>
        <button type="submit" className={isQuiet ? "quiet" : undefined}>
          See what a split would give
        </button>
      </p>
    </form>
  );
}

function OtherWays({ fields, chosen }: Pick<CauseSplitView, "fields" | "chosen">) {
  return (
    <details open={chosen.words !== "" || chosen.value !== ""}>
      <summary>Split it by words or by a value</summary>
      <div className="split-choice">
        <form method="get" action="#split" className="stacked-form">
          <input type="hidden" name="split" value="words" />
          <label>
            <span>Cases whose title or text has these words (“in quotes”: one after the other)</span>
            <input name="words" required maxLength={200} defaultValue={chosen.words} />
          </label>
          <button type="submit" className="quiet">
            See what these words would give
          </button>
        </form>
        {fields.length > 0 && (
          <form method="get" action="#split" className="stacked-form">
            <input type="hidden" name="split" value="value" />
            <label>
              <span>Cases with this value</span>
              <select name="value" required defaultValue={chosen.value}>
                <option value="">choose a value</option>
                {fields.map(({ label, values }) => (
                  <optgroup key={label} label={label}>
                    {values.map(({ value, text }) => (
                      <option key={value} value={value}>
                        {text}
                      </option>
                    ))}
                  </optgroup>
                ))}
              </select>
            </label>
            <button type="submit" className="quiet">
              See what this value would give
            </button>
          </form>
        )}
      </div>
    </details>
  );
}
