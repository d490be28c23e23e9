import type { CauseProfile } from "./planted-truth.ts";
import type { Random } from "./random.ts";

/** Agents of each team; the number is the share of a full post, so the volume of work differs between them. */
const teams: Record<string, Record<string, number>> = {
  Phone: {
    "AG-101": 1,
    "AG-102": 0.8,
    "AG-103": 1,
    "AG-104": 1,
    "AG-105": 0.5,
    "AG-106": 1,
    "AG-107": 0.9,
    "AG-108": 0.6,
    "AG-109": 1,
  },
  "Live Chat": {
    "AG-201": 1,
    "AG-202": 1,
    "AG-203": 0.6,
    "AG-204": 0.8,
    "AG-205": 1,
    "AG-206": 0.9,
    "AG-207": 1,
  },
  Email: {
    "AG-301": 1,
    "AG-302": 0.7,
    "AG-303": 1,
    "AG-304": 1,
    "AG-305": 0.8,
    "AG-306": 1,
    "AG-307": 0.5,
    "AG-308": 1,
  },
  "Returns Desk": { "AG-401": 1, "AG-402": 1, "AG-403": 0.8, "AG-404": 0.6, "AG-405": 1 },
};

const teamOf = new Map(
  Object.entries(teams).flatMap(([team, agents]) => Object.keys(agents).map((agent) => [agent, team])),
);

/** Who answered a case, and whose work it is about. The team is that of the concerned agent, where there is one. */
export type Roster = { team: string; handledBy: string; concerned: string | null };

/** Where a channel usually ends up. */
const homeTeam: Record<string, string> = {
  phone: "Phone",
  chat: "Live Chat",
  email: "Email",
  "social media": "Email",
  "review site": "Email",
};
const homeFactor = 3;

/** Gives a case to somebody. */
export type Staff = { assign(cause: CauseProfile, channel: string): Roster };

/**
 * Assigns agents, and keeps the tally of who handled how much: a complaint about somebody's work falls on an
 * agent in proportion to the work done so far, except where the planted cause says otherwise.
 */
export function createStaff(random: Random): Staff {
  const handled: Record<string, number> = Object.fromEntries(Object.values(teams).flatMap(Object.entries));

  return {
    assign: (cause, channel) => {
      const concerned = cause.concerned
        ? random.weighted(blameWeights(cause.concerned, handled, random))
        : null;
      const team = (concerned && teamOf.get(concerned)) ?? random.weighted(teamWeights(cause, channel));
      const colleagues = { ...agentsOf(team) };
      if (concerned) delete colleagues[concerned];
      const handledBy = random.weighted(colleagues);
      // Colleagues of a concerned agent inherit her cases: counting them would shift the tally to her team.
      if (!concerned) handled[handledBy] = (handled[handledBy] ?? 0) + 1;
      return { team, handledBy, concerned };
    },
  };
}

function teamWeights({ teams: leanings }: CauseProfile, channel: string): Record<string, number> {
  const home = homeTeam[channel] ?? "Email";
  return { ...leanings, [home]: (leanings[home] ?? 1) * homeFactor };
}

function blameWeights(
  concerned: NonNullable<CauseProfile["concerned"]>,
  handled: Readonly<Record<string, number>>,
  random: Random,
): Readonly<Record<string, number>> {
  if (concerned.kind === "spread") return handled;
  if (concerned.kind === "agent") {
    return { ...handled, [concerned.agent]: (handled[concerned.agent] ?? 0) * concerned.factor };
  }
  const inside = random.chance(concerned.share);
  const entries = Object.entries(handled);
  return Object.fromEntries(entries.filter(([agent]) => (teamOf.get(agent) === concerned.team) === inside));
}

function agentsOf(team: string): Record<string, number> {
  const agents = teams[team];
  if (agents) return agents;
  throw new Error(`Got the team "${team}", expected one of ${Object.keys(teams).join(", ")}`);
}
