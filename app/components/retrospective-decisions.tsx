import type { RetrospectiveState } from "#db/queries/retrospectives.ts";

export interface RetrospectiveDecisionsProps {
  state: RetrospectiveState;
  revision: number;
  editHref: string;
  markdownHref: string;
}

/** What can be done to a retrospective in its state; each is a person's own act and is kept with who did it. */
export function RetrospectiveDecisions({
  state,
  revision,
  editHref,
  markdownHref,
}: RetrospectiveDecisionsProps) {
  return (
    <section className="section no-print retrospective-decisions" aria-label="What can be done with it">
      {state === "draft" && (
        <>
          <p>
            <a href={editHref}>Write in the draft</a>
          </p>
          <form method="post" className="stacked-form">
            <input type="hidden" name="revision" value={revision} />
            <p>Somebody who did not write it alone has read it, and it blames nobody:</p>
            <button type="submit" name="kind" value="review">
              It is reviewed
            </button>
          </form>
        </>
      )}
      {state === "reviewed" && (
        <form method="post" className="stacked-form">
          <input type="hidden" name="revision" value={revision} />
          <p>Published, it counts as complete and is not written in any more:</p>
          <button type="submit" name="kind" value="publish">
            Publish it
          </button>
        </form>
      )}
      {state !== "draft" && (
        <details>
          <summary>Take it back to draft</summary>
          <form method="post" className="stacked-form">
            <input type="hidden" name="revision" value={revision} />
            <label>
              <span>{state === "published" ? "Why (kept in its history)" : "Why (may be left empty)"}</span>
              <input name="reason" maxLength={500} required={state === "published"} />
            </label>
            <button type="submit" name="kind" value="take_back">
              Take it back
            </button>
          </form>
        </details>
      )}
      <p>
        <a href={markdownHref} download>
          Download as Markdown
        </a>
      </p>
      {state === "draft" && (
        <details>
          <summary>Delete the draft</summary>
          <form method="post" className="stacked-form">
            <input type="hidden" name="revision" value={revision} />
            <p>
              It goes from all lists and counts, and no page brings it back. What it says is kept with the
              record of who deleted it. To have it again one day, download it first: the file can be imported.
            </p>
            <button type="submit" name="kind" value="delete">
              Delete it
            </button>
          </form>
        </details>
      )}
    </section>
  );
}
