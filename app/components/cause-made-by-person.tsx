import type { PromotionView } from "#app/server/emerging-promotion.ts";

/** Of a cause that a person has made of emerging cases: who did, and the way back. */
export function CauseMadeByPerson({ sentence, undoSentence }: PromotionView) {
  return (
    <form method="post" className="no-print stacked-form">
      <input type="hidden" name="kind" value="undo_promote" />
      <p className="small soft">
        {sentence} {undoSentence}
      </p>
      <button type="submit" className="quiet">
        Undo<span className="visually-hidden"> the making of this cause</span>
      </button>
    </form>
  );
}
