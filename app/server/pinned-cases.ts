import { counted, instantText } from "#app/format.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { listPinned } from "#db/queries/case-moves.ts";
import type { Database } from "#db/schema.ts";

/** What the page of a cause shows about the cases that people have put into it one by one. Plain data. */
export interface PinnedCasesView {
  /** "12 cases that people have put here", also those that are not listed; `null`: none. */
  heading: string | null;
  listed: { caseId: string; name: string; href: string; sentence: string }[];
  unlisted: number;
}

const mostListed = 20;

export async function pinnedCasesView(
  db: Database,
  { id, name, timeZone }: Snapshot["workspace"],
  causeId: number,
): Promise<PinnedCasesView> {
  const pinned = await listPinned(db, id, causeId);
  return {
    heading:
      pinned.length === 0 ? null : `${counted(pinned.length, "case")} that people have put here one by one`,
    listed: pinned.slice(0, mostListed).map(({ case_id: caseId, source_case_id, kind, ...said }) => ({
      caseId,
      name: source_case_id,
      href: `/w/${encodeURIComponent(name)}/cases/${caseId}`,
      sentence: `${kind === "pin" ? "confirmed" : "moved here"} on ${instantText(said.made_at, timeZone)} by ${said.actor}${said.reason === null ? "" : `: ${said.reason}`}`,
    })),
    unlisted: Math.max(0, pinned.length - mostListed),
  };
}
