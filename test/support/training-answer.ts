import { type CauseRecommendation, causeRecommendation } from "#analytics/staff/cause-recommendation.ts";
import type { HandledCases } from "#analytics/staff/unit-questions.ts";
import type { Simulation } from "#app/demo/simulate-company.ts";
import { daysOfCases } from "./judged-fixes.ts";

/** The weeks of the page, from 24 months. */
export const pageWeeks = 104;

/** Whom to train, asked of a cause that is called one of staff training. */
export type AskTraining = (isOfCause: (caseId: string) => boolean) => CauseRecommendation;

/** Asks of the last weeks of a company, as its page does: by the cases of the cause, and all that was handled. */
export function trainingOf(company: Simulation, weeks = pageWeeks): AskTraining {
  const daysOf = daysOfCases(company);
  const end = Math.max(...daysOf.values()) + 1;
  const recent = company.cases.flatMap((record) => {
    const week = Math.floor((daysOf.get(record.source_case_id)! - (end - 7 * weeks)) / 7); // each case has its day
    return week < 0 ? [] : [{ record, week }];
  });
  const handled = recent.flatMap(({ record: { team: unit, handled_by_ref: agent }, week }): HandledCases[] =>
    agent === null ? [] : [{ unit, agent, week, cases: 1 }],
  );
  const contributing = { product: false, process: false };
  return (isOfCause) =>
    causeRecommendation(
      "staff_training",
      recent.flatMap(({ record, week }) =>
        isOfCause(record.source_case_id)
          ? [{ week, unit: record.team, agent: record.concerned_agent_ref, contributing }]
          : [],
      ),
      handled,
      weeks,
    );
}

/** An answer with whom it is for: "individual AG-103", "unit Live Chat", or that it is like a process. */
export function answerOf({ answer, units, everywhereAlike }: CauseRecommendation): string {
  const told = units.flatMap(({ unit, found }) => {
    if (found.answer === "cannot_tell") return [];
    if (found.answer === "unit") return [`unit ${unit}`];
    return [
      `individual ${found.agents.flatMap(({ agent, standsOut }) => (standsOut ? [agent] : [])).join(" ")}`,
    ];
  });
  if (told.length > 0) return told.join(", ");
  return `${answer ?? "no recommendation"}${everywhereAlike ? ", like a process" : ""}`;
}
