import { counted, instantText } from "#app/format.ts";
import type { Workspace } from "#app/tables/view.ts";
import { findPromotion, undoPromotion } from "#db/queries/cause-promotions.ts";
import type { Database } from "#db/schema.ts";
import { badRequest, notFound } from "./http-errors.ts";
import type { Services } from "./services.ts";

/** What the page of a cause says where a person has made it of emerging cases. Plain data. */
export interface PromotionView {
  sentence: string;
  /** What taking it back would do. */
  undoSentence: string;
}

export async function promotionView(
  db: Database,
  { id, timeZone }: Workspace,
  causeId: number,
): Promise<PromotionView | null> {
  const made = await findPromotion(db, id, causeId);
  if (made === undefined) return null;
  const { cases, made_at, actor, reason, found } = made;
  return {
    sentence: `A person made this cause of ${counted(cases, "emerging case")}, on ${instantText(made_at, timeZone)} by ${actor}${reason === null ? "." : `: ${reason}`}`,
    undoSentence:
      found === 0
        ? "Undone, it is no cause any more, and its cases are where the machine would have put them: as a rule emerging again."
        : `Undone, it goes on as a cause of the machine with the ${counted(found, "case")} that the latest run puts here of itself; the others go where that would have put them. Set it aside if it is none.`,
  };
}

const actor = "local user";

/** The machine alone says again where the cases belong. */
export async function takeBackPromotion(
  services: Services,
  workspaceId: number,
  causeId: number,
): Promise<void> {
  const done = await undoPromotion(services.database.db, workspaceId, { causeId, actor });
  if (done === "not_promoted")
    throw notFound(`Nobody made cause ${causeId} of emerging cases, or that was taken back already.`);
  if (done === "entangled")
    throw badRequest(
      "Since this cause was made others were merged into it or split from it, or it was merged itself. Take that back first.",
    );
}
