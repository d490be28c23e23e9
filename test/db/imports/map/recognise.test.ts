import { describe, expect, test } from "vitest";
import { compileMapping } from "#db/imports/map/compile-mapping.ts";
import { score } from "#db/imports/map/propose-mapping.ts";
import { mapped, proposed } from "./mapped.ts";
import { aggregates, columnsOf, vendorExports } from "./vendor-headers.ts";

describe.each(vendorExports)("the export of $title", (vendor) => {
  const columns = columnsOf(vendor).map((column) => column.trim());
  const row = columns.map((column) => vendor.cells[column] ?? "");

  test("is recognised for sure, and knows its case", () => {
    expect(Object.keys(vendor.cells).filter((column) => !columns.includes(column))).toEqual([]);
    const { preset, confidence, questions } = proposed(columns, [row]);
    expect(preset.name).toBe(vendor.preset);
    expect(confidence).toBeGreaterThan(0.9);
    expect(questions).toEqual([]);
    expect(mapped(columns, [row])).toEqual([{ record: expect.objectContaining(vendor.record) }]);
  });

  test("keeps every column that is no field as an attribute", () => {
    const { mapping } = proposed(columns, [row]);
    const read = new Set(mapping.rules.flatMap((rule) => ("column" in rule ? [rule.column] : [])));
    const others = columns.filter((column) => !read.has(column));
    const cells = columns.map((column) =>
      read.has(column) ? (vendor.cells[column] ?? "") : `some ${column}`,
    );
    const attributes = Object.fromEntries(others.map((column) => [column, `some ${column}`]));
    expect(compileMapping(mapping, columns, "UTC").read(cells)).toMatchObject({ record: { attributes } });
  });

  test("is recognised in any case, order and spacing", () => {
    const shuffled = columns.toReversed().map((column) => ` ${column.toUpperCase()}\u00A0`);
    expect(proposed(shuffled, []).preset.name).toBe(vendor.preset);
  });
});

test.each(aggregates)("a report of figures is taken for no cases: %s", (header) => {
  const { preset, confidence, questions } = proposed(header.split(","), []);
  expect(preset.name).toBe("generic");
  expect(confidence).toBeLessThan(0.9);
  expect(questions.map(({ code }) => code)).toContain("no_time");
});

describe("how much a line looks like a header", () => {
  test("is most for the columns of an export, and nothing for words and numbers", () => {
    const [vendor] = vendorExports;
    const columns = columnsOf(vendor ?? { header: "" });
    expect(score(columns)).toBe(1);
    expect(score(["Archive:  complaints.zip"])).toBe(0);
    expect(score(["2019-03-29", "Mortgage", "77"])).toBe(0);
  });

  test("is more where more names are known", () => {
    const table = ["Case number", "Date opened", "Shop", "Shelf"];
    expect(score(table)).toBeGreaterThan(score([...table, "Row", "Bin"]));
    expect(score(table)).toBeLessThan(0.9);
  });
});
