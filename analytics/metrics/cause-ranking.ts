import type { Category } from "../case.ts";
import type { CauseFact, Facts } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import type { Interval } from "../statistics/interval.ts";
import { poissonInterval } from "../statistics/poisson-interval.ts";
import { countByCode } from "./counts.ts";
import { type Share, shareOf } from "./share.ts";

export interface RankedCause {
  /** `null`: the cases that are assigned to no cause. Always last. */
  cause: CauseFact | null;
  category: Category | null;
  cases: number;
  /** 95 % exact Poisson interval of the count. */
  countInterval: Interval;
  ofAll: Share;
  /** Share of all cases in this cause and the larger ones; `null` for the unassigned. */
  cumulative: number | null;
}

/** The causes of the selected cases, most frequent first (ties: lower id), those without a case left out. */
export function causeRanking(facts: Facts, rows: Selection): RankedCause[] {
  const counts = countByCode(facts.codes.cause, rows, facts.causes.length);
  const ranked = facts.causes
    .map((cause, code) => ({ cause, cases: counts[code] ?? 0 }))
    .filter(
      (entry): entry is { cause: CauseFact; cases: number } => entry.cause !== undefined && entry.cases > 0,
    )
    .sort((a, b) => b.cases - a.cases || a.cause.causeId - b.cause.causeId);
  let sum = 0;
  const known = ranked.map(({ cause, cases }): RankedCause => {
    sum += cases;
    return { ...rank(cause, cases, rows.length), cumulative: sum / rows.length };
  });
  const unassigned = counts[0] ?? 0;
  return unassigned === 0 ? known : [...known, { ...rank(null, unassigned, rows.length), cumulative: null }];
}

function rank(cause: CauseFact | null, cases: number, all: number): Omit<RankedCause, "cumulative"> {
  return {
    cause,
    category: cause?.category ?? null,
    cases,
    countInterval: poissonInterval(cases),
    ofAll: shareOf(cases, all),
  };
}
