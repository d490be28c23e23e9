import { counted } from "#app/format.ts";
import type { Column, TableData } from "#app/tables/table.ts";
import { ScrollingTable } from "./scrolling-table.tsx";
import { alignment, boundsOf, TableCell } from "./table-cell.tsx";

export interface DataTableProps {
  table: TableData;
  /** Of the instants in it. */
  timeZone?: string;
  /** Where the heading above says the same, the caption is for the ear only. */
  captionHidden?: boolean;
}

/** From this many shares on, each interval stands under its share: beside them the table would not fit a page. */
const manyShares = 5;

/** A table of numbers: real rows and heads, units once, intervals beside their value, each row opening its cases. */
export function DataTable({ table, timeZone = "UTC", captionHidden = false }: DataTableProps) {
  const columns = shownColumns(table.columns);
  const rows = table.rows.filter((row) => row.csvOnly === undefined);
  const isDense = columns.filter((column) => column.kind === "share").length >= manyShares;
  return (
    <div className="data-table">
      <ScrollingTable
        caption={table.caption}
        captionHidden={captionHidden}
        look={isDense ? "dense" : undefined}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={alignment(column)}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // Rows have no name of their own, and a page never reorders them in place.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index} data-tone={row.tone}>
              {columns.map((column, position) => (
                <TableCell key={column.key} {...{ row, column, timeZone }} isHead={position === 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
      {table.rows.length === 0 && <p className="soft small">No rows.</p>}
      <p className="table-foot small soft">
        {table.note !== undefined && <>{table.note} </>}
        <a href={table.csvHref} download>
          Download CSV<span className="visually-hidden">: {table.caption}</span>
        </a>{" "}
        <span className="table-rows">({rowsText(rows.length, table.rows.length)})</span>
      </p>
    </div>
  );
}

function rowsText(shown: number, all: number): string {
  return shown === all ? counted(all, "row") : `${shown} of ${counted(all, "row")} shown`;
}

/** What stands in the CSV only is left out, and the ends of an interval are folded into the cell of their value. */
function shownColumns(columns: readonly Column[]): Column[] {
  const bounds = new Set(columns.flatMap((column) => boundsOf(column.key)));
  return columns.filter((column) => column.csvOnly === undefined && !bounds.has(column.key));
}
