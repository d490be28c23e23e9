import { countText } from "#app/format.ts";
import type { RejectionGroup } from "#db/imports/draft.ts";
import { ScrollingTable } from "./scrolling-table.tsx";

/** Why rows are rejected, each reason once, with one of its rows. */
export function ImportRejections({ groups }: { groups: readonly RejectionGroup[] }) {
  return (
    <ScrollingTable caption="Reasons, the most frequent first">
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col" className="number">
            Rows
          </th>
          <th scope="col">For example</th>
          <th scope="col" className="number">
            in line
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ column, code, count, example }) => (
          <tr key={`${column}/${code}`}>
            <th scope="row">{column ?? "The row as a whole"}</th>
            <td className="number">{countText(count)}</td>
            <td className="import-reason">{example.reason}</td>
            <td className="number">{countText(example.line)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}
