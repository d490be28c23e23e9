import { describe, expect, it } from "vitest";
import { causeMovements } from "#analytics/metrics/cause-movements.ts";
import { pageOfVerbs } from "#test/calibration/page-of-verbs.ts";
import { type CaseSketch, dayOf, factsOf } from "#test/support/facts.ts";
import { burst } from "#test/support/findings.ts";

const quarter = { start: dayOf("2026-07-01"), end: dayOf("2026-10-01") };
const many = (n: number, on: string, causeId: number): CaseSketch[] =>
  Array.from({ length: n }, () => ({ on, causeId }));
/** A case long ago, so that the data reach back further than "new" looks. */
const history: CaseSketch = { on: "2024-01-01", causeId: 15 };
const movementOf = (sketches: CaseSketch[], causeId: number) =>
  causeMovements(factsOf([history, ...sketches]), quarter, 3, []).find(
    (entry) => entry.cause.causeId === causeId,
  );

describe("causeMovements", () => {
  it("says that a cause rose or fell when the exact test allows it", () => {
    expect(movementOf([...many(40, "2026-05-01", 7), ...many(90, "2026-08-01", 7)], 7)?.movement).toBe(
      "rose",
    );
    expect(movementOf([...many(90, "2026-05-01", 7), ...many(40, "2026-08-01", 7)], 7)?.movement).toBe(
      "fell",
    );
  });

  it("says nothing of a change that chance makes, however large it looks", () => {
    const entry = movementOf([...many(20, "2026-05-01", 7), ...many(10, "2026-08-01", 7)], 7);
    expect(entry).toMatchObject({ movement: null, saying: "rate", cases: 10, previous: 20 });
  });

  it("has no verb under thirty cases, even where the test passes", () => {
    const entry = movementOf([...many(2, "2026-05-01", 7), ...many(20, "2026-08-01", 7)], 7);
    expect(entry?.q).toBeLessThan(0.01);
    expect(entry).toMatchObject({ movement: null, saying: "rate" });
  });

  it("calls new what was not seen for four quarters, from five cases", () => {
    expect(movementOf(many(9, "2026-08-01", 9), 9)?.movement).toBe("new");
    expect(movementOf(many(4, "2026-08-01", 9), 9)?.movement).toBeNull();
    expect(
      movementOf([{ on: "2025-09-01", causeId: 9 }, ...many(9, "2026-08-01", 9)], 9)?.movement,
    ).toBeNull();
  });

  it("says of what was away for four quarters that it returned, and when each was last seen", () => {
    const back = (...before: string[]) =>
      movementOf([...before.map((on) => ({ on, causeId: 9 })), ...many(9, "2026-08-01", 9)], 9);
    expect(back("2025-06-30")).toMatchObject({ movement: "returned", seen: "long_ago" });
    expect(back()).toMatchObject({ movement: "new", seen: "never" });
    expect(back("2025-06-30", "2025-07-01")).toMatchObject({ movement: null, seen: "lately" });
    expect(movementOf([{ on: "2025-06-30", causeId: 9 }, ...many(4, "2026-08-01", 9)], 9)).toMatchObject({
      movement: null,
      seen: "long_ago",
    });
  });

  it("holds what else the page tests of its causes for the same family", () => {
    const facts = factsOf([history, ...many(40, "2026-05-01", 7), ...many(90, "2026-08-01", 7)]);
    const q = (ps: number[]) =>
      causeMovements(
        facts,
        quarter,
        3,
        [],
        ps.map((p) => ({ ...burst, p })),
      )[0]!.q;
    expect(q([0.9, 0.8])).toBeCloseTo(3 * q([]), 12);
    expect(q([])).toBe(causeMovements(facts, quarter, 3, [])[0]!.q);
  });

  it("finds a burst where the whole family allows it, whatever its cause's count did", () => {
    const facts = factsOf([history, ...many(20, "2026-05-01", 9), ...many(24, "2026-08-01", 9)]);
    const found = (rest: Partial<typeof burst>, window: typeof burst.window | null = burst.window) =>
      causeMovements(facts, quarter, 3, [], [{ ...burst, ...rest, window }])[0]!;
    expect(found({})).toMatchObject({ movement: null, burst: { burst: { customers: 12 }, q: 2 * burst.p } });
    expect(found({ p: 0.04 }).burst).toBeNull(); // q is .08
    expect(found({}, null).burst).toBeNull();
  });

  it("calls nothing new when the data do not reach back far enough to know", () => {
    const facts = factsOf([{ on: "2026-04-01", causeId: 7 }, ...many(9, "2026-08-01", 9)]);
    const entry = causeMovements(facts, quarter, 3, []).find(({ cause }) => cause.causeId === 9);
    expect(entry).toMatchObject({ movement: null, seen: null });
  });

  it("is less sure of a cause whose counts always jump, and keeps its ratio", () => {
    const jumps = ["2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01"].flatMap((on, i) =>
      many(i % 2 === 0 ? 30 : 80, on, 7),
    );
    const change = [...many(40, "2026-05-01", 7), ...many(90, "2026-08-01", 7)];
    const [calm, jumpy] = [movementOf(change, 7), movementOf([...jumps, ...change], 7)];
    expect(calm?.dispersion).toBe(1);
    expect(jumpy?.dispersion).toBeGreaterThan(5);
    expect(jumpy?.ratio?.ratio).toBeCloseTo(calm?.ratio?.ratio ?? 0, 12);
    expect(jumpy).toMatchObject({ movement: null, saying: "rate" });
  });

  it("corrects for the number of causes that are compared", () => {
    const alone = movementOf([...many(30, "2026-05-01", 7), ...many(51, "2026-08-01", 7)], 7);
    const others = [...many(30, "2026-05-01", 9), ...many(30, "2026-08-01", 9), ...many(9, "2026-08-01", 12)];
    const among = movementOf([...many(30, "2026-05-01", 7), ...many(51, "2026-08-01", 7), ...others], 7);
    expect(among?.q).toBeGreaterThan(alone?.q ?? 1);
  });
});

it("speaks of few pages when nothing happens, whether counts vary as a Poisson's or three times as much", () => {
  // Wanted are 6.5 % of 500 pages (docs/calibration.md). Of 20 pages at that share, more than 4 are one chance in 120.
  const [table] = pageOfVerbs({ seed: 1, effort: 0.04 }, ["Poisson", "variance 3 x mean"]);
  expect(table!.rows).toHaveLength(2);
  for (const [counts, pages] of table!.rows)
    expect(Number.parseFloat(pages!), counts).toBeLessThanOrEqual(20);
});
