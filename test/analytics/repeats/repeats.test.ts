import { describe, expect, it } from "vitest";
import { select } from "#analytics/filter/select.ts";
import { formatDay } from "#analytics/period.ts";
import { type BurstSearch, bursts } from "#analytics/repeats/bursts.ts";
import { reopened } from "#analytics/repeats/reopened.ts";
import { repeatContacts } from "#analytics/repeats/repeat-contacts.ts";
import { type CaseSketch, dayOf, factsOf, sketchCauses } from "#test/support/facts.ts";

describe("reopened", () => {
  it("counts a case once, of those of which it is on record, and says how many are not", () => {
    const facts = factsOf([0, 1, 2, null, null].map((reopenCount) => ({ on: "2026-01-02", reopenCount })));
    const { share, unknown } = reopened(facts, Uint32Array.of(0, 1, 2, 3, 4));
    expect(share).toMatchObject({ hits: 2, n: 3 });
    expect(unknown).toBe(2);
  });
});

describe("repeat contacts", () => {
  const old = { on: "2025-06-01" };
  const ofAll = (sketches: CaseSketch[]) => {
    const facts = factsOf(sketches);
    return repeatContacts(
      facts,
      Uint32Array.from({ length: facts.size }, (_, i) => i),
      30,
    );
  };

  it("are the same customer with the same cause within the days, whoever else came between", () => {
    const { share } = ofAll([
      old,
      { on: "2026-01-01", customerRef: "A", causeId: 7 },
      { on: "2026-01-31", customerRef: "A", causeId: 7 }, // 30 days on
      { on: "2026-03-03", customerRef: "A", causeId: 7 }, // 31 days on
      { on: "2026-01-02", customerRef: "B", causeId: 7 },
      { on: "2026-01-03", customerRef: "A", causeId: 9 },
    ]);
    expect(share).toMatchObject({ hits: 1, n: 5 });
  });

  it("take an unknown customer for no customer, and an unknown cause for no cause", () => {
    const twice = [{ on: "2026-01-01" }, { on: "2026-01-02" }];
    expect(ofAll([old, ...twice.map((c) => ({ ...c, causeId: 7 }))])).toMatchObject({
      share: { n: 0 },
      unknown: 3,
    });
    expect(ofAll([old, ...twice.map((c) => ({ ...c, customerRef: "A" }))])).toMatchObject({
      share: { n: 0 },
      unknown: 3,
    });
  });

  it("are not asked of the first days of the data, before which nothing is on record", () => {
    const result = ofAll([
      { on: "2026-01-01", customerRef: "A", causeId: 7 },
      { on: "2026-01-30", customerRef: "B", causeId: 7 },
      { on: "2026-01-31", customerRef: "A", causeId: 7 },
    ]);
    expect(result).toMatchObject({ share: { hits: 1, n: 1 }, tooEarly: 2 });
  });
});

const search: BurstSearch = {
  period: { start: dayOf("2026-01-01"), end: dayOf("2026-04-01") },
  usualFrom: dayOf("2025-01-01"),
  withinDays: 30,
  seed: 1,
};

