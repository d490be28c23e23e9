import { describe, expect, it } from "vitest";
import { causeRecommendation } from "#analytics/staff/cause-recommendation.ts";
import { type ConcernedCase, type HandledCases, unitQuestions } from "#analytics/staff/unit-questions.ts";

const weeks = 52;

/** So many cases a week were handled by each agent of a unit. */
function handledBy(units: Readonly<Record<string, readonly string[]>>, each = 20): HandledCases[] {
  return Object.entries(units).flatMap(([unit, agents]) =>
    agents.flatMap((agent) =>
      Array.from({ length: weeks }, (_, week) => ({ unit, agent, week, cases: each })),
    ),
  );
}

/** Cases about somebody's work, spread over the weeks. */
function about(agent: string | null, count: number, unit: string | null = null): ConcernedCase[] {
  return Array.from({ length: count }, (_, i) => ({
    week: Math.floor((i * weeks) / count),
    unit,
    agent,
    contributing: { product: false, process: false },
  }));
}

const company = {
  Phone: ["p1", "p2", "p3", "p4", "p5"],
  Chat: ["c1", "c2", "c3", "c4"],
  Email: ["e1", "e2", "e3", "e4"],
};
const handled = handledBy(company);
const everybody = Object.values(company).flat();
const fair = (each: number) => everybody.flatMap((agent) => about(agent, each));
const answered = (cases: readonly ConcernedCase[]) =>
  causeRecommendation("staff_training", cases, handled, weeks);

describe("whom to train for a cause", () => {
  it("is one agent, named in the unit that the agent belongs to", () => {
    const found = answered([...fair(10), ...about("p3", 30)]);
    expect(found).toMatchObject({ answer: "individual", everywhereAlike: false });
    const [phone] = found.units.filter(({ found: { answer } }) => answer === "individual");
    expect(phone?.unit).toBe("Phone");
    expect(phone?.found.agents.filter(({ standsOut }) => standsOut).map(({ agent }) => agent)).toEqual([
      "p3",
    ]);
  });

  it("is a unit where all its agents are alike and far above the others", () => {
    const found = answered([...fair(10), ...company.Chat.flatMap((agent) => about(agent, 60))]);
    expect(found.answer).toBe("unit");
    expect(found.units.filter(({ found: { answer } }) => answer === "unit").map(({ unit }) => unit)).toEqual([
      "Chat",
    ]);
  });

  it("is nobody, with the word that it looks like a process, where agents and units are alike", () => {
    expect(answered(fair(15))).toMatchObject({ answer: "cannot_tell", everywhereAlike: true });
  });

  it("does not look like a process from few cases, where a unit may be far from the others, or where one is", () => {
    const manyUnits = Object.fromEntries(
      Array.from({ length: 7 }, (_, i) => [`Unit ${i}`, [`${i}a`, `${i}b`]]),
    );
    const few = Object.values(manyUnits).flatMap((agents) => agents.flatMap((agent) => about(agent, 2)));
    expect(causeRecommendation("staff_training", few, handledBy(manyUnits), weeks).everywhereAlike).toBe(
      false,
    );
    expect(answered(fair(3)).everywhereAlike).toBe(false);
    const inChat = company.Chat.flatMap((agent) => about(agent, 12));
    expect(answered([...fair(6), ...inChat]).everywhereAlike).toBe(false);
  });

  it("is not asked where no case names anybody, or the cause is of another kind", () => {
    expect(answered(about(null, 80, "Phone"))).toMatchObject({
      answer: null,
      cases: 80,
      named: 0,
      units: [],
    });
    const process = causeRecommendation("process", fair(15), handled, weeks);
    expect(process).toMatchObject({ answer: null, units: [] });
  });

  it("shares the 5 % that may err among the units asked", () => {
    const alone = answered([...about("p1", 20), ...["p2", "p3", "p4", "p5"].flatMap((p) => about(p, 9))]);
    const beside = answered([
      ...about("p1", 20),
      ...["p2", "p3", "p4", "p5"].flatMap((p) => about(p, 9)),
      ...[...company.Chat, ...company.Email].flatMap((agent) => about(agent, 9)),
    ]);
    const pOf = ({ units }: typeof alone) =>
      units.find(({ unit }) => unit === "Phone")!.found.agents[0]!.adjusted;
    expect(pOf(beside)).toBeCloseTo(3 * pOf(alone), 10);
  });
});

describe("the question of each unit", () => {
  it("counts an agent where most was handled, and a case where its agent belongs, else where it came to", () => {
    const visits: HandledCases[] = [{ unit: "Email", agent: "p1", week: 0, cases: 5 }];
    const cases = [...about("p1", 3, "Email"), ...about(null, 2, "Chat"), ...about("stranger", 1, "Chat")];
    const asked = unitQuestions("staff_training", cases, [...handled, ...visits], weeks);
    expect(asked.map(({ unit }) => unit)).toEqual(["Chat", "Email", "Phone"]);
    const [chat, email, phone] = asked.map(({ question }) => question);
    expect(phone!.agents.find(({ agent }) => agent === "p1")).toMatchObject({ handled: 20 * weeks + 5 });
    expect(phone!.agents[0]!.weeks.reduce((a, b) => a + b)).toBe(3);
    expect(chat).toMatchObject({ withoutAgent: 2 });
    expect(chat!.agents.at(-1)).toMatchObject({ agent: "stranger", handled: 0 });
    expect(email!.agents.every(({ weeks: own }) => own.every((count) => count === 0))).toBe(true);
    expect(phone!.otherUnits).toMatchObject([{ cases: 0 }, { cases: 0, handled: 4 * 20 * weeks }]);
  });
});
