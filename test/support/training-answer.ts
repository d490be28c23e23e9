import type { CaseRecord } from "#analytics/case.ts";
import { weeklyCounts } from "#analytics/second-fix/weekly-counts.ts";
import { recommendation } from "#analytics/staff/recommendation.ts";
import type { Simulation } from "#app/demo/simulate-company.ts";
import { daysOfCases } from "./judged-fixes.ts";

const weeks = 100;

/** What the recommendation says of a cause in a team: its answer, and of an individual who it is. */
export function trainingAnswer(
  company: Simulation,
  team: string,
  isOfCause: (caseId: string) => boolean,
): string {
  const daysOf = daysOfCases(company);
  const end = Math.max(...daysOf.values()) + 1;
  const period = { start: end - 7 * weeks, end };
  const dayOf = (record: CaseRecord) => daysOf.get(record.source_case_id) ?? Number.NaN;
  const recent = company.cases.filter((record) => dayOf(record) >= period.start);
  const weekly = (records: readonly CaseRecord[]) => weeklyCounts(records.map(dayOf), period);
  const byTeam = Map.groupBy(recent, (record) => record.team);
  const ofTeam = byTeam.get(team) ?? [];
  const agents = [...new Set(ofTeam.map((record) => record.handled_by_ref))].filter(
    (agent) => agent !== null,
  );
  const ofCause = recent.filter((record) => isOfCause(record.source_case_id));
  const inTeam = ofCause.filter((record) => record.team === team);
  const found = recommendation({
    category: "staff_training",
    agents: agents.map((agent) => ({
      agent,
      weeks: weekly(inTeam.filter((record) => record.concerned_agent_ref === agent)),
      handled: ofTeam.filter((record) => record.handled_by_ref === agent).length,
    })),
    volume: weekly(ofTeam),
    withoutAgent: inTeam.filter((record) => record.concerned_agent_ref === null).length,
    otherUnits: [...byTeam].flatMap(([other, handled]) =>
      other === team || other === null
        ? []
        : [
            {
              cases: ofCause.filter((record) => record.team === other && record.concerned_agent_ref !== null)
                .length,
              handled: handled.length,
            },
          ],
    ),
    contributing: { product: 0, process: 0 },
  });
  if (found?.answer !== "individual") return found?.answer ?? "cannot_tell";
  return ["individual", ...found.agents.flatMap(({ agent, standsOut }) => (standsOut ? [agent] : []))].join(
    " ",
  );
}
