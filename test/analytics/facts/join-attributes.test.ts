import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AttributeReader, attributeLimits } from "#analytics/facts/attribute-part.ts";
import { codesOf, dictionaryOf } from "#analytics/facts/facts.ts";
import { type CodedAttributes, joinAttributes } from "#analytics/facts/join-attributes.ts";
import { factsOf } from "#test/support/facts.ts";

type Attributes = Record<string, string>;
const { columns, values, valueLength } = attributeLimits;

/** @param cut the row at which a second part begins */
function coded(rows: readonly Attributes[], cut = 0): CodedAttributes {
  const parts = [
    { from: 0, cases: rows.slice(0, cut) },
    { from: cut, cases: rows.slice(cut) },
  ];
  return joinAttributes(
    rows.length,
    parts.map(({ from, cases }) => {
      const reader = new AttributeReader();
      cases.forEach((attributes, row) => reader.add(row, attributes));
      return { from, attributes: reader.finish() };
    }),
  );
}

/** What each case says of an attribute, read back through codes and dictionary. */
function readBack({ attributes }: CodedAttributes, name: string): (string | null | undefined)[] {
  const column = attributes.get(name);
  return Array.from(column?.codes ?? [], (code) => column?.dictionary[code]?.value);
}

function rowsOf(count: number, attributes: (row: number) => Attributes): Attributes[] {
  return Array.from({ length: count }, (_, row) => attributes(row));
}

/** The first `count` of a row of fields, all with one value. */
function fields(name: string, count: number, value: string): Attributes {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`${name} ${i}`, value]));
}

describe("attributes as dimensions", () => {
  it("come back as each case has them, and unknown where it has none", () => {
    const name = fc.constantFrom("Company", "Tags", "__proto__", "constructor", "a=b&c", "größe 名");
    const rows = fc.array(
      fc
        .array(fc.tuple(name, fc.constantFrom("Acme", "(unknown)", "x y", "__proto__", "\\", "")))
        .map((pairs) => Object.fromEntries(pairs) as Attributes),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(rows, fc.nat({ max: 20 }), (cases, cut) => {
        const result = coded(cases, Math.min(cut, cases.length));
        const names = new Set(cases.flatMap((row) => Object.keys(row).filter((key) => row[key] !== "")));
        expect([...result.attributes.keys()]).toEqual([...names].sort());
        for (const key of names) {
          const wanted = cases.map((row) => (Object.hasOwn(row, key) && row[key]) || null);
          expect(readBack(result, key)).toEqual(wanted);
          expect(result.attributes.get(key)?.cases).toBe(wanted.filter((value) => value !== null).length);
        }
      }),
    );
  });

  it("are in the columns beside the fields of a case", () => {
    const facts = factsOf([
      { on: "2026-01-01", attributes: { Company: "Acme" } },
      { on: "2026-01-02", attributes: { Company: "Zenith" } },
      { on: "2026-01-03" },
    ]);
    expect([...codesOf(facts, "attribute:Company")]).toEqual([1, 2, 0]);
    expect(dictionaryOf(facts, "attribute:Company").map(({ label }) => label)).toEqual([
      "unknown",
      "Acme",
      "Zenith",
    ]);
    expect(() => codesOf(facts, "attribute:company")).toThrow("got “attribute:company”");
  });

  it("hold as many values as a person chooses from, and not one more", () => {
    const just = coded(rowsOf(values, (row) => ({ City: `C${row}` })));
    expect(just.attributes.get("City")?.dictionary).toHaveLength(values + 1);
    const over = coded(rowsOf(values + 1, (row) => ({ City: `C${row}`, Kind: `K${row % 2}` })));
    expect([...over.attributes.keys()]).toEqual(["Kind"]);
    expect(over.uncodedAttributes).toEqual(new Map([["City", "many_values"]]));
  });

  it("are no texts", () => {
    const longest = "x".repeat(valueLength);
    const result = coded([{ Note: longest, Story: `${longest}x` }]);
    expect([...result.attributes.keys()]).toEqual(["Note"]);
    expect(result.uncodedAttributes).toEqual(new Map([["Story", "long_texts"]]));
  });

  it("are those that most cases carry, whatever the order of the rows", () => {
    const rows = rowsOf(columns + 10, (row) => fields("field", row + 1, `v${row % 2}`));
    for (const result of [coded(rows), coded(rows.toReversed())]) {
      expect(result.attributes.size).toBe(columns);
      expect(result.attributes.has(`field ${columns - 1}`)).toBe(true);
      expect(result.uncodedAttributes.get(`field ${columns}`)).toBe("rare");
    }
  });

  it("take no place of another where all cases are alike in them, and answer all the same", () => {
    const result = coded(
      rowsOf(3, (row) => ({ ...fields("same", 5, "yes"), ...fields("field", columns, `v${row % 2}`) })),
    );
    expect(result.attributes.size).toBe(columns + 5);
    expect(readBack(result, "same 3")).toEqual(["yes", "yes", "yes"]);
  });

  it("hold in parts no more values than a person chooses from", () => {
    const rows = rowsOf(values + 1, (row) => ({ City: `C${row}`, Kind: `K${row % 2}` }));
    const over = coded(rows, 3);
    expect([...over.attributes.keys()]).toEqual(["Kind"]);
    expect(over.uncodedAttributes).toEqual(new Map([["City", "many_values"]]));
  });

  it("have the line breaks that a form sends, in names and in values", () => {
    const result = coded([{ "Date\nopened": "a\rb" }, { "Date\r\nopened": "a\nb" }, {}]);
    expect(readBack(result, "Date\r\nopened")).toEqual(["a\r\nb", "a\r\nb", null]);
  });
});
