import type { ChangeKind, RunComparison } from "#analytics/causes/compare-runs.ts";
import type { Granularity } from "#analytics/causes/granularity.ts";
import { counted, countText, dateText, instantText, listText } from "#app/format.ts";
import type { Run, Staleness } from "#db/queries/runs.ts";

export const granularityTexts: Readonly<Record<Granularity, string>> = {
  broad: "broad: fewer and larger causes",
  causes: "causes: as is usual",
  fine: "fine: more and smaller causes",
};

/** What becomes of a cause, in a word or two. */
export const changeTexts: Readonly<Record<ChangeKind, string>> = {
  split: "split",
  merged: "merged into another",
  vanished: "gone",
  new: "new",
  grown: "grown",
  shrunk: "shrunk",
  exchanged: "other cases",
  unchanged: "unchanged",
};

/** The state of a run in words; of those that were published only one is. */
export function runStateText(
  { state, run_id: runId }: Pick<Run, "state" | "run_id">,
  current: number | null,
): string {
  const texts: Record<Run["state"], string> = {
    running: "under way",
    finished: runId === current ? "published" : "published before",
    failed: "failed",
    cancelled: "cancelled",
    proposed: "proposed, not published",
    discarded: "discarded",
  };
  return texts[state];
}

/** Where a run began: from the causes of an earlier one, whose number its method id tells, or from nothing. */
export function begunFromText(methodId: string): string {
  const from = / from=(\d+)/.exec(methodId)?.[1];
  return from === undefined ? "nothing" : `the causes of run ${from}`;
}

/** "12 of 100 cases would move: 8 from one cause to another, 4 get one." */
export function movesSentence(
  { between, gained, lost }: Pick<RunComparison, "between" | "gained" | "lost">,
  { cases, isDone }: { cases: number; isDone: boolean },
): string {
  const moved = between + gained + lost;
  const verb = isDone ? "moved" : "would move";
  if (moved === 0) return `No case ${verb}.`;
  const parts = [
    ...(between > 0 ? [`${countText(between)} from one cause to another`] : []),
    ...(gained > 0 ? [`${countText(gained)} from none to a cause`] : []),
    ...(lost > 0 ? [`${countText(lost)} from a cause to none`] : []),
  ];
  return `${countText(moved)} of ${counted(cases, "case")} ${verb}: ${listText(parts)}.`;
}

/** "2 causes are new, 1 is split, 15 unchanged": how many of each kind, those without any left out. */
export function changesSentence({ changes }: Pick<RunComparison, "changes">): string {
  const kinds = [...new Set(changes.map(({ kind }) => kind))];
  if (kinds.length === 0) return "Neither run has causes.";
  const counts = kinds.map(
    (kind) => `${countText(changes.filter((change) => change.kind === kind).length)} ${changeTexts[kind]}`,
  );
  return `Of the causes of both runs: ${listText(counts)}.`;
}

/** Why a proposal can't be accepted any more. */
export function stalenessSentence(stale: Staleness): string {
  const why =
    stale.because === "published"
      ? `Run ${stale.runId} has been published since it was computed`
      : "Since it was computed, cases were loaded or taken away, or somebody has said where some belong";
  return `${why}: it says nothing of the causes as they are now, and can't be accepted. Find the causes anew.`;
}

/** "accepted on 27 Nov 2026, 20:15 UTC by local user: They read better." */
export function decisionSentence(
  { action, at, actor, reason }: { action: string; at: string; actor: string; reason: string | null },
  timeZone: string,
): string {
  const verbs: Record<string, string> = {
    "run.accept": "accepted",
    "run.discard": "discarded",
    "run.take_back": "taken back",
  };
  return `${verbs[action] ?? action} on ${instantText(at, timeZone)} by ${actor}${reason === null ? "" : `: ${reason}`}`;
}

/** The title of a run. */
export function runTitle({ run_id: runId, started_at: started }: Pick<Run, "run_id" | "started_at">): string {
  return `Run ${runId} of ${dateText(started.slice(0, 10))}`;
}
