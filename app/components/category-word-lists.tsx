import type { Category } from "#analytics/case.ts";
import { sentenceCase, words } from "#app/format.ts";

export interface CategoryWordListsProps {
  /** By category its list, one word a line. */
  written: readonly { category: Category; text: string }[];
  /** A person has changed the lists. */
  isOwn: boolean;
}

/** Three lists of words to be changed, and the way back to the ones that the product brings. */
export function CategoryWordLists({ written, isOwn }: CategoryWordListsProps) {
  return (
    <>
      <form method="post" className="stacked-form">
        {written.map(({ category, text }) => (
          <label key={category}>
            <span>{sentenceCase(words(category))}</span>
            {/* A new default is a new field: what was written before is not kept over it. */}
            <textarea key={text} name={category} rows={9} defaultValue={text} spellCheck={false} />
          </label>
        ))}
        <button type="submit" name="kind" value="save">
          Save the words
        </button>
      </form>
      {isOwn ? (
        <form method="post">
          <p>
            These are this workspace's own lists.{" "}
            <button type="submit" name="kind" value="defaults" className="quiet">
              Back to the defaults
            </button>
          </p>
        </form>
      ) : (
        <p className="small soft">These are the lists that the product brings.</p>
      )}
    </>
  );
}
