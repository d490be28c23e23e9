import type { CauseTrustTexts } from "#app/pages/cause-trust.ts";
import type { Snapshot } from "#app/tables/view.ts";
import type { Database } from "#db/schema.ts";
import { sampleViews } from "./coding-sample.ts";

/** How far to trust the causes of a page. Plain data. */
export interface CauseTrustView extends CauseTrustTexts {
  confirmHref: string;
  /** The latest double-coded sample; `null`: none is coded yet. */
  coding: { sentence: string; agreements: { term: string; value: string }[] } | null;
  codingHref: string;
}

export async function causeTrustView(
  db: Database,
  snapshot: Snapshot,
  texts: CauseTrustTexts,
): Promise<CauseTrustView> {
  const base = `/w/${encodeURIComponent(snapshot.workspace.name)}/causes`;
  const coded = (await sampleViews(db, snapshot)).find(({ coders }) => coders.length > 0);
  return { ...texts, confirmHref: `${base}/confirm`, coding: coded ?? null, codingHref: `${base}/coding` };
}
