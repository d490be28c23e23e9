import type { Category } from "#analytics/case.ts";
import { caseIdAt, type Facts } from "#analytics/facts/facts.ts";
import { type Period, shiftMonths } from "#analytics/period.ts";
import { calendarOf, type Snapshot } from "#app/tables/view.ts";
import type { Asked } from "./asked.ts";

/** A cause of which it may be asked whom a training is for. */
export interface TrainingCause {
  causeId: number;
  name: string;
  category: Category | null;
  /** Of a cause of staff training all its cases in these weeks, of another one the latest. */
  caseIds: string[];
}

export interface TrainingCauses {
  /** Whole weeks, up to the end of the last complete month. */
  period: Period;
  weeks: number;
  causes: TrainingCause[];
}

/** So many cases of a cause of another kind tell whether its cases name people. */
const latestLookedAt = 100;

/** The causes with a case in the whole weeks of the last complete months, as far back as the data go. */
export function trainingCauses(snapshot: Snapshot, { today, months }: Asked & { months: number }) {
  const { facts } = snapshot;
  const { completeUntil: end, reach } = calendarOf(snapshot, today);
  const weeks = Math.max(0, Math.floor((end - Math.max(reach.start, shiftMonths(end, -months))) / 7));
  const period = { start: end - 7 * weeks, end };
  const rows = rowsByCause(facts, period);
  return {
    period,
    weeks,
    causes: facts.causes.flatMap((cause, code): TrainingCause[] => {
      const own = rows.get(code);
      if (cause === undefined || own === undefined) return [];
      const { causeId, name, category } = cause;
      const looked = category === "staff_training" ? own : own.slice(-latestLookedAt);
      return [{ causeId, name, category, caseIds: looked.map((row) => caseIdAt(facts, row)) }];
    }),
  } satisfies TrainingCauses;
}

/** Rows stand by the day the cases happened. */
function rowsByCause({ size, incidenceDay, codes }: Facts, { start, end }: Period): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (let row = 0; row < size; row++) {
    const [day, code] = [incidenceDay[row]!, codes.cause[row]!];
    if (code === 0 || day < start || day >= end) continue;
    const own = rows.get(code);
    if (own === undefined) rows.set(code, [row]);
    else own.push(row);
  }
  return rows;
}
