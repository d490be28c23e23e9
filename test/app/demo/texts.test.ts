import { describe, expect, test } from "vitest";
import { simulateCompany } from "#app/demo/simulate-company.ts";

const { cases, truth, causeOf } = simulateCompany({ asOf: "2026-11-22", seed: 1 });
const narratives = cases.flatMap(({ narrative }) => (narrative === null ? [] : [narrative]));
const texts = cases.flatMap((record) =>
  [record.title, record.narrative, record.resolution_note].filter((text) => text !== null),
);
const planted = [...truth.causes, ...truth.rareCauses];

const causesWith = (word: RegExp) =>
  new Set(
    cases
      .filter((record) => word.test(record.narrative ?? ""))
      .map((record) => causeOf.get(record.source_case_id)),
  );

describe("the texts", () => {
  test("are 15 to 90 words long, and nearly all different", () => {
    const lengths = narratives.map((text) => text.split(/\s+/).length).sort((a, b) => a - b);
    expect(lengths.at(0)).toBeGreaterThanOrEqual(15);
    expect(lengths.at(-1)).toBeLessThanOrEqual(90);
    expect(new Set(narratives).size / narratives.length).toBeGreaterThanOrEqual(0.97);
  });

  test("contain letters that several customers copied, with their own numbers in them", () => {
    const copied = narratives.filter((text) => text.startsWith("I hereby object to the double debit"));
    expect(copied.length).toBeGreaterThanOrEqual(5);
    expect(new Set(copied).size).toBeGreaterThanOrEqual(5);
    expect(new Set(copied.map((text) => text.replace(/ of .*? on .*? for /, " ")))).toHaveLength(1);
  });

  test("have every slot and every choice filled", () => {
    expect(texts.filter((text) => /[[\]{}|]|undefined|NaN/.test(text))).toEqual([]);
  });

  test("are written for every planted cause: no cause falls back on the one-offs", () => {
    const oneOffTitle = /^(Strange thing|A complaint of another kind|Something odd about|Feedback about)/;
    const titles = cases.filter((record) => causeOf.get(record.source_case_id) !== "one-off");
    expect(titles.filter((record) => oneOffTitle.test(record.title ?? ""))).toEqual([]);
  });

  test("range from polite to furious, with slips of the finger", () => {
    const all = narratives.join("\n");
    expect(all).toMatch(/Kind regards/);
    expect(all).toMatch(/Shame on you/);
    expect(all).toMatch(/!!!/);
    expect(all).toMatch(/\b(teh|adn|hte|nad)\b/);
  });

  test("share their words between causes: a common word gives no cause away", () => {
    for (const word of [/refund|money/i, /adviser/i, /order/i, /promise/i, /guarantee/i, /chat/i]) {
      expect(causesWith(word).size).toBeGreaterThan(10);
    }
  });
});

describe("the planted cause", () => {
  test("doesn't leak into a case by its key or its name", () => {
    const leaks = cases.filter((record) => {
      const written = JSON.stringify(record).toLowerCase();
      const cause = planted.find(({ key }) => key === causeOf.get(record.source_case_id));
      const giveaways = [cause?.key, cause?.name.toLowerCase(), "one-off"];
      return giveaways.some((giveaway) => giveaway !== undefined && written.includes(giveaway));
    });
    expect(leaks).toEqual([]);
  });

  test("isn't told by the contact reason: each has several, and shares them with other causes", () => {
    const telling = [...Map.groupBy(cases, (record) => record.contact_reason)].filter(([, records]) => {
      const counts = Map.groupBy(records, (record) => causeOf.get(record.source_case_id) ?? "");
      return Math.max(...[...counts.values()].map((some) => some.length)) / records.length > 0.85;
    });
    expect(telling.map(([reason]) => reason)).toEqual([]);
  });
});
