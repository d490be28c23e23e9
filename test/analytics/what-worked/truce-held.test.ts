import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilson } from "#analytics/statistics/wilson.ts";
import { type SettledCase, truceBreaks, truceHeld } from "#analytics/what-worked/truce-held.ts";

const quiet = { reopened: Infinity, repeat_contact: Infinity, public_message: Infinity };
const settled = (daysTo: Partial<SettledCase["daysTo"]>, settledOn = 0): SettledCase => ({
  settledOn,
  daysTo: { ...quiet, ...daysTo },
});

/** Ten cases whose 90 days are over, and what is counted of them by hand. */
const ten: SettledCase[] = [
  ...Array.from({ length: 5 }, () => settled({})),
  settled({ reopened: 90 }), // the last day counts
  settled({ repeat_contact: 91 }), // too late to break it
  settled({ public_message: 0 }),
  settled({ public_message: null }), // quiet, as far as is known
  settled({ reopened: 3, public_message: null }), // broken, but another sign is unknown
];

describe("the truce held", () => {
  it("where no sign came within the days, of the cases of which all signs are known", () => {
    const { held, unknown, waiting } = truceHeld(ten, 90, 1000);
    expect(held).toEqual({ hits: 6, n: 8, share: 0.75, interval: wilson(6, 8) });
    expect({ unknown, waiting }).toEqual({ unknown: 2, waiting: 0 });
  });

  it("is broken by each sign apart, of the cases of which that sign is known", () => {
    const { brokenBy } = truceHeld(ten, 90, 1000);
    expect(brokenBy.reopened).toMatchObject({ share: { hits: 2, n: 10 }, unknown: 0 });
    expect(brokenBy.repeat_contact).toMatchObject({ share: { hits: 0, n: 10 }, unknown: 0 });
    expect(brokenBy.public_message).toMatchObject({ share: { hits: 1, n: 8 }, unknown: 2 });
  });

  it("waits for cases whose days are not over, also for those that are broken already", () => {
    const cases = [settled({}, 9), settled({}, 10), settled({ reopened: 1 }, 10), settled({}, 50)];
    expect(truceHeld(cases, 90, 100)).toMatchObject({ held: { hits: 1, n: 1 }, waiting: 3, unknown: 0 });
  });

  it("is unknown, not broken, where a source is silent about a sign or no days are over", () => {
    const silent = [settled({ public_message: null }), settled({ public_message: null, reopened: 2 })];
    expect(truceHeld(silent, 90, 1000)).toMatchObject({ held: { n: 0, share: null }, unknown: 2 });
    expect(truceHeld(ten, 90, 90)).toMatchObject({ held: { n: 0, share: null }, waiting: 10 });
    expect(truceHeld([], 90, 90).held.share).toBeNull();
  });

  it("counts each case once, in any order, and holds less the longer it must", () => {
    const days = fc.oneof(fc.constant(null), fc.constant(Infinity), fc.integer({ min: 0, max: 200 }));
    const cases = fc.array(
      fc.record({
        settledOn: fc.integer({ min: 0, max: 300 }),
        daysTo: fc.record({ reopened: days, repeat_contact: days, public_message: days }),
      }),
    );
    fc.assert(
      fc.property(cases, (some) => {
        const { held, waiting, unknown, brokenBy } = truceHeld(some, 90, 300);
        expect(held.n + waiting + unknown).toBe(some.length);
        expect(truceHeld(some.toReversed(), 90, 300)).toEqual({ held, waiting, unknown, brokenBy });
        for (const sign of truceBreaks)
          expect(brokenBy[sign].share.n + brokenBy[sign].unknown).toBe(some.length - waiting);
        const [sooner, later] = [30, 90].map((quietDays) => truceHeld(some, quietDays, 1000).held);
        expect(later!.hits).toBeLessThanOrEqual(sooner!.hits);
      }),
    );
  });
});
