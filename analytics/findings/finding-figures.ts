import type { FilterDimension } from "../filter/dimensions.ts";
import type { Clause, Cohort } from "../filter/filter.ts";
import type { Share } from "../metrics/share.ts";
import type { Interval } from "../statistics/interval.ts";
import type { Finding, QuarterContext } from "./quarter-findings.ts";

/** What a finding counts: cases, a share of cases, an amount in minor units, or the causes that were compared. */
export type FindingMeasure = "cases" | "share" | "amount_minor" | "causes";

/** A finding as a row: what a table, a CSV or an alert writes of it. */
export interface FindingFigures {
  kind: Finding["kind"];
  measure: FindingMeasure | null;
  /** In the quarter before; `null` where nothing is compared. */
  from: number | null;
  to: number | null;
  /** 95 %, two-sided: of `to` for a share, of the ratio per day (`to` over `from`) for cases; `null` where there is none. */
  interval: Interval | null;
  /** Cases (causes) that it rests on. */
  n: number | null;
  /** 1 - q of the test that allows it; `null` where it says what was counted, and nothing beyond it. */
  certainty: number | null;
  /** The cases behind it: these days' cases of this cohort, under these clauses; `null` where it is not about cases. */
  cases: { cohort: Cohort; clauses: Clause[] } | null;
}

/**
 * The figures of a finding, one shape for all kinds, in which an unknown is `null` and never 0. The order is that of
 * `quarterFindings`: cases, amounts and relationships have no common scale to be ranked on. Cost: constant.
 */
export function findingFigures(finding: Finding, context: QuarterContext): FindingFigures {
  const { kind } = finding;
  const narrowed = (
    cohort: Cohort,
    dimension: FilterDimension,
    include: string[],
    exclude: (string | null)[],
  ) => ({
    cohort,
    clauses: narrowedClauses(context.clauses, { dimension, include, exclude }),
  });
  switch (kind) {
    case "movement": {
      const { cause, previous: from, cases: to, ratio, q } = finding.entry;
      const cases = narrowed("incidence", "cause", [String(cause.causeId)], []);
      const interval = ratio?.interval ?? null;
      return { kind, measure: "cases", from, to, interval, n: from + to, certainty: 1 - q, cases };
    }
    case "no_change":
      return { ...blank, kind, measure: "causes", to: 0, n: finding.compared };
    case "not_comparable":
    case "not_covered":
      return { ...blank, kind };
    case "largest_cause": {
      const { cause, ofAll } = finding.ranked;
      const cases = cause === null ? null : narrowed("incidence", "cause", [String(cause.causeId)], []);
      return { ...blank, kind, ...figuresOfShare(ofAll), cases };
    }
    case "unfixed_cost": {
      const { totalMinor: to, known: n } = finding.cost;
      const cases = narrowed("outcome", "cause", [], [null, ...Array.from(context.fixedCauseIds, String)]);
      return { ...blank, kind, measure: "amount_minor", to, n, cases };
    }
    case "parted": {
      const cases = narrowed("outcome", "outcome", ["parted"], []);
      return { ...blank, kind, ...figuresOfShare(finding.now), from: finding.before?.share ?? null, cases };
    }
  }
}

const blank = { measure: null, from: null, to: null, interval: null, n: null, certainty: null, cases: null };

function figuresOfShare({ share, interval, n }: Share) {
  return { measure: "share", to: share, interval, n } as const;
}

/** The page's clauses and one more; what the page includes of that dimension is narrowed, what it excludes stays out. */
function narrowedClauses(clauses: readonly Clause[], more: Clause): Clause[] {
  const own = clauses.find(({ dimension }) => dimension === more.dimension);
  const include = more.include.length > 0 ? more.include : (own?.include ?? []);
  const exclude = [...new Set([...(own?.exclude ?? []), ...more.exclude])];
  return [...clauses.filter((clause) => clause !== own), { dimension: more.dimension, include, exclude }];
}
