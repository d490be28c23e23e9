import { describe, expect, it } from "vitest";
import { fixFunnel } from "#analytics/second-fix/fix-funnel.ts";
import { type CountedFix, daysToSecondFix, fixLeague } from "#analytics/second-fix/fix-league.ts";
import { fixPayback } from "#analytics/second-fix/fix-payback.ts";
import { factsOf } from "#test/support/facts.ts";
import { measured } from "#test/support/findings.ts";

describe("the funnel", () => {
  const on = "2026-03-02";
  const facts = factsOf([
    { on },
    { on, causeId: 7 },
    { on, causeId: 7 },
    { on, causeId: 9 },
    { on, causeId: 12 },
    { on, causeId: 12 },
    { on, causeId: 15 },
  ]);
  const everyRow = Uint32Array.from({ length: facts.size }, (_, row) => row);
  const none = { isDecided: false, isImplemented: false, isVerified: false };
  const progress = new Map([
    [7, { isDecided: true, isImplemented: true, isVerified: true }],
    [9, { ...none, isDecided: true }],
    [12, { ...none, isImplemented: true }],
  ]);

  it("counts the cases and causes of each step, each a part of the one before", () => {
    const rows = fixFunnel(facts, everyRow, progress);
    expect(rows.map(({ step, cases, causes }) => [step, cases.hits, causes])).toEqual([
      ["resolved", 7, null],
      ["cause_assigned", 6, 4],
      ["decided", 5, 3], // doing it is deciding it
      ["implemented", 4, 2],
      ["verified", 2, 1],
    ]);
    expect(rows.every(({ cases }) => cases.n === 7)).toBe(true);
    expect(rows.at(-1)?.cases).toMatchObject({ share: 2 / 7, interval: { low: expect.closeTo(0.0822, 3) } }); // by the formula of Wilson 1927
  });

  it("of no case has no share", () => {
    expect(fixFunnel(facts, new Uint32Array(), progress).at(-1)?.cases).toMatchObject({
      hits: 0,
      share: null,
    });
  });
});

function fixOf(rest: Partial<CountedFix>): CountedFix {
  return { kind: "training", openedOn: 0, implementedTo: 50, isDropped: false, verdict: null, ...rest };
}

describe("the league of kinds", () => {
  it("counts what holds of what was conclusive, and leaves out kinds that nothing was done by", () => {
    const fixes = [
      fixOf({ verdict: "effective" }),
      fixOf({ verdict: "regressed" }),
      fixOf({ verdict: "inconclusive" }),
      fixOf({}),
      fixOf({ implementedTo: null }),
      fixOf({ kind: "process", verdict: "harmful" }),
      fixOf({ kind: "policy", implementedTo: null }),
    ];
    expect(
      fixLeague(fixes).map(({ verified, ...rest }) => ({ ...rest, hits: verified.hits, n: verified.n })),
    ).toEqual([
      { kind: "training", implemented: 4, hits: 1, n: 2, harmful: 0, inconclusive: 1, open: 1 },
      { kind: "process", implemented: 1, hits: 0, n: 1, harmful: 1, inconclusive: 0, open: 0 },
    ]);
  });
});

describe("the days to the second fix", () => {
  it("know those that are not in place as longer, and nothing of those that were dropped", () => {
    const fixes = [10, 20, 30].map((implementedTo) => fixOf({ implementedTo }));
    expect(daysToSecondFix(fixes, 100).median.value).toBe(20);
    const open = fixOf({ implementedTo: null });
    expect(daysToSecondFix([...fixes, open, open, open], 100)).toMatchObject({
      median: { value: 30 },
      n: 6,
      open: 3,
    });
    expect(daysToSecondFix([...fixes, fixOf({ isDropped: true, implementedTo: null })], 100).n).toBe(3);
  });
});

describe("the payback of a fix", () => {
  const perCase = { mean: 1000, interval: null, known: 10, n: 10 };

  it("is its cost over what the cases cost that no longer come", () => {
    // 6 cases a week before at an equal volume, a fifth of them left: 4.8 a week saved, at 10.00 each
    const payback = fixPayback(48_000, measured, perCase)!;
    expect(payback.weeks).toBeCloseTo(10, 10);
    expect(payback.soonest).toBeCloseTo(48_000 / (6 * (1 - measured.change!.interval.low) * 1000), 10);
    expect(payback.latest).toBeCloseTo(48_000 / (6 * (1 - measured.change!.interval.high) * 1000), 10);
  });

  it("takes the volume since into account, and the one before where no case is left", () => {
    const twice = { ...measured, rawRatio: 0.4 }; // the ratio of the fix is .2: twice the volume
    expect(fixPayback(48_000, twice, perCase)?.weeks).toBeCloseTo(5, 10);
    const none = { ...measured, rawRatio: 0, change: { ratio: 0, interval: { low: 0, high: 0.06 } } };
    expect(fixPayback(48_000, none, perCase)?.weeks).toBeCloseTo(8, 10);
  });

  it("is never where the rate rose, and unknown where the cost or the change is", () => {
    const worse = { ...measured, rawRatio: 2, change: { ratio: 2, interval: { low: 1.5, high: 2.6 } } };
    expect(fixPayback(1, worse, perCase)).toEqual({ weeks: null, soonest: null, latest: null });
    expect(fixPayback(null, measured, perCase)).toBeNull();
    expect(fixPayback(1, measured, null)).toBeNull();
    expect(fixPayback(1, { ...measured, change: null }, perCase)).toBeNull();
  });
});
