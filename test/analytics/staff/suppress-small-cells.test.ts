import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fewestShown,
  type SuppressedTable,
  suppressSmallCells,
} from "#analytics/staff/suppress-small-cells.ts";

const anyTable = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) =>
    fc.array(
      fc.array(fc.oneof(fc.nat(6), fc.nat(60), fc.constant(0)), { minLength: columns, maxLength: columns }),
      {
        minLength: rows,
        maxLength: rows,
      },
    ),
  );

/** The table with its totals as last row and column. */
function whole({ cells, rowTotals, columnTotals, total }: SuppressedTable): (number | null)[][] {
  return [...cells.map((row, i) => [...row, rowTotals[i] ?? null]), [...columnTotals, total]];
}

/** The small counts that a reader finds who knows all that is shown, and that cells add up to totals. */
function solvedFromTotals(counts: number[][]): number {
  const shown = whole(suppressSmallCells(counts));
  const [height, width] = [shown.length, shown[0]!.length];
  const unknown = shown.flatMap((row, i) =>
    row.flatMap((value, j) => (value === null ? [i * width + j] : [])),
  );
  const signOf = (i: number, j: number) => ((i === height - 1) !== (j === width - 1) ? -1 : 1);
  const equation = (isIn: (i: number, j: number) => boolean) =>
    unknown.map((place) => {
      const [i, j] = [Math.floor(place / width), place % width];
      return isIn(i, j) ? signOf(i, j) : 0;
    });
  const equations = [
    ...shown.map((_, row) => equation((i) => i === row)),
    ...shown[0]!.map((_, column) => equation((_i, j) => j === column)),
  ];
  return reduced(equations).filter((row) => row.filter((x) => Math.abs(x) > 1e-9).length === 1).length;
}

/** Reduced row echelon form: an unknown is determined if and only if a row has it alone. */
function reduced(matrix: number[][]): number[][] {
  const rows = matrix.map((row) => [...row]);
  let pivot = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    const found = rows.findIndex((row, i) => i >= pivot && Math.abs(row[column]!) > 1e-9);
    if (found === -1) continue;
    [rows[pivot], rows[found]] = [rows[found]!, rows[pivot]!];
    const scale = rows[pivot]![column]!;
    rows[pivot] = rows[pivot]!.map((x) => x / scale);
    rows.forEach((row, i) => {
      if (i !== pivot) rows[i] = row.map((x, k) => x - row[column]! * rows[pivot]![k]!);
    });
    pivot++;
  }
  return rows;
}

/** All tables of whole numbers >= 0 that agree with what is shown; only for few cells of small counts. */
function tablesThatFit(shown: (number | null)[][], most: number): number[][] {
  const [height, width] = [shown.length - 1, shown[0]!.length - 1];
  const fits: number[][] = [];
  const cells = Array.from({ length: height * width }, () => 0);
  const agrees = (value: number, seen: number | null) => seen === null || seen === value;
  const isWhole = () => {
    const sum = (places: number[]) => places.reduce((s, place) => s + cells[place]!, 0);
    const places = cells.map((_, place) => place);
    return (
      shown
        .slice(0, -1)
        .every((row, i) => agrees(sum(places.filter((p) => Math.floor(p / width) === i)), row[width]!)) &&
      shown[height]!.slice(0, -1).every((seen, j) =>
        agrees(sum(places.filter((p) => p % width === j)), seen),
      ) &&
      agrees(sum(places), shown[height]![width]!)
    );
  };
  const fill = (place: number): void => {
    if (place === cells.length) {
      if (isWhole()) fits.push([...cells]);
      return;
    }
    const seen = shown[Math.floor(place / width)]![place % width]!;
    for (let value = seen ?? 0; value <= (seen ?? most); value++) {
      cells[place] = value;
      fill(place + 1);
    }
  };
  fill(0);
  return fits;
}

describe("small counts of a table", () => {
  it("are not shown, whether cells or totals, and others stay as they are", () => {
    fc.assert(
      fc.property(anyTable, (counts) => {
        const shown = suppressSmallCells(counts);
        const all = whole(shown).flat();
        expect(all.every((value) => value === null || value === 0 || value >= fewestShown)).toBe(true);
        shown.cells.forEach((row, i) =>
          row.forEach((value, j) => expect(value ?? counts[i]![j]).toBe(counts[i]![j])),
        );
      }),
    );
  });

  it("can't be solved for from the totals", () => {
    fc.assert(
      fc.property(anyTable, (counts) => {
        expect(solvedFromTotals(counts)).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it("are not the only whole numbers that fit either", () => {
    const smallTable = fc.array(fc.array(fc.nat(6), { minLength: 2, maxLength: 2 }), {
      minLength: 2,
      maxLength: 2,
    });
    fc.assert(
      fc.property(smallTable, (counts) => {
        const fits = tablesThatFit(whole(suppressSmallCells(counts)), 9);
        counts.flat().forEach((count, place) => {
          if (count === 0 || count >= fewestShown) return;
          expect(new Set(fits.map((cells) => cells[place])).size).toBeGreaterThan(1);
        });
      }),
    );
  });

  it("take the least of the others with them", () => {
    expect(
      suppressSmallCells([
        [3, 97],
        [9, 191],
        [40, 360],
      ]),
    ).toEqual({
      cells: [
        [null, null],
        [null, null],
        [40, 360],
      ],
      rowTotals: [100, 200, 400],
      columnTotals: [52, 648],
      total: 700,
    });
  });

  it("hide nothing where there is none", () => {
    expect(suppressSmallCells([[5, 0, 12]])).toEqual({
      cells: [[5, 0, 12]],
      rowTotals: [17],
      columnTotals: [5, 0, 12],
      total: 17,
    });
  });

  it("refuse what is no table of counts", () => {
    expect(() => suppressSmallCells([[1, 2], [3]])).toThrow("got [[1,2],[3]]");
    expect(() => suppressSmallCells([[1.5]])).toThrow("got [[1.5]]");
    expect(() => suppressSmallCells([])).toThrow("got []");
  });
});
