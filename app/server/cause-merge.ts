import { counted, instantText } from "#app/format.ts";
import type { CauseSize } from "#app/pages/cause.ts";
import type { Workspace } from "#app/tables/view.ts";
import { listMerged } from "#db/queries/cause-merges.ts";
import type { Database } from "#db/schema.ts";
import { badRequest } from "./http-errors.ts";

/** What the page of a cause shows about merging another one into it. Plain data; counts are of all that is loaded. */
export interface CauseMergeView {
  /** The other causes, the largest first. */
  options: { causeId: number; text: string }[];
  /** What a merge with the chosen one would give. */
  preview: { causeId: number; name: string; sentence: string } | null;
  merged: { causeId: number; name: string; sentence: string }[];
}

export async function causeMergeView(
  db: Database,
  { id, timeZone }: Workspace,
  { causeId, sizes, chosen }: { causeId: number; sizes: readonly CauseSize[]; chosen: string | null },
): Promise<CauseMergeView> {
  const here = sizes.find((one) => one.causeId === causeId);
  const others = sizes.filter((one) => one.causeId !== causeId);
  const merged = await listMerged(db, id, causeId);
  return {
    options: others.map(({ causeId: other, name, cases }) => ({
      causeId: other,
      text: `${name} (${counted(cases, "case")})`,
    })),
    preview: chosen === null ? null : previewOf(here, others, chosen),
    merged: merged.map((cause) => ({
      causeId: cause.cause_id,
      name: cause.name ?? cause.label,
      sentence: `merged on ${instantText(cause.made_at, timeZone)} by ${cause.actor}${cause.reason === null ? "" : `: ${cause.reason}`}`,
    })),
  };
}

function previewOf(here: CauseSize | undefined, others: readonly CauseSize[], chosen: string) {
  const other = others.find((one) => String(one.causeId) === chosen);
  if (other === undefined)
    throw badRequest(
      `There is no cause "${chosen}" to be merged. Choose one of the list at the foot of the page.`,
    );
  const own = here?.cases ?? 0;
  return {
    causeId: other.causeId,
    name: other.name,
    sentence:
      `${counted(other.cases, "case")} of “${other.name}” would count here, beside the ${counted(own, "case")} of this cause: ` +
      `${counted(own + other.cases, "case")} together, in every period and in every later run. Its own name, category and ` +
      "page would rest until the merge is undone; its second fixes would stand here.",
  };
}