describe("bursts", () => {
  it("find a cause that suddenly comes at many customers, and its window", () => {
    const [late] = found([
      ...usual(),
      ...cases(7, 18, (i) => ({ on: dayText("2026-02-10", i % 12), customerRef: `new ${i}` })),
    ]);
    expect(late?.cause.causeId).toBe(7);
    expect(late?.p).toBeLessThan(0.001);
    expect(late?.window?.start).toBeLessThanOrEqual(dayOf("2026-02-10"));
    expect(late?.window?.end).toBeGreaterThanOrEqual(dayOf("2026-02-22"));
    expect(late?.customers).toBeGreaterThanOrEqual(18);
    expect(late?.expected).toBeLessThan(4);
  });

  it("are none where one customer writes as often", () => {
    const [late] = found([
      ...usual(),
      ...cases(7, 12, (i) => ({ on: dayText("2026-02-10", i), customerRef: "one" })),
    ]);
    expect(late?.p).toBeGreaterThan(0.1);
  });

  it("are none where nobody knows the customers, and say so", () => {
    const [late] = found([...usual(), ...cases(7, 12, (i) => ({ on: dayText("2026-02-10", i) }))]);
    expect(late?.p).toBeGreaterThan(0.1);
    expect(late?.unknownCustomers).toBe(12);
  });

  it("can't be looked for in a period in which no customer is known", () => {
    const facts = factsOf([
      ...usual().filter(({ on }) => on < "2026-01-01"),
      ...cases(7, 12, (i) => ({ on: dayText("2026-02-10", i) })),
    ]);
    expect(bursts(facts, rowsOf(facts), search)).toBeNull();
  });

  it("are none below five customers, which still count as a cause of the family", () => {
    const [late] = found([
      ...usual(9),
      ...cases(7, 4, (i) => ({ on: dayText("2026-02-10", i), customerRef: `new ${i}` })),
    ]);
    expect(late).toMatchObject({ cause: { causeId: 7 }, window: null, p: 1 });
  });

  it("are none of what is permanently large", () => {
    const large = Array.from({ length: 455 }, (_, i) => ({
      on: dayText("2025-01-01", i),
      customerRef: `big ${i}`,
      causeId: 12,
    }));
    expect(found([...usual(), ...large]).find(({ cause }) => cause.causeId === 12)?.p).toBeGreaterThan(0.1);
  });

  it("are none below half as many again as usual, however sure: drift brings that to what is large", () => {
    const daily = (causeId: number, from: string, days: number, each: number) =>
      cases(causeId, days * each, (i) => ({
        on: dayText(from, Math.floor(i / each)),
        customerRef: `${causeId} ${from} ${i}`,
      }));
    const usually = [...daily(9, "2025-01-01", 455, 20), ...daily(7, "2025-01-01", 455, 8)];
    const [quarterMore] = found([...usually, ...daily(7, "2026-02-01", 30, 3)]);
    expect(quarterMore).toMatchObject({ cause: { causeId: 7 }, window: null, p: 1 });
    const [twice] = found([...usually, ...daily(7, "2026-02-01", 30, 8)]);
    expect(twice?.p).toBeLessThan(0.01);
  });

  it("are none of what the same days of the year before brought as well: a season", () => {
    const season = (year: string) =>
      cases(7, 12, (i) => ({ on: dayText(`${year}-02-10`, i), customerRef: `${year} ${i}` }));
    const [late] = found([...usual(), ...season("2026")]);
    expect(late?.p).toBeLessThan(0.01);
    const [again] = found([...usual(), ...season("2025"), ...season("2026")]);
    expect(again?.p).toBeGreaterThan(0.05);
  });

  it("are silent after a load of history, and where the data do not reach back far enough", () => {
    const history = cases(7, 40, (i) => ({ on: dayText("2025-06-10", i % 8), customerRef: `old ${i}` }));
    expect(found([...usual(), ...history]).every(({ p }) => p > 0.05)).toBe(true);
    const sketches = cases(7, 40, (i) => ({ on: dayText("2025-12-01", i), customerRef: `new ${i}` }));
    const facts = factsOf(sketches);
    expect(bursts(facts, rowsOf(facts), search)).toBeNull();
  });

  it("do not depend on what causes are called nor on the seed of another cause", () => {
    const sketches = [
      ...usual(),
      ...cases(7, 6, (i) => ({ on: dayText("2026-02-10", i), customerRef: `new ${i}` })),
    ];
    const swapped = sketches.map((sketch) => ({ ...sketch, causeId: sketch.causeId === 7 ? 9 : 7 }));
    const byName = (id: number) => (list: ReturnType<typeof found>) =>
      list.find(({ cause }) => cause.causeId === id)?.p;
    expect(byName(9)(found(swapped))).toBe(byName(7)(found(sketches)));
    expect(byName(7)(found(swapped))).toBe(byName(9)(found(sketches)));
  });

  it("refuse a period that is shorter than a window", () => {
    const facts = factsOf(usual());
    const period = { start: search.period.start, end: search.period.start + 29 };
    expect(() => bursts(facts, rowsOf(facts), { ...search, period })).toThrow("30 days or more, got 29");
  });
});

/** Two causes, each at another customer every eight and every two days; or the second of them alone. */
function usual(only?: 9): CaseSketch[] {
  const late = Array.from({ length: 57 }, (_, i) => ({
    on: dayText("2025-01-01", i * 8),
    customerRef: `a${i}`,
    causeId: 7,
  }));
  const broken = Array.from({ length: 228 }, (_, i) => ({
    on: dayText("2025-01-01", i * 2),
    customerRef: `b${i}`,
    causeId: 9,
  }));
  return only === 9 ? broken : [...late, ...broken];
}

function cases(causeId: number, count: number, sketch: (index: number) => CaseSketch): CaseSketch[] {
  return Array.from({ length: count }, (_, i) => ({ causeId, ...sketch(i) }));
}

function dayText(from: string, days: number): string {
  return formatDay(dayOf(from) + days);
}

function rowsOf(facts: ReturnType<typeof factsOf>) {
  return select(facts, { start: search.usualFrom, end: search.period.end }, "incidence", []);
}

/** In the order of the causes. */
function found(sketches: CaseSketch[]) {
  const facts = factsOf(sketches);
  const order = sketchCauses.map(({ causeId }) => causeId);
  return (bursts(facts, rowsOf(facts), search) ?? []).toSorted(
    (a, b) => order.indexOf(a.cause.causeId) - order.indexOf(b.cause.causeId),
  );
}
