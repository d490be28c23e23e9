import type { ReactNode } from "react";
import { categoryColour } from "#app/charts/category-colour.ts";
import { numberIn, textIn } from "#app/charts/row-cells.ts";
import {
  cellText,
  countText,
  fewestForInk,
  fewestForShare,
  intervalText,
  noNumber,
  partText,
} from "#app/format.ts";
import { boundsOf } from "#app/tables/page-table.ts";
import type { Column, TableRow } from "#app/tables/table.ts";

export interface TableCellProps {
  row: TableRow;
  column: Column;
  timeZone: string;
  /** The first cell names its row and opens its cases. */
  isHead: boolean;
}

export function TableCell({ row, column, timeZone, isHead }: TableCellProps) {
  const content = cellContent(row, column, timeZone);
  if (!isHead) return <td className={alignment(column)}>{content}</td>;
  return (
    <th scope="row" className={alignment(column)}>
      {row.href === undefined ? content : <a href={row.href}>{content}</a>}
    </th>
  );
}

/** Numbers to the right, words and dates to the left. */
export function alignment({ kind }: Column): "number" | "date" | "word" | undefined {
  if (kind === "text" || kind === "category") return undefined;
  if (kind === "word") return "word";
  return kind === "date" || kind === "instant" ? "date" : "number";
}

function cellContent(row: TableRow, column: Column, timeZone: string): ReactNode {
  if (column.kind === "share") return <ShareCell row={row} column={column} />;
  const isOfSeveral = row.cells[column.key] === undefined; // a row that sums up others has no category
  if (column.kind === "category" && isOfSeveral) return noNumber;
  const text = cellText(row.cells[column.key] ?? null, column.kind, { timeZone });
  if (column.kind === "category")
    return (
      <span className="category">
        <span className="swatch" style={{ background: categoryColour(textIn(row, column.key)) }} />
        {text}
      </span>
    );
  return (
    <>
      {text}
      <Interval row={row} column={column} />
    </>
  );
}

/** A share with its interval; of very few cases only what was counted, of few cases in grey. */
function ShareCell({ row, column }: { row: TableRow; column: Column }) {
  const share = numberIn(row, column.key);
  const n = column.n === undefined ? null : numberIn(row, column.n);
  const hits = column.hits === undefined ? null : numberIn(row, column.hits);
  if (share === null)
    return (
      <>
        {hits === null ? noNumber : countText(hits)}
        {/* As wide as an interval, so that counts stand under the shares of other rows. */}
        {column.withCases && <span className="interval" />}
      </>
    );
  const part = hits === null || n === null ? null : partText(hits, n);
  if (n !== null && n < fewestForShare) return <span className="few">{part ?? "too few"}</span>;
  return (
    <span className={n !== null && n < fewestForInk ? "few" : undefined}>
      {cellText(share, "share", { n })}
      <Interval row={row} column={column} />
      {column.withCases && part !== null && <span className="cell-cases">{part}</span>}
    </span>
  );
}

function Interval({ row, column }: { row: TableRow; column: Column }) {
  const [lowKey, highKey] = boundsOf(column.key);
  if (row.cells[lowKey] === undefined) return null;
  const [low, high] = [numberIn(row, lowKey), numberIn(row, highKey)];
  if (low === null) return <span className="interval" />; // as wide, so that numbers stand under each other
  return <span className="interval">{` (${intervalText(low, high, column.kind)})`}</span>;
}
