import { counted, countText } from "#app/format.ts";
import type { PageTable } from "#app/tables/page-table.ts";
import { ScrollingTable } from "./scrolling-table.tsx";
import { alignment, TableCell } from "./table-cell.tsx";

export interface DataTableProps {
  table: PageTable;
  /** Of the instants in it. */
  timeZone?: string;
  /** Where the heading above says the same, the caption is for the ear only. */
  captionHidden?: boolean;
}

/** From this many shares on, each interval stands under its share: beside them the table would not fit a page. */
const manyShares = 5;

/** A table of numbers: real rows and heads, units once, intervals beside their value, each row opening its cases. */
export function DataTable({ table, timeZone = "UTC", captionHidden = false }: DataTableProps) {
  const { columns, rows } = table;
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
      {table.rowsInFile === 0 && <p className="soft small">No rows.</p>}
      <p className="table-foot small soft">
        {table.note !== undefined && <>{table.note} </>}
        <a href={table.csvHref} download>
          Download CSV<span className="visually-hidden">: {table.caption}</span>
        </a>{" "}
        <span className="table-rows">({rowsText(rows.length, table.rowsInFile)})</span>
      </p>
    </div>
  );
}

function rowsText(here: number, inFile: number): string {
  return here === inFile
    ? counted(inFile, "row")
    : `${counted(here, "row")} here, ${countText(inFile)} in the file`;
}
