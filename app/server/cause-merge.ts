import { everything } from "#analytics/filter/filter.ts";
import { causeRanking } from "#analytics/metrics/cause-ranking.ts";
import { counted, instantText } from "#app/format.ts";
import type { View } from "#app/tables/view.ts";
import { listMerged } from "#db/queries/cause-merges.ts";
import { badRequest } from "./http-errors.ts";
import { viewOf } from "./request-view.ts";
import type { Services } from "./services.ts";

/** What the page of a cause shows about merging another one into it. Plain data; counts are of all that is loaded. */
export interface CauseMergeView {
  /** The other causes, the largest first. */
  options: { causeId: number; text: string }[];
  /** What a merge with the chosen one would give. */
  preview: { causeId: number; name: string; sentence: string } | null;
  merged: { causeId: number; name: string; sentence: string }[];
}

export async function causeMergeView(
  services: Services,
  whole: View,
  { causeId, chosen }: { causeId: number; chosen: string | null },
): Promise<CauseMergeView> {
  const ranked = causeRanking(
    whole.facts,
    viewOf(services, whole, { ...everything, period: "all" }).incidence,
  ).flatMap(({ cause, cases }) =>
    cause === null ? [] : [{ causeId: cause.causeId, name: cause.name, cases }],
  );
  const here = ranked.find((one) => one.causeId === causeId);
  const others = ranked.filter((one) => one.causeId !== causeId);
  const merged = await listMerged(services.database.db, whole.workspace.id, causeId);
  return {
    options: others.map(({ causeId: id, name, cases }) => ({
      causeId: id,
      text: `${name} (${counted(cases, "case")})`,
    })),
    preview: chosen === null ? null : previewOf(here, others, chosen),
    merged: merged.map((cause) => ({
      causeId: cause.cause_id,
      name: cause.name ?? cause.label,
      sentence: `merged on ${instantText(cause.made_at, whole.workspace.timeZone)} by ${cause.actor}${cause.reason === null ? "" : `: ${cause.reason}`}`,
    })),
  };
}

interface Counted {
  causeId: number;
  name: string;
  cases: number;
}

function previewOf(here: Counted | undefined, others: readonly Counted[], chosen: string) {
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
