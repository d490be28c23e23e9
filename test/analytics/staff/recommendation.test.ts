import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recommendation, type StaffQuestion } from "#analytics/staff/recommendation.ts";

/** Over half a year, as evenly as whole numbers can be. */
const evenly = (count: number) =>
  Array.from(
    { length: 26 },
    (_, week) => Math.floor(((week + 1) * count) / 26) - Math.floor((week * count) / 26),
  );

/** A unit of agents who handled 1,000 cases each, beside three units with 20 cases of the cause in 1,000. */
function question(cases: readonly number[], rest: Partial<StaffQuestion> = {}): StaffQuestion {
  return {
    category: "staff_training",
    agents: cases.map((count, i) => ({ agent: `agent ${i}`, weeks: evenly(count), handled: 1000 })),
    volume: Array.from({ length: 26 }, () => 40 * cases.length),
    withoutAgent: 0,
    otherUnits: [1, 2, 3].map(() => ({ cases: 80, handled: 4000 })),
    contributing: { product: 0, process: 0 },
    ...rest,
  };
}

const doubtsOf = (asked: StaffQuestion) => recommendation(asked)?.doubts;

describe("a quiet talk or a course for the unit", () => {
  it("is a talk where one stands out and the rest are as expected", () => {
    const found = recommendation(question([30, 8, 10, 9, 11]));
    expect(found).toMatchObject({ answer: "individual", doubts: [] });
    expect(found?.agents.map(({ standsOut }) => standsOut)).toEqual([true, false, false, false, false]);
  });

  it("is a talk with two, where both stand out of many", () => {
    expect(recommendation(question([30, 32, 8, 10, 9, 11, 7]))?.answer).toBe("individual");
  });

  it("is a course where all are alike, one at twice the rate would have been seen, and the unit is above the others", () => {
    const found = recommendation(question([52, 48, 50, 49]));
    expect(found).toMatchObject({ answer: "unit", doubts: [], unit: { isAbove: true } });
  });

  it("can't be told from few cases", () => {
    expect(doubtsOf(question([5, 4, 6, 5], { otherUnits: [{ cases: 2, handled: 4000 }] }))).toContain(
      "too_few_cases",
    );
  });

  it("can't be told where the unit is not above the others, or there is no other", () => {
    expect(doubtsOf(question([52, 48, 50, 49], { otherUnits: [{ cases: 200, handled: 4000 }] }))).toEqual([
      "not_above_other_units",
    ]);
    expect(doubtsOf(question([52, 48, 50, 49], { otherUnits: [] }))).toEqual(["no_other_unit"]);
  });

  it("can't be told where one agent may still be at twice the rate of the others", () => {
    expect(doubtsOf(question([34, 24, 24, 24], { otherUnits: [{ cases: 20, handled: 4000 }] }))).toContain(
      "twice_not_excluded",
    );
  });

  it("can't be told where the others differ as well", () => {
    expect(doubtsOf(question([90, 40, 12, 41, 38, 10]))).toContain("others_differ");
  });

  it("can't be told of three who stand out, nor of one of two", () => {
    expect(doubtsOf(question([40, 41, 42, 5, 6, 5, 4, 6]))).toContain("many_stand_out");
    expect(doubtsOf(question([40, 8]))).toEqual(["too_few_agents", "many_stand_out"]);
  });

  it("can't be told where more than a fifth of the cases name nobody", () => {
    expect(recommendation(question([30, 8, 10, 9, 11], { withoutAgent: 17 }))?.answer).toBe("individual");
    const found = recommendation(question([30, 8, 10, 9, 11], { withoutAgent: 18 }));
    expect(found).toMatchObject({
      answer: "cannot_tell",
      doubts: ["agents_unknown"],
      cases: 86,
      compared: 68,
    });
  });

  it("needs more of one whose cases come in bursts, as those of the others do", () => {
    const inBursts = (count: number) =>
      Array.from({ length: 26 }, (_, week) => (week % 13 === 5 ? count / 2 : 0));
    const asked = question([30, 10, 10, 10, 10]);
    const agents = asked.agents.map((agent, i) => ({ ...agent, weeks: inBursts(i === 0 ? 30 : 10) }));
    const found = recommendation({ ...asked, agents });
    expect(found?.answer).toBe("cannot_tell");
    expect(found?.weeklyDispersion).toBeGreaterThan(2);
    expect(recommendation(asked)).toMatchObject({ answer: "individual", weeklyDispersion: 1 });
  });

  it("allows the others as much as their weeks vary", () => {
    const asked = question([12, 10, 8, 14, 6]);
    const agents = asked.agents.map((agent) => ({
      ...agent,
      weeks: agent.weeks.map((_, week) => (week % 13 === 5 ? agent.weeks.reduce((a, b) => a + b, 0) / 2 : 0)),
    }));
    const [even, inBursts] = [asked, { ...asked, agents }].map((each) => recommendation(each));
    expect(inBursts?.weeklyDispersion).toBeGreaterThan(2);
    expect(inBursts!.dispersion!.chiSquare * inBursts!.weeklyDispersion!).toBeCloseTo(
      even!.dispersion!.chiSquare,
      9,
    );
  });

  it("can't be told from fewer than eight weeks", () => {
    const asked = question([30, 8, 10, 9, 11]);
    const agents = asked.agents.map((agent) => ({ ...agent, weeks: agent.weeks.slice(0, 7).fill(4) }));
    const found = recommendation({ ...asked, agents, volume: asked.volume.slice(0, 7) });
    expect(found).toMatchObject({ weeklyDispersion: null, answer: "cannot_tell" });
    expect(found?.doubts).toContain("too_few_weeks");
  });

  it("counts the cases of an agent who handled nothing as not compared", () => {
    const asked = question([30, 8, 10, 9, 11]);
    const agents = [...asked.agents, { agent: "lead", weeks: evenly(3), handled: 0 }];
    expect(recommendation({ ...asked, agents })).toMatchObject({
      answer: "individual",
      cases: 71,
      compared: 68,
    });
  });

  it("is no question where no case names a concerned agent, or the cause is of another kind", () => {
    expect(recommendation(question([0, 0, 0], { withoutAgent: 40 }))).toBeNull();
    expect(recommendation(question([30, 8, 10, 9, 11], { category: "process" }))).toBeNull();
    expect(recommendation(question([30, 8, 10, 9, 11], { category: null }))).toBeNull();
  });

  it("warns where product or process causes have a part in it", () => {
    const asked = question([30, 8, 10, 9, 11], { contributing: { product: 0, process: 6 } });
    expect(recommendation(asked)?.warnings).toEqual([{ category: "process", cases: 6 }]);
  });

  it("is answered alike in any order of the agents and the units", () => {
    const counts = fc.array(fc.nat(40), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(counts, fc.array(fc.nat(100), { maxLength: 4 }), (cases, others) => {
        const otherUnits = others.map((n, i) => ({ cases: n, handled: 2000 + i }));
        const asked = question(cases, { otherUnits });
        const turned = {
          ...asked,
          agents: asked.agents.toReversed(),
          otherUnits: asked.otherUnits.toReversed(),
        };
        expect(recommendation(turned)?.answer).toBe(recommendation(asked)?.answer);
        expect(recommendation(turned)?.doubts).toEqual(recommendation(asked)?.doubts);
      }),
    );
  });
});
