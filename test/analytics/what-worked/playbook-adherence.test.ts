import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilson } from "#analytics/statistics/wilson.ts";
import {
  type Playbook,
  type PlayedCase,
  playbookAdherence,
} from "#analytics/what-worked/playbook-adherence.ts";

const first: Playbook = {
  version: 1,
  from: 100,
  helpers: ["North", "South"],
  highestLevel: 2,
  offers: ["apology", "refund"],
  ceilingMinor: 5000,
};
const asItSays: PlayedCase = {
  on: 100,
  team: "North",
  escalationLevel: 2,
  remedies: ["apology", "refund"],
  compensationMinor: 5000,
};
const ruleOf = (cases: PlayedCase[], rule: string, versions = [first]) =>
  playbookAdherence(versions, cases).versions[0]!.rules.find((one) => one.rule === rule)!;

describe("the adherence to a playbook", () => {
  it("is told of each rule apart, with the cases that broke it, and no unknown is a breach", () => {
    const cases: PlayedCase[] = [
      asItSays,
      { ...asItSays, team: "East" },
      { ...asItSays, team: null },
      { ...asItSays, escalationLevel: 3 },
      { ...asItSays, remedies: ["refund", "goodwill"] },
      { ...asItSays, remedies: ["none"] },
      { ...asItSays, remedies: null, compensationMinor: null },
      { ...asItSays, compensationMinor: 5001 },
    ];
    expect(ruleOf(cases, "helper")).toEqual({
      rule: "helper",
      kept: { hits: 6, n: 7, share: 6 / 7, interval: wilson(6, 7) },
      unknown: 1,
      broken: [1],
    });
    expect(ruleOf(cases, "ladder")).toMatchObject({ kept: { hits: 7, n: 8 }, unknown: 0, broken: [3] });
    expect(ruleOf(cases, "offers")).toMatchObject({ kept: { hits: 6, n: 7 }, unknown: 1, broken: [4] });
    expect(ruleOf(cases, "ceiling")).toMatchObject({ kept: { hits: 6, n: 7 }, unknown: 1, broken: [7] });
    // 1, 3, 4 and 7 broke a rule; of 2 and 6 one is not known
    expect(playbookAdherence([first], cases).versions[0]).toMatchObject({
      whole: { hits: 2, n: 6 },
      unknown: 2,
      cases: 8,
    });
  });

  it("knows nothing of a case as a whole of which one rule is unknown, also where another is broken", () => {
    const [version] = playbookAdherence([first], [{ ...asItSays, team: "East", remedies: null }]).versions;
    expect(version).toMatchObject({ whole: { n: 0, share: null }, unknown: 1 });
  });

  it("asks nothing by a rule that is not set", () => {
    const open = { ...first, helpers: null, offers: null };
    const cases = [{ ...asItSays, team: "East", remedies: null }];
    expect(ruleOf(cases, "helper", [open])).toMatchObject({ kept: { n: 0, share: null }, unknown: 0 });
    expect(playbookAdherence([open], cases).versions[0]?.whole).toMatchObject({ hits: 1, n: 1 });
    const empty = { ...open, highestLevel: null, ceilingMinor: null };
    expect(playbookAdherence([empty], cases).versions[0]).toMatchObject({
      whole: { n: 0, share: null },
      unknown: 0,
    });
  });

  it("forbids every offer but none where nothing may be offered, and any payment under a ceiling of 0", () => {
    const strict = { ...first, offers: [], ceilingMinor: 0 };
    const cases: PlayedCase[] = [
      { ...asItSays, remedies: ["none"], compensationMinor: 0 },
      { ...asItSays, remedies: ["apology"], compensationMinor: 1 },
    ];
    expect(ruleOf(cases, "offers", [strict])).toMatchObject({ kept: { hits: 1, n: 2 }, broken: [1] });
    expect(ruleOf(cases, "ceiling", [strict])).toMatchObject({ kept: { hits: 1, n: 2 }, broken: [1] });
  });

  it("measures each case by the version of its day, and none of the days before the first", () => {
    const second = { ...first, version: 2, from: 200, highestLevel: 1 };
    const cases = [99, 100, 199, 200, 201].map((on) => ({ ...asItSays, on }));
    const { versions, beforeFirst } = playbookAdherence([second, first], cases);
    expect(beforeFirst).toBe(1);
    expect(versions).toMatchObject([
      { version: 1, cases: 2, whole: { hits: 2, n: 2 } },
      { version: 2, cases: 2, whole: { hits: 0, n: 2 } },
    ]);
    expect(versions[1]?.rules.find(({ rule }) => rule === "ladder")?.broken).toEqual([3, 4]);
    expect(() => playbookAdherence([first, { ...second, from: 100 }], [])).toThrow("two from day 100");
  });

  it("counts each case once, in any order, and a looser rule is kept no less", () => {
    const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
    const cases = fc.array(
      fc.record({
        on: fc.integer({ min: 0, max: 300 }),
        team: orNull(fc.constantFrom("North", "East")),
        escalationLevel: orNull(fc.integer({ min: 0, max: 5 })),
        remedies: orNull(fc.subarray(["apology", "refund", "goodwill"] as const)),
        compensationMinor: orNull(fc.integer({ min: 0, max: 9000 })),
      }),
    );
    const figures = (playbook: Playbook, some: readonly PlayedCase[]) => {
      const { versions, beforeFirst } = playbookAdherence([playbook], some);
      const [{ rules, whole, unknown, cases: n }] = versions as [(typeof versions)[0]];
      const counts = rules.map(({ kept, unknown: notKnown }) => ({ hits: kept.hits, n: kept.n, notKnown }));
      return { counts, whole, unknown, n, beforeFirst };
    };
    fc.assert(
      fc.property(cases, (some) => {
        const { counts, whole, unknown, n, beforeFirst } = figures(first, some);
        expect(n + beforeFirst).toBe(some.length);
        expect(whole.n + unknown).toBe(n);
        for (const rule of counts) expect(rule.n + rule.notKnown).toBe(n);
        expect(figures(first, some.toReversed())).toEqual({ counts, whole, unknown, n, beforeFirst });
        const looser = figures({ ...first, highestLevel: 4, ceilingMinor: 8000 }, some);
        looser.counts.forEach((rule, i) => expect(rule.hits).toBeGreaterThanOrEqual(counts[i]!.hits));
        expect(looser.unknown).toBe(unknown);
      }),
    );
  });
});
