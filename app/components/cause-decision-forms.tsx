import { categories } from "#analytics/case.ts";
import { counted, words } from "#app/format.ts";
import type { Cause } from "#db/queries/causes.ts";
import { Notice } from "./notice.tsx";

/** Of a cause that a person says is none: what that means, and the way back. */
export function CauseSetAside() {
  return (
    <Notice kind="info">
      A person said that this is no cause: its cases count as without one, here and in every later run.
      <form method="post" className="no-print">
        <input type="hidden" name="kind" value="not_a_cause" />
        <input type="hidden" name="undo" value="yes" />
        <button type="submit" className="quiet">
          It is a cause after all
        </button>
      </form>
    </Notice>
  );
}

/** A person's word on a cause, each apart from the others. It always wins over the machine's. */
export function CauseDecisionForms({ cause, cases }: { cause: Cause; cases: number }) {
  return (
    <section className="section no-print">
      <h2>Name it, and say what kind of cause it is</h2>
      <form method="post" className="stacked-form">
        <input type="hidden" name="kind" value="rename" />
        <label>
          <span>Name (empty: the machine's label)</span>
          <input name="name" defaultValue={cause.name ?? ""} placeholder={cause.label} maxLength={200} />
        </label>
        <button type="submit">Save the name</button>
      </form>
      <form method="post" className="stacked-form">
        <input type="hidden" name="kind" value="set_category" />
        <label>
          <span>Category</span>
          <select name="category" defaultValue={cause.category ?? ""}>
            <option value="">unclassified</option>
            {categories.map((category) => (
              <option key={category} value={category}>
                {words(category)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Reason (kept with the decision)</span>
          <input name="reason" maxLength={500} />
        </label>
        <button type="submit">Save the category</button>
      </form>
      {cause.category_source === "person" && (
        <form method="post">
          <input type="hidden" name="kind" value="undo_category" />
          <button type="submit" className="quiet">
            Back to the machine's suggestion
          </button>
        </form>
      )}
      {!cause.set_aside && <SetAside cases={cases} />}
      <p className="small soft">
        What you say here holds in every later run, and is kept with who said it and when.
      </p>
    </section>
  );
}

function SetAside({ cases }: { cases: number }) {
  return (
    <details>
      <summary>This is no cause</summary>
      <form method="post" className="stacked-form">
        <p>
          Greetings, surveys, or what nobody could change: its cases ({counted(cases, "case")} in the period
          shown) would count as without a cause. They are kept, and this can be taken back.
        </p>
        <input type="hidden" name="kind" value="not_a_cause" />
        <label>
          <span>Why it is none (kept with the decision)</span>
          <input name="reason" maxLength={500} />
        </label>
        <button type="submit">Set it aside</button>
      </form>
    </details>
  );
}
