import type { CauseFact } from "../facts/facts.ts";
import type { FilterDimension } from "../filter/dimensions.ts";
import type { Clause, Cohort } from "../filter/filter.ts";
import type { Share } from "../metrics/share.ts";
import type { Period } from "../period.ts";
import type { Interval } from "../statistics/interval.ts";
import { casesInQuestion } from "./cases-in-question.ts";
import type { QuarterContext } from "./quarter-context.ts";
import type { ConclusiveFix, Statement } from "./statement.ts";

/** What a finding counts: an amount is in minor units; `customers` are distinct; `causes` are those that were compared. */
export type FindingMeasure = "cases" | "cases_a_week" | "customers" | "share" | "amount_minor" | "causes";

/** A finding as a row: what a table, a CSV or an alert writes of it. */
export interface FindingFigures {
  measure: FindingMeasure | null;
  /**
   * What `to` is compared with: the quarter before; the weeks before a fix; what was expected of a burst or after a
   * verified fix. `null` where nothing is compared.
   */
  from: number | null;
  to: number | null;
  /**
   * 95 %, two-sided: of `to` for a share; of the ratio `to` over `from` for cases (per day) and cases a week (with the volume
   * taken out), Infinity above where none was seen before. `null` where there is none.
   */
  interval: Interval | null;
  /** Cases (customers, causes) that it rests on. */
  n: number | null;
  /** 1 - q of the test that allows it, or the level of its interval; `null` where it is merely counted. */
  certainty: number | null;
  /** Its size (`casesInQuestion`). */
  inQuestion: number;
  /** The cases behind it: these days' cases of this cohort, under these clauses; `null` where there are none to show. */
  cases: { period: Period; cohort: Cohort; clauses: Clause[] } | null;
}

/** Something that the summary says, as data: what, and the figures of it in the shape that all kinds share. */
export type Finding = Statement & FindingFigures;

/** Of a verdict: its interval leaves out what it denies. */
const verdictCertainty = 0.95;

/** The figures of a statement, one shape for all kinds, in which an unknown is `null` and never 0. Cost: constant. */
export function findingFigures(statement: Statement, context: QuarterContext): FindingFigures {
  const figures = { ...blank, inQuestion: casesInQuestion(statement) };
  const ofCauses = (causes: readonly CauseFact[], period: Period) => {
    const include = causes.map(({ causeId }) => String(causeId));
    const clause = { dimension: "cause", include, exclude: [] } as const;
    return { period, cohort: "incidence" as const, clauses: narrowedClauses(context.clauses, clause) };
  };
  switch (statement.kind) {
    case "fix_worked":
    case "fix_failed": {
      const cases = ofCauses([statement.fix.cause], statement.fix.since);
      return { ...figures, ...figuresOfFix(statement), cases };
    }
    case "fix_regressed": {
      const { expected: from, cases: to, since, falseAlarm } = statement.regression;
      const cases = ofCauses([statement.fix.cause], since);
      return { ...figures, measure: "cases", from, to, n: to, certainty: 1 - falseAlarm, cases };
    }
    case "movement": {
      const { cause, previous: from, cases: to, ratio, q } = statement.entry;
      const [interval, cases] = [ratio?.interval ?? null, ofCauses([cause], context.period)];
      return { ...figures, measure: "cases", from, to, interval, n: from + to, certainty: 1 - q, cases };
    }
    case "burst": {
      const { cause, window, expected: from, customers: to } = statement.burst;
      const cases = ofCauses([cause], window);
      return { ...figures, measure: "customers", from, to, n: to, certainty: 1 - statement.q, cases };
    }
    case "no_change":
      return { ...figures, measure: "causes", to: 0, n: statement.compared };
    case "not_comparable":
    case "not_covered":
      return figures;
    case "largest_cause": {
      const { ranked, tied } = statement;
      const cases = ofCauses([ranked.cause, ...tied], context.period);
      return { ...figures, ...figuresOfShare(ranked.ofAll), cases };
    }
    case "unfixed_cost": {
      const { totalMinor: to, known: n } = statement.cost;
      const exclude = [null, ...Array.from(context.fixedCauseIds, String)];
      const cases = ofOutcomes(context, "cause", [], exclude);
      return { ...figures, measure: "amount_minor", to, n, cases };
    }
    case "parted": {
      const cases = ofOutcomes(context, "outcome", ["parted"], []);
      const from = statement.before?.share ?? null;
      return { ...figures, ...figuresOfShare(statement.now), from, cases };
    }
  }
}

const blank = { measure: null, from: null, to: null, interval: null, n: null, certainty: null, cases: null };

function figuresOfShare({ share, interval, n }: Share) {
  return { measure: "share", to: share, interval, n } as const;
}

function figuresOfFix({ measured: { before, after, change } }: ConclusiveFix) {
  return {
    measure: "cases_a_week",
    from: before.cases / before.weeks,
    to: after.cases / after.weeks,
    interval: change.interval,
    n: before.cases + after.cases,
    certainty: verdictCertainty,
  } as const;
}

function ofOutcomes(
  { period, clauses }: QuarterContext,
  dimension: FilterDimension,
  include: string[],
  exclude: (string | null)[],
) {
  const cohort = "outcome" as const;
  return { period, cohort, clauses: narrowedClauses(clauses, { dimension, include, exclude }) };
}

/** The page's clauses and one more; what the page includes of that dimension is narrowed, what it excludes stays out. */
function narrowedClauses(clauses: readonly Clause[], more: Clause): Clause[] {
  const own = clauses.find(({ dimension }) => dimension === more.dimension);
  const include = more.include.length > 0 ? more.include : (own?.include ?? []);
  const exclude = [...new Set([...(own?.exclude ?? []), ...more.exclude])];
  return [...clauses.filter((clause) => clause !== own), { dimension: more.dimension, include, exclude }];
}
