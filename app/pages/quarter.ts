import { everything, narrow } from "#analytics/filter/filter.ts";
import { quarterFindings } from "#analytics/findings/quarter-findings.ts";
import type { JudgedFix } from "#analytics/findings/statement.ts";
import { causeRanking } from "#analytics/metrics/cause-ranking.ts";
import { quarterlyCounts } from "#analytics/metrics/quarterly-counts.ts";
import { monthsBefore } from "#analytics/period.ts";
import { fewestForShare } from "#app/format.ts";
import { type FindingSentence, findingSentence } from "#app/sentences/finding-sentences.ts";
import { causeBursts } from "#app/tables/cause-bursts.ts";
import { headlineOfAll, headlineTiles } from "#app/tables/headline-table.ts";
import { outcomesTable, remedyTable } from "#app/tables/outcome-tables.ts";
import { pageTable } from "#app/tables/page-table.ts";
import { reviewHeadlineTable } from "#app/tables/review-headline-table.ts";
import { reviewCausesTable } from "#app/tables/review-table.ts";
import { isCovered, makeView, type Snapshot, type View } from "#app/tables/view.ts";
import type { Asked } from "./asked.ts";

export interface AskedOfQuarter extends Asked {
  /** As `YYYY-Qn`. */
  quarter: string;
  /** Causes with a second fix in place. */
  fixedCauseIds: ReadonlySet<number>;
  judgedFixes: readonly JudgedFixOfCause[];
}

/** A second fix with its verdict; its cause by its id. */
export type JudgedFixOfCause = Omit<JudgedFix, "cause"> & { causeId: number };

/** A finding with the last quarters of its cause, oldest first; no line where the source can't be compared. */
export interface FindingOnPage extends FindingSentence {
  quarters: (number | null)[];
}

const quartersDrawn = 8;
const mostUnfixed = 3;

export function review(snapshot: Snapshot, asked: AskedOfQuarter) {
  const view = viewOfQuarter(snapshot, asked);
  return {
    /** Whether the data cover the quarter whole. */
    complete: isCovered(view, view.period),
    findings: findingsOf(view, asked),
    headline: pageTable(reviewHeadlineTable(view)),
    causes: pageTable(reviewCausesTable(view)),
    outcomes: pageTable(view.outcomesArePartial ? remedyTable(view) : outcomesTable(view, "remedy")),
  };
}

export function summary(snapshot: Snapshot, asked: AskedOfQuarter) {
  const view = viewOfQuarter(snapshot, asked);
  return {
    findings: findingsOf(view, asked),
    headline: headlineTiles(view, headlineOfAll),
    largestUnfixed: largestUnfixed(view, asked.fixedCauseIds),
  };
}

function viewOfQuarter(snapshot: Snapshot, { quarter, today }: AskedOfQuarter): View {
  return makeView(snapshot, { ...everything, period: quarter }, today);
}

/** The findings of a quarter: the review and the summary show the same. */
function findingsOf(view: View, { fixedCauseIds, judgedFixes }: AskedOfQuarter): FindingOnPage[] {
  const findings = quarterFindings(view.facts, {
    period: view.period,
    clauses: view.filter.clauses,
    volumeIsArtefact: view.volumeIsArtefact,
    covered: isCovered(view, view.period) && isCovered(view, monthsBefore(view.period, 3)),
    outcomesArePartial: view.outcomesArePartial,
    fixedCauseIds,
    judgedFixes: judgedFixes.flatMap(({ causeId, ...fix }) => {
      const cause = view.facts.causes.find((known) => known?.causeId === causeId);
      return cause === undefined ? [] : [{ ...fix, cause }];
    }),
    bursts: causeBursts(view),
  });
  return findings.map((finding) => {
    const sentence = findingSentence(finding, view);
    return { ...sentence, quarters: quartersOf(view, sentence.causeId) };
  });
}

function quartersOf(view: View, causeId: number | null): (number | null)[] {
  if (causeId === null || view.volumeIsArtefact) return [];
  const { clauses } = narrow(view.filter, "cause", String(causeId));
  return quarterlyCounts(view.facts, view.period, quartersDrawn, clauses);
}

/** A cause that is large enough for shares, and has no second fix in place. */
export interface UnfixedCause {
  causeId: number;
  name: string;
  cases: number;
}

function largestUnfixed({ facts, incidence }: View, fixedCauseIds: ReadonlySet<number>): UnfixedCause[] {
  return causeRanking(facts, incidence)
    .flatMap(({ cause, cases }) =>
      cause === null ? [] : [{ causeId: cause.causeId, name: cause.name, cases }],
    )
    .filter(({ causeId, cases }) => !fixedCauseIds.has(causeId) && cases >= fewestForShare)
    .slice(0, mostUnfixed);
}
