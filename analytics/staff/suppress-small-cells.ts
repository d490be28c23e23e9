/** A table of counts with its totals; `null` = not shown. */
export interface SuppressedTable {
  cells: (number | null)[][];
  rowTotals: (number | null)[];
  columnTotals: (number | null)[];
  total: number | null;
}

/** Counts from 1 to one less than this are small. */
export const fewestShown = 5;

/**
 * Leaves out the small counts of a table, totals among them, and as many other cells as it takes that no small one can be had by
 * subtraction: for each there is a second table of whole numbers >= 0 with the same shown cells and another count there. To
 * find one, cells are raised and lowered by 1 in turn round a circle of rows and columns; the cheapest circle, by the counts that it
 * hides, is hidden. Totals go last. It holds within one table: what two tables of overlapping cases tell together, it can't see.
 * Source: Willenborg & de Waal 2001, Elements of Statistical Disclosure Control, chapter 5; circles by Gusfield 1988.
 * Cost: for each small cell (rows + columns) x rows x columns steps at the most.
 * @param counts rows of as many whole numbers >= 0 each, at least one row and one column
 */
export function suppressSmallCells(counts: readonly (readonly number[])[]): SuppressedTable {
  const table = withTotals(counts);
  const hidden = table.map((row) => row.map((value) => value > 0 && value < fewestShown));
  const small = hidden.flatMap((row, i) =>
    row.flatMap((isSmall, j) => (isSmall ? [{ row: i, column: j }] : [])),
  );
  for (const cell of small)
    for (const { row, column } of cheapestCircle(table, hidden, cell)) hidden[row]![column] = true;
  const shown = table.map((row, i) => row.map((value, j) => (hidden[i]![j]! ? null : value)));
  const totals = shown.pop()!;
  const total = totals.pop()!;
  return { rowTotals: shown.map((row) => row.pop()!), cells: shown, columnTotals: totals, total };
}

function withTotals(counts: readonly (readonly number[])[]): number[][] {
  const width = counts[0]?.length ?? 0;
  const isTable = width > 0 && counts.every((row) => row.length === width);
  if (!isTable || !counts.flat().every((count) => Number.isInteger(count) && count >= 0))
    throw new RangeError(
      `suppressSmallCells: expected rows of whole numbers >= 0, got ${JSON.stringify(counts)}`,
    );
  const rows = counts.map((row) => [...row, row.reduce((sum, count) => sum + count, 0)]);
  const totals = Array.from({ length: width + 1 }, (_, j) => rows.reduce((sum, row) => sum + row[j]!, 0));
  return [...rows, totals];
}

interface Cell {
  row: number;
  column: number;
}

/**
 * The other cells of the cheapest circle through one. With totals counted negatively every row and every column adds up to 0,
 * and so it stays when the cells of a circle go up and down in turn. The cell itself loses 1; there is always
 * a circle, if need be over its two totals and the total of all. Shortest path by Bellman & Ford over rows and columns as nodes.
 */
function cheapestCircle(table: number[][], hidden: boolean[][], cell: Cell): Cell[] {
  const [rows, columns] = [table.length, table[0]!.length];
  const wantsUp = isTotal(table, cell); // of a total counted negatively, 1 fewer is 1 up
  const prices = new Float64Array(rows + columns).fill(Infinity);
  const from = new Int32Array(rows + columns);
  prices[cell.row] = 0;
  const extend = (start: number, end: number, price: number) => {
    if (!(prices[start]! + price < prices[end]!)) return false;
    prices[end] = prices[start]! + price;
    from[end] = start;
    return true;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const at = { row, column };
        if (row === cell.row && column === cell.column) continue;
        const price = hidden[row]![column]! ? 0 : priceOf(table, at);
        if (canMove(table, at, !wantsUp)) changed = extend(row, rows + column, price) || changed;
        if (canMove(table, at, wantsUp)) changed = extend(rows + column, row, price) || changed;
      }
  }
  const circle: Cell[] = [];
  for (let node = rows + cell.column; node !== cell.row; node = from[node]!) {
    const [row, column] = node < rows ? [node, from[node]!] : [from[node]!, node];
    circle.push({ row, column: column - rows });
  }
  return circle;
}

/** A total of a row or a column, which counts negatively; the total of all counts as the cells do. */
function isTotal(table: number[][], { row, column }: Cell): boolean {
  return (row === table.length - 1) !== (column === table[0]!.length - 1);
}

/** Whether a count can go up or down by 1 and be one still. */
function canMove(table: number[][], cell: Cell, up: boolean): boolean {
  return up !== isTotal(table, cell) || table[cell.row]![cell.column]! > 0;
}

/** What it costs to hide a cell: its count; a zero more than small counts, since a reader may know it; a total most. */
function priceOf(table: number[][], { row, column }: Cell): number {
  const count = table[row]![column]!;
  const isInside = row < table.length - 1 && column < table[0]!.length - 1;
  return (count === 0 ? 2 * fewestShown : count) + (isInside ? 0 : 1 + table.at(-1)!.at(-1)!);
}
