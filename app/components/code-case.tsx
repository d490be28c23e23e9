import { categories } from "#analytics/case.ts";
import { words } from "#app/format.ts";
import type { CodedCase } from "#app/server/case-coding.ts";
import { DescriptionList } from "./description-list.tsx";

/** A drawn case as it was told, and the question what caused it. It leads nowhere that would tell what is published. */
export function CodeCase({ coder, current }: { coder: string; current: CodedCase }) {
  const { caseId, title, narrative, facts, own, previousHref, nextHref } = current;
  return (
    <>
      <section>
        <h2>{title ?? "Without a title"}</h2>
        {narrative === null ? (
          <p className="soft">The source gave no text.</p>
        ) : (
          <p className="narrative">{narrative}</p>
        )}
        <DescriptionList items={facts} />
      </section>
      <section className="section no-print">
        <h2>What caused it?</h2>
        {/* A new case is a new form: nothing of the one before may stay chosen. */}
        <form key={caseId} method="post" className="stacked-form">
          <input type="hidden" name="coder" value={coder} />
          <input type="hidden" name="case" value={caseId} />
          <CodeChoices current={current} />
          <div className="button-row">
            <button type="submit" name="kind" value="code">
              Save and go on
            </button>
            {own !== null && (
              <button type="submit" name="kind" value="withdraw" className="quiet" formNoValidate>
                Take this code back
              </button>
            )}
          </div>
        </form>
        <p className="small">
          {previousHref !== null && <a href={previousHref}>The case before</a>}
          {previousHref !== null && nextHref !== null && " · "}
          {nextHref !== null && <a href={nextHref}>The next case</a>}
        </p>
      </section>
    </>
  );
}

/** Nothing is chosen beforehand but the coder's own earlier word. */
function CodeChoices({ current: { causes, own } }: { current: CodedCase }) {
  const choices = categories.map((value) => ({ value, label: words(value) }));
  return (
    <>
      <label>
        <span>Cause, the largest first</span>
        <select name="cause" required defaultValue={own?.cause ?? ""}>
          <option value="">choose a cause</option>
          {causes.map(({ causeId, name }) => (
            <option key={causeId} value={causeId}>
              {name}
            </option>
          ))}
          <option value="none">none of these</option>
        </select>
      </label>
      <fieldset className="choices">
        <legend>Category</legend>
        {[...choices, { value: "cannot_tell", label: "can't tell" }].map(({ value, label }) => (
          <label key={value}>
            <input
              type="radio"
              name="category"
              value={value}
              required
              defaultChecked={own?.category === value}
            />
            {label}
          </label>
        ))}
      </fieldset>
    </>
  );
}
