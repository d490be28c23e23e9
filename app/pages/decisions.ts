import { everything } from "#analytics/filter/filter.ts";
import { causeRanking } from "#analytics/metrics/cause-ranking.ts";
import type { Day } from "#analytics/period.ts";
import { type CallCounts, type CallScore, scoreCalls } from "#analytics/second-fix/score-calls.ts";
import { completeQuarters } from "#app/filters/describe-filter.ts";
import { fewestForShare } from "#app/format.ts";
import { calendarOf, makeView, type Snapshot } from "#app/tables/view.ts";
import type { Asked } from "./asked.ts";

/** A cause, and since when it was left as it is: until somebody decided again, or to the end of the data. */
export interface CauseSince {
  causeId: number;
  day: Day;
  until: Day | null;
}

export interface AskedOfDecisions extends Asked {
  /** Causes that somebody has decided about, or that have a second fix in place. */
  settled: ReadonlySet<number>;
  since: readonly CauseSince[];
}

/** A cause that is large enough for shares and that nobody has decided about. */
export interface UndecidedCause {
  causeId: number;
  name: string;
  cases: number;
}

const mostUndecided = 3;

/** What the columns know of decisions: the large causes without one, and what became of the causes that were left alone. */
export function decisions(snapshot: Snapshot, { today, settled, since }: AskedOfDecisions) {
  return {
    ...undecidedCauses(snapshot, today, settled),
    scores: scoresOf(snapshot, today, since),
  };
}

/** Of the latest complete quarter; none where the data cover none. */
function undecidedCauses(
  snapshot: Snapshot,
  today: Day,
  settled: ReadonlySet<number>,
): { quarter: string | null; undecided: UndecidedCause[] } {
  const [quarter] = completeQuarters({ calendar: calendarOf(snapshot, today) }, 1);
  if (quarter === undefined) return { quarter: null, undecided: [] };
  const { facts, incidence } = makeView(snapshot, { ...everything, period: quarter }, today);
  const undecided = causeRanking(facts, incidence)
    .flatMap(({ cause, cases }) =>
      cause === null ? [] : [{ causeId: cause.causeId, name: cause.name, cases }],
    )
    .filter(({ causeId, cases }) => !settled.has(causeId) && cases >= fewestForShare)
    .slice(0, mostUndecided);
  return { quarter, undecided };
}

/** In the order of the input; where volumes can't be compared nothing is measured. */
function scoresOf(snapshot: Snapshot, today: Day, since: readonly CauseSince[]): CallScore[] {
  const { facts, volumeIsArtefact } = snapshot;
  const { reach } = calendarOf(snapshot, today);
  if (volumeIsArtefact) return since.map(() => ({ is: "not_measured" }));
  const codeOf = new Map(facts.causes.map((cause, code) => [cause?.causeId, code]));
  const counts = since.map(({ causeId, day, until }): CallCounts => {
    const end = Math.max(day, Math.min(until ?? reach.end, reach.end));
    const start = Math.max(reach.start, day - (end - day));
    return {
      ...countAround(facts, codeOf.get(causeId) ?? -1, { start, day, end }),
      daysBefore: Math.max(0, day - start),
      daysSince: end - day,
    };
  });
  return scoreCalls(counts);
}

function countAround(
  { size, incidenceDay, codes }: Snapshot["facts"],
  code: number,
  { start, day, end }: { start: Day; day: Day; end: Day },
): { before: number; since: number } {
  let [before, after] = [0, 0];
  for (let row = 0; row < size; row++) {
    const at = incidenceDay[row]!;
    if (codes.cause[row] !== code || at < start || at >= end) continue;
    if (at < day) before++;
    else after++;
  }
  return { before, since: after };
}
