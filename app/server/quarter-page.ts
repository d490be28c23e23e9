import { everything, narrow } from "#analytics/filter/filter.ts";
import { quarterFindings } from "#analytics/findings/quarter-findings.ts";
import { quarterlyCounts } from "#analytics/metrics/quarterly-counts.ts";
import { monthsBefore } from "#analytics/period.ts";
import { type FindingSentence, findingSentence } from "#app/sentences/finding-sentences.ts";
import { causeBursts } from "#app/tables/cause-bursts.ts";
import { isCovered, type Snapshot, type View } from "#app/tables/view.ts";
import { listFixedCauseIds } from "#db/queries/causes.ts";
import { viewOf } from "./request-view.ts";
import type { Services } from "./services.ts";

/** A finding with the last quarters of its cause, oldest first; no line where the source can't be compared. */
export interface FindingOnPage extends FindingSentence {
  quarters: (number | null)[];
}

export interface QuarterPage {
  view: View;
  findings: FindingOnPage[];
  /** Whether the data cover the quarter whole. */
  complete: boolean;
}

const quartersDrawn = 8;

/** What the review and the summary of a quarter share: its view and its findings. */
export async function quarterPage(
  services: Services,
  snapshot: Snapshot,
  quarter: string,
): Promise<QuarterPage> {
  const view = viewOf(services, snapshot, { ...everything, period: quarter });
  const complete = isCovered(view, view.period);
  const findings = quarterFindings(view.facts, {
    period: view.period,
    clauses: view.filter.clauses,
    volumeIsArtefact: view.volumeIsArtefact,
    covered: complete && isCovered(view, monthsBefore(view.period, 3)),
    outcomesArePartial: view.outcomesArePartial,
    fixedCauseIds: await listFixedCauseIds(services.database.db, view.workspace.id),
    judgedFixes: [], // no verdict is stored yet
    bursts: causeBursts(view),
  });
  return {
    view,
    complete,
    findings: findings.map((finding) => {
      const sentence = findingSentence(finding, view);
      return { ...sentence, quarters: quartersOf(view, sentence.causeId) };
    }),
  };
}

function quartersOf(view: View, causeId: number | null): (number | null)[] {
  if (causeId === null || view.volumeIsArtefact) return [];
  const { clauses } = narrow(view.filter, "cause", String(causeId));
  return quarterlyCounts(view.facts, view.period, quartersDrawn, clauses);
}
