import { describe, expect, it } from "vitest";
import { everything } from "#analytics/filter/filter.ts";
import { exposureRate } from "#analytics/metrics/exposure.ts";
import { trendTable } from "#app/tables/trend-table.ts";
import { makeView, type Snapshot } from "#app/tables/view.ts";
import { dayOf, factsOf } from "#test/support/facts.ts";

/** Three cases in each of January and February, one on 10 March; 10 orders a day from January to March. */
const sketches = [
  "2026-01-01",
  "2026-01-15",
  "2026-01-31",
  "2026-02-01",
  "2026-02-15",
  "2026-02-28",
  "2026-03-10",
];
const orders = () =>
  new Map(Array.from({ length: 90 }, (_, i): [number, number] => [dayOf("2026-01-01") + i, 10]));

function tableOf(days: ReadonlyMap<number, number> | null, more: Partial<Snapshot> = {}, period = "all") {
  const snapshot: Snapshot = {
    workspace: { id: 1, name: "w", timeZone: "UTC", fiscalYearStartMonth: 1, simulated: false },
    facts: factsOf(sketches.map((on) => ({ on, causeId: 7 }))),
    notes: [],
    volumeIsArtefact: false,
    outcomesArePartial: false,
    exposure: days && { name: "Shop", unit: "orders", days },
    ...more,
  };
  return trendTable(makeView(snapshot, { ...everything, period }, dayOf("2026-11-22")));
}
const ratesOf = (table: ReturnType<typeof tableOf>) => table.rows.map(({ cells }) => cells["rate"]);

describe("the rate beside the counts of a trend", () => {
  it("is of the orders of the whole month, with the interval of its count", () => {
    const [january] = tableOf(orders()).rows;
    const { rate, interval } = exposureRate(3, 310)!;
    expect(january?.cells).toMatchObject({
      cases: 3,
      exposure: 310,
      rate,
      rate_low: interval.low,
      rate_high: interval.high,
    });
  });

  it("is not given for a month that is not complete, that is cut, or of which a day is missing", () => {
    expect(ratesOf(tableOf(orders()))).toEqual([expect.any(Number), expect.any(Number), null]);
    const cut = tableOf(orders(), {}, "2026-01-02..2026-02-28");
    expect(ratesOf(cut)).toEqual([null, expect.any(Number)]);
    const days = orders();
    days.delete(dayOf("2026-02-28"));
    const gap = tableOf(days);
    expect(ratesOf(gap)).toEqual([expect.any(Number), null, null]);
    expect(gap.rows[1]?.cells).toMatchObject({ cases: 3, exposure: null });
  });

  it("stands nowhere without a series, nor where how the extract was cut decides the counts", () => {
    for (const table of [tableOf(null), tableOf(orders(), { volumeIsArtefact: true })]) {
      expect(table.columns.some(({ key }) => key === "rate")).toBe(false);
      expect(Object.keys(table.rows[0]!.cells)).not.toContain("rate");
      expect(table.note).toContain("not adjusted for volume");
    }
    expect(tableOf(orders()).note).toContain("of all orders (“Shop”)");
  });
});
