import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvLines } from "#app/csv/csv-lines.ts";
import { tableCsv } from "#app/csv/csv-response.ts";
import type { CellValue, TableData } from "#app/tables/table.ts";
import { guardFormula, unguardFormula } from "#db/imports/map/formula-guard.ts";

/** Texts that are likely to matter: what opens a formula, what guards one, what parts cells and lines. */
const texts = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.constantFrom("'", "=", "+", "-", "@", "\t", "\r", "\n", "＝", "－", '"', ",", "a", "1"), {
      maxLength: 6,
    })
    .map((parts) => parts.join("")),
);

describe("the guard against formulas", () => {
  test("is taken off without a trace, whatever the text was", () => {
    const property = fc.property(texts, (text) => {
      expect(unguardFormula(guardFormula(text))).toBe(text);
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  test("leaves no text that a spreadsheet would run, and harmless ones as they are", () => {
    const property = fc.property(texts, (text) => {
      expect(guardFormula(text)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    });
    fc.assert(property, { numRuns: 2_000 });
    for (const text of ["", "a=b", "'tis", " =1", "1-2", "it's"]) expect(guardFormula(text)).toBe(text);
  });
});

describe("a CSV", () => {
  test("is read back by a strict reader as it was written: quotes, commas and line breaks in cells", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts, texts), { minLength: 1, maxLength: 5 }), (rows) => {
        const read: string[][] = parse(csvLines([["a", "b", "c"], ...rows]), {
          record_delimiter: ["\r\n", "\n", "\r"],
        });
        expect(read.slice(1).map((cells) => cells.map(unguardFormula))).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  test("is what csv-stringify makes of the same cells, to the letter", () => {
    const cells = fc.oneof(texts, fc.constant(null));
    fc.assert(
      fc.property(fc.array(fc.tuple(cells, cells, cells), { minLength: 1, maxLength: 5 }), (rows) => {
        const guarded = rows.map((row) => row.map((cell) => guardFormula(cell ?? "")));
        expect(csvLines(rows)).toBe(
          stringify(guarded, { record_delimiter: "windows", quoted_match: /[\r\n]/ }),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test("parts its lines by CRLF, doubles a quote, and leaves a missing value empty", () => {
    expect(
      csvLines([
        ["a", null, 'say "no"'],
        ["x,y", "", "two\nlines"],
      ]),
    ).toBe('a,,"say ""no"""\r\n"x,y",,"two\nlines"\r\n');
  });

  test("holds a whole number whole, and any other to eight figures; a number is never guarded", () => {
    const cells: CellValue[] = [0, -3, 1_234_567_890_123, 1 / 3, 0.1 + 0.2, 1e-7];
    expect(csvLines([cells])).toBe("0,-3,1234567890123,0.33333333,0.3,1e-7\r\n");
  });

  test("has the keys of its table as header, in their order, and a row for each, drawn or not", () => {
    const table: TableData = {
      name: "t",
      caption: "T",
      csvHref: "",
      columns: [
        { key: "b", label: "B", kind: "text" },
        { key: "a", label: "A", kind: "count", csvOnly: true },
      ],
      rows: [{ cells: { a: 1, b: "=x" } }, { cells: { b: "y" }, csvOnly: true }],
    };
    expect(tableCsv(table)).toBe("b,a\r\n'=x,1\r\ny,\r\n");
  });
});
