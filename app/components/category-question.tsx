import { categories } from "#analytics/case.ts";
import { listText, words } from "#app/format.ts";
import type { CategoryQueueView } from "#app/server/category-queue.ts";
import { QuotedCase } from "./quoted-case.tsx";

/** One cause, what its cases say, and one click for what kind it is. */
export function CategoryQuestion({ asked }: { asked: NonNullable<CategoryQueueView["asked"]> }) {
  return (
    <section className="section">
      <h2>
        <a href={asked.href}>{asked.name}</a>
      </h2>
      <p>
        {asked.size}. {asked.keyphrases.length > 0 && `What they say: ${listText(asked.keyphrases)}. `}
        {asked.sentence}
      </p>
      {asked.exemplar !== null && <QuotedCase {...asked.exemplar} />}
      <form method="post" className="no-print">
        <input type="hidden" name="cause" value={asked.causeId} />
        <div className="button-row">
          {categories.map((category) => (
            <button key={category} type="submit" name="category" value={category}>
              {words(category)}
              {category === asked.suggestion && " (suggested)"}
            </button>
          ))}
          <button type="submit" name="category" value="none" className="quiet">
            none of these
          </button>
        </div>
      </form>
      <p className="no-print">
        <a href={asked.laterHref}>Leave it open, and show the next</a>
      </p>
    </section>
  );
}
