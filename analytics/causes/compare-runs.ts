import { leastMergedShare, leastSplitShare } from "./match-clusters.ts";

/** Cases that lie in one cause in the run before and in one in the run after; `null`: in none. */
export interface CaseFlow {
  from: number | null;
  to: number | null;
  cases: number;
}

/** What becomes of a cause. Each cause of either run has exactly one. */
export const changeKinds = [
  /** A part of 30 % or more goes to a cause that is new. */
  "split",
  /** It is gone, and half of it or more goes to one that goes on. */
  "merged",
  /** It is gone, and its cases are spread. */
  "vanished",
  "new",
  "grown",
  "shrunk",
  /** As many cases as before, but not the same ones. */
  "exchanged",
  "unchanged",
] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface CauseChange {
  kind: ChangeKind;
  cause: number;
  /** Cases in the run before, in the run after, and in both. */
  before: number;
  after: number;
  stayed: number;
  /** Of a split the new cause with the largest part, of a merge the cause that it goes into; else `null`. */
  other: number | null;
  /** Cases that go there; 0 where there is no other. */
  toOther: number;
}

export interface RunComparison {
  /** By kind in the order of `changeKinds`, the largest first. */
  changes: CauseChange[];
  /** Flows from one cause to another, or between a cause and none; the largest first. */
  moves: CaseFlow[];
  /** Cases that move from one cause to another, that get one, and that lose theirs. */
  between: number;
  gained: number;
  lost: number;
  causesBefore: number;
  causesAfter: number;
  withCauseBefore: number;
  withCauseAfter: number;
}

/**
 * What a run would change of the run before it. A cause has the same id in both where it goes on (`matchClusters`).
 * @param flows each pair of causes at most once; cases without a cause in both runs may be left out
 */
export function compareRuns(flows: readonly CaseFlow[]): RunComparison {
  const before = totals(flows, "from");
  const after = totals(flows, "to");
  const moves = flows.filter(({ from, to, cases }) => from !== to && cases > 0).toSorted(largestFirst);
  const stayed = new Map(flows.flatMap(({ from, to, cases }) => (from === to ? [[from, cases]] : [])));
  const causes = [...new Set([...before.keys(), ...after.keys()])];
  const changes = causes.map((cause): CauseChange => {
    const sizes = {
      before: before.get(cause) ?? 0,
      after: after.get(cause) ?? 0,
      stayed: stayed.get(cause) ?? 0,
    };
    const heir = heirOf(cause, sizes, { moves, before });
    return { cause, ...sizes, ...heir, kind: kindOf(sizes, heir.other !== null) };
  });
  return {
    changes: changes.toSorted(
      (a, b) =>
        changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind) ||
        Math.max(b.before, b.after) - Math.max(a.before, a.after) ||
        a.cause - b.cause,
    ),
    moves,
    between: sum(moves.filter(({ from, to }) => from !== null && to !== null)),
    gained: sum(moves.filter(({ from }) => from === null)),
    lost: sum(moves.filter(({ to }) => to === null)),
    causesBefore: before.size,
    causesAfter: after.size,
    withCauseBefore: sum(flows.filter(({ from }) => from !== null)),
    withCauseAfter: sum(flows.filter(({ to }) => to !== null)),
  };
}

interface Sizes {
  before: number;
  after: number;
  stayed: number;
}

/** Where a cause's largest part goes that makes it split or merged. */
function heirOf(
  cause: number,
  { before: size, after }: Sizes,
  { moves, before }: { moves: readonly CaseFlow[]; before: ReadonlyMap<number, number> },
): { other: number | null; toOther: number } {
  const goesOn = after > 0;
  const least = goesOn ? leastSplitShare : leastMergedShare;
  const heir = moves.find(
    ({ from, to, cases }) =>
      from === cause && to !== null && before.has(to) === !goesOn && cases >= least * size,
  );
  return { other: heir?.to ?? null, toOther: heir?.cases ?? 0 };
}

function kindOf({ before, after, stayed }: Sizes, hasHeir: boolean): ChangeKind {
  if (before === 0) return "new";
  if (after === 0) return hasHeir ? "merged" : "vanished";
  if (hasHeir) return "split";
  if (after !== before) return after > before ? "grown" : "shrunk";
  return stayed === before ? "unchanged" : "exchanged";
}

/** Cases by cause on one side; causes without cases are absent. */
function totals(flows: readonly CaseFlow[], side: "from" | "to"): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { [side]: cause, cases } of flows)
    if (cause !== null && cases > 0) counts.set(cause, (counts.get(cause) ?? 0) + cases);
  return counts;
}

function sum(flows: readonly CaseFlow[]): number {
  return flows.reduce((total, { cases }) => total + cases, 0);
}

function largestFirst(a: CaseFlow, b: CaseFlow): number {
  return b.cases - a.cases || (a.from ?? 0) - (b.from ?? 0) || (a.to ?? 0) - (b.to ?? 0);
}
