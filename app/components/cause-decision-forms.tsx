import { categories } from "#analytics/case.ts";
import { words } from "#app/format.ts";
import type { Cause } from "#db/queries/causes.ts";

/** A person's word on a cause, on its name and on its category apart. It always wins over the machine's. */
export function CauseDecisionForms({ cause }: { cause: Cause }) {
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
      <p className="small soft">
        What you say here holds in every later run, and is kept with who said it and when.
      </p>
    </section>
  );
}
