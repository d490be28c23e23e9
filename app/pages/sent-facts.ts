import type { CaseIds, Facts } from "#analytics/facts/facts.ts";
import { caseIdsIn } from "./case-ids-file.ts";

/** Columns as plain data, to be sent to another thread: the arrays lie in memory that it sees as well. */
export type SentFacts = Omit<Facts, "caseIds"> & { caseIds: Pick<CaseIds, "place"> };

export function sentFacts(facts: Facts): SentFacts {
  return { ...facts, caseIds: { place: facts.caseIds.place } };
}

/** @param caseIds what reads the ids where they are; left out: it is made */
export function receivedFacts(sent: SentFacts, caseIds = caseIdsIn(sent.caseIds.place)): Facts {
  return { ...sent, caseIds };
}
