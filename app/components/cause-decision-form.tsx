import { categories } from "#analytics/case.ts";
import { words } from "#app/format.ts";
import type { Cause } from "#db/queries/causes.ts";

/** A person's word on a cause: its name and its category. It always wins over the machine's. */
export function CauseDecisionForm({ cause }: { cause: Cause }) {
  return (
    <section className="section no-print">
      <h2>Name it, and say what kind of cause it is</h2>
      <form method="post" className="stacked-form">
        <label>
          <span>Name</span>
          <input name="name" defaultValue={cause.name ?? ""} placeholder={cause.label} maxLength={200} />
        </label>
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
        <p className="small soft">
          An empty name shows the machine's label. What you say here holds in every later run.
        </p>
        <button type="submit">Save</button>
      </form>
    </section>
  );
}
