import { parseDay } from "#analytics/period.ts";
import { dateText, words } from "#app/format.ts";
import type { LedgerFix } from "#app/pages/ledger.ts";
import { followedSentence, leftAloneSentence } from "#app/sentences/decision-sentences.ts";
import { answerText } from "#app/sentences/training-sentences.ts";
import { type Decisions, followsSince, scoreKey } from "./decision-queue.ts";

/** A decision, and what became of it as of today. */
export interface DecisionMade {
  key: string;
  causeId: number;
  cause: string;
  /** `YYYY-MM-DD`. */
  day: string;
  decided: string;
  reason: string;
  by: string;
  score: string;
}

/** The calls and the decisions on training, the latest first; each is scored here and nowhere else. */
export function decisionsMade({ calls, trainings, fixes, nameOf, scores }: Decisions): DecisionMade[] {
  const followed = (causeId: number, day: string) =>
    fixes
      .filter((fix) => fix.causeId === causeId && followsSince(fix, parseDay(day)!))
      .toSorted((a, b) => placedOn(a) - placedOn(b) || a.fixId - b.fixId)[0];
  const scoreOf = (key: string, causeId: number, day: string) => {
    const leftAlone = scores.get(key);
    return leftAlone === undefined ? followedSentence(followed(causeId, day)) : leftAloneSentence(leftAlone);
  };
  const made = [
    ...calls.map((call): DecisionMade => {
      const key = scoreKey("call", call.call_id);
      return {
        key,
        causeId: call.root_cause_id,
        cause: nameOf(call.root_cause_id),
        day: call.called_on,
        decided:
          call.review_on === null
            ? words(call.call)
            : `${words(call.call)} until ${dateText(call.review_on)}`,
        reason: call.reason,
        by: call.actor,
        score: scoreOf(key, call.root_cause_id, call.called_on),
      };
    }),
    ...trainings.map((one): DecisionMade => {
      const key = scoreKey("training", one.decision_id);
      return {
        key,
        causeId: one.root_cause_id,
        cause: nameOf(one.root_cause_id),
        day: one.decided_on,
        decided: `whom to train: ${answerText(one.answer)} (recommended: ${answerText(one.recommended)})`,
        reason: one.reason,
        by: one.actor,
        score: scoreOf(key, one.root_cause_id, one.decided_on),
      };
    }),
  ];
  return made.toSorted((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
}

/** What is in place speaks before what is not yet. */
function placedOn({ implementedTo }: LedgerFix): number {
  return implementedTo ?? Number.MAX_SAFE_INTEGER;
}
