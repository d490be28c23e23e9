import { countText } from "#app/format.ts";
import type { RejectedRow } from "#db/imports/store/rejected-row.ts";
import { ScrollingTable } from "./scrolling-table.tsx";

export interface RejectedRowListProps {
  rows: readonly RejectedRow[];
  total: number;
}

/** Rows that were not loaded: where each stands in the file, what was got and what was expected. */
export function RejectedRowList({ rows, total }: RejectedRowListProps) {
  return (
    <ScrollingTable
      caption={
        rows.length < total
          ? `The first ${countText(rows.length)} of ${countText(total)} rejected rows`
          : "Every rejected row"
      }
    >
      <thead>
        <tr>
          <th scope="col" className="number">
            Line
          </th>
          <th scope="col">Column</th>
          <th scope="col">Value</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.row_number}>
            <th scope="row" className="number">
              {row.line}
            </th>
            <td>{row.column_name}</td>
            <td>{row.value}</td>
            <td className="import-reason">{row.reason}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}
