import type { Category } from "#analytics/case.ts";
import { formatDay, type Period } from "#analytics/period.ts";
import { type CauseRecommendation, causeRecommendation } from "#analytics/staff/cause-recommendation.ts";
import type { TrainingCause } from "#app/pages/training.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { type ContributingCause, listContributing } from "#db/queries/contributing-causes.ts";
import { type ConcernedRow, countHandled, listConcerned } from "#db/queries/staff-counts.ts";
import type { RequestedSnapshot } from "./request-view.ts";

/** Whom a training is for, asked of one cause, with what the counts say. Names of agents are in it. */
export interface TrainingQuestion {
  causeId: number;
  name: string;
  found: CauseRecommendation;
}

/** A cause of which it is not asked although its cases name people: nobody calls it one of staff training. */
export interface NamesPeople {
  causeId: number;
  name: string;
  category: Category | null;
  /** Of its latest cases, so many name whose work they are about. */
  named: number;
  looked: number;
}

export interface TrainingQuestions {
  months: number;
  period: Period;
  weeks: number;
  questions: TrainingQuestion[];
  namesPeople: NamesPeople[];
}

/**
 * So far back the counts go by default. In 12 months of the simulated company a unit is hardly ever told from its agents
 * (docs/decisions/021).
 */
export const defaultMonths = 24;
export const offeredMonths = [12, 24, 36] as const;

/** The counts of a snapshot do not change within a day, and four pages ask for them. */
const kept = new WeakMap<Snapshot, Map<string, Promise<TrainingQuestions>>>();

/** The question of training, asked of every cause of that kind with a case in the months. */
export function loadTrainingQuestions(
  requested: RequestedSnapshot,
  months: number = defaultMonths,
): Promise<TrainingQuestions> {
  const { snapshot, today } = requested;
  const ofSnapshot = kept.get(snapshot) ?? new Map<string, Promise<TrainingQuestions>>();
  kept.set(snapshot, ofSnapshot);
  const key = `${months} months until ${today}`;
  const known = ofSnapshot.get(key);
  if (known !== undefined) return known;
  const asked = countQuestions(requested, months);
  ofSnapshot.set(key, asked);
  asked.catch(() => ofSnapshot.delete(key)); // the next one who asks tries again
  return asked;
}

async function countQuestions(
  { services, snapshot, page, today }: RequestedSnapshot,
  months: number,
): Promise<TrainingQuestions> {
  const { workspace } = snapshot;
  const { db } = services.database;
  const { causes, period, weeks } = await page("trainingCauses", { today, months });
  if (weeks === 0 || causes.length === 0) return { months, period, weeks, questions: [], namesPeople: [] };
  const days = { from: formatDay(period.start), to: formatDay(period.end) };
  const ids = causes.flatMap(({ caseIds }) => caseIds);
  const handled = await countHandled(db, workspace.id, days);
  const rows = new Map((await listConcerned(db, workspace.id, days, ids)).map((row) => [row.caseId, row]));
  const contributing = Map.groupBy(await listContributing(db, workspace.id), ({ caseId }) => caseId);
  const casesOf = ({ caseIds }: TrainingCause) =>
    caseIds.flatMap((id) => {
      const row = rows.get(id);
      return row === undefined ? [] : [concernedCase(row, contributing.get(id) ?? [])];
    });
  const isAsked = ({ category }: TrainingCause) => category === "staff_training";
  return {
    months,
    period,
    weeks,
    questions: causes.filter(isAsked).map((cause) => ({
      causeId: cause.causeId,
      name: cause.name,
      found: causeRecommendation(cause.category, casesOf(cause), handled, weeks),
    })),
    namesPeople: causes
      .filter((cause) => !isAsked(cause))
      .map((cause) => {
        const cases = casesOf(cause);
        const named = cases.filter(({ agent }) => agent !== null).length;
        return {
          causeId: cause.causeId,
          name: cause.name,
          category: cause.category,
          named,
          looked: cases.length,
        };
      })
      .filter(({ named, looked }) => looked >= fewestLooked && named > looked / 2),
  };
}

/** Fewer cases do not tell whether a cause is about people. */
const fewestLooked = 30;

function concernedCase({ week, unit, agent }: ConcernedRow, beside: readonly ContributingCause[]) {
  const isBeside = (category: Category) => beside.some((cause) => cause.category === category);
  return {
    week,
    unit,
    agent,
    contributing: { product: isBeside("product"), process: isBeside("process") },
  };
}
