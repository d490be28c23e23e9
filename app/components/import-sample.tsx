import { counted } from "#app/format.ts";
import { ScrollingTable } from "./scrolling-table.tsx";

export interface ImportSampleProps {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** The first rows of a file as they stand in it. */
export function ImportSample({ columns, rows }: ImportSampleProps) {
  return (
    <ScrollingTable
      caption={`The first ${counted(rows.length, "row")} as they stand in the file`}
      look="import-sample"
    >
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, i) => (
          // Rows have no name of their own, and stay in their order.
          // oxlint-disable-next-line react/no-array-index-key
          <tr key={i}>
            {cells.map((cell, at) => (
              // oxlint-disable-next-line react/no-array-index-key
              <td key={at}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}
