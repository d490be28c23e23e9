import { describe, expect, it } from "vitest";
import { resolutionTimesBy } from "#analytics/metrics/resolution-times.ts";
import { parseDay } from "#analytics/period.ts";
import { factsOf } from "#test/support/facts.ts";

const through = parseDay("2026-01-31") ?? 0;
const everything = (size: number) => Uint32Array.from({ length: size }, (_, i) => i);

describe("times to resolve", () => {
  it("count open cases as longer than they have taken, never as none", () => {
    const resolved = [1, 2, 3, 4].map((days) => ({ on: "2026-01-01", daysToResolve: days }));
    const open = [1, 2, 3, 4].map(() => ({ on: "2026-01-11", resolvedOn: null }));
    const closedOnly = factsOf(resolved);
    const both = factsOf([...resolved, ...open]);
    const [without] = resolutionTimesBy(closedOnly, everything(4), "status", through);
    expect(without).toMatchObject({
      cases: 4,
      resolved: 4,
      open: 0,
      median: { value: 2 },
      p90: { value: 4 },
    });
    const groups = resolutionTimesBy(both, everything(8), "severity", through);
    expect(groups).toMatchObject([
      { group: { value: null }, cases: 8, resolved: 4, open: 4, median: { value: 4 }, p90: { value: null } },
    ]);
  });

  it("leave out cases without both times, and groups without any", () => {
    const facts = factsOf([{ on: "2026-01-01", daysToResolve: null }]);
    expect(resolutionTimesBy(facts, everything(1), "status", through)).toEqual([]);
  });
});
