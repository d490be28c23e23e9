import { countText } from "#app/format.ts";
import type { StoredRejection } from "#db/imports/store/queries.ts";
import { ScrollingTable } from "./scrolling-table.tsx";

export interface RejectedRowListProps {
  rows: readonly StoredRejection[];
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
          <tr key={row.line}>
            <th scope="row" className="number">
              {row.line}
            </th>
            <td>{row.column_name}</td>
            <td>{row.value}</td>
            <td>{row.reason}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}
