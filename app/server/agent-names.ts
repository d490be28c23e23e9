import type { CauseRecommendation } from "#analytics/staff/cause-recommendation.ts";
import { labelAgents } from "#app/staff/agent-labels.ts";
import { recordReveal } from "#db/queries/training-decisions.ts";
import { forbidden } from "./http-errors.ts";
import type { Services } from "./services.ts";

/** By label, as "Agent A": who it is. */
export type AgentNames = Record<string, string>;

/** The one place that says who may see the names of agents. There are no roles yet: whoever uses this program may. */
function mayRevealAgents(_actor: string): boolean {
  return true;
}

/** The names behind the labels of a question, for the one page that asked; it is kept who asked, and why. */
export async function revealAgents(
  { database }: Pick<Services, "database">,
  workspaceId: number,
  asked: { causeId: number; found: CauseRecommendation; reason: string; actor: string },
): Promise<AgentNames> {
  const { causeId, found, reason, actor } = asked;
  if (!mayRevealAgents(actor)) throw forbidden("The names of agents are for managers.");
  const names = labelAgents(found).flatMap(({ agents }, index) =>
    agents.map(({ label, place }) => [label, found.units[index]!.found.agents[place]!.agent]),
  );
  await recordReveal(database.db, workspaceId, { causeId, agents: names.length, reason, actor });
  return Object.fromEntries(names);
}
