import { describe, expect, it } from "vitest";
import { FactsBuilder } from "#analytics/facts/build-facts.ts";
import type { Facts } from "#analytics/facts/facts.ts";
import { causeMovements } from "#analytics/metrics/cause-movements.ts";
import { seededRandom } from "#app/demo/random.ts";
import { blankRow, type CaseSketch, dayOf, factsOf, sketchNames } from "#test/support/facts.ts";

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

  it("calls nothing new when the data do not reach back far enough to know", () => {
    const facts = factsOf([{ on: "2026-04-01", causeId: 7 }, ...many(9, "2026-08-01", 9)]);
    const entry = causeMovements(facts, quarter, 3, []).find(({ cause }) => cause.causeId === 9);
    expect(entry?.movement).toBeNull();
  });

  it("corrects for the number of causes that are compared", () => {
    const alone = movementOf([...many(30, "2026-05-01", 7), ...many(51, "2026-08-01", 7)], 7);
    const others = [...many(30, "2026-05-01", 9), ...many(30, "2026-08-01", 9), ...many(9, "2026-08-01", 12)];
    const among = movementOf([...many(30, "2026-05-01", 7), ...many(51, "2026-08-01", 7), ...others], 7);
    expect(among?.q).toBeGreaterThan(alone?.q ?? 1);
  });
});

it("speaks of at most one page in twenty when nothing happens: 40 stable causes, 150 simulated quarters", () => {
  let pages = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const moved = causeMovements(stableCauses(seed), quarter, 3, []).some((entry) => entry.movement !== null);
    if (moved) pages++;
  }
  expect(pages / 150).toBeLessThanOrEqual(0.05);
});

const anyId = "00000000-0000-5000-8000-000000000000";

/** Forty Poisson causes of 3 to 120 cases a quarter, six quarters long, in which nothing changes. */
function stableCauses(seed: number): Facts {
  const random = seededRandom(seed, "stable");
  const causes = Array.from({ length: 40 }, (_, i) => ({
    causeId: i + 1,
    name: `Cause ${i + 1}`,
    category: null,
    stability: null,
  }));
  const start = dayOf("2025-04-01");
  const days = quarter.end - start;
  const cases = causes.flatMap(({ causeId }) =>
    Array.from({ length: random.poisson((3 + 3 * causeId) * 6) }, () => ({
      causeId,
      day: start + Math.floor(random.uniform() * days),
    })),
  );
  const builder = new FactsBuilder(cases.length, sketchNames, causes);
  for (const { causeId, day } of cases.sort((a, b) => a.day - b.day))
    builder.add({ ...blankRow, caseId: anyId, incidenceDay: day, outcomeDay: day, causeId });
  return builder.finish();
}
