import { countText, instantText } from "#app/format.ts";
import type { Import } from "#db/imports/store/queries.ts";
import { ScrollingTable } from "./scrolling-table.tsx";

export interface ImportListProps {
  imports: readonly (Import & { href: string })[];
  timeZone: string;
  caption: string;
}

/** Loads, with what became of the rows of each. */
export function ImportList({ imports, timeZone, caption }: ImportListProps) {
  return (
    <ScrollingTable caption={caption}>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">Begun</th>
          <th scope="col">State</th>
          {["Read", "New", "Updated", "Unchanged", "Rejected", "Open"].map((label) => (
            <th key={label} scope="col" className="number">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {imports.map((load) => (
          <tr key={load.import_id}>
            <th scope="row">
              <a href={load.href}>{load.file_name}</a>
            </th>
            <td>{instantText(load.started_at, timeZone)}</td>
            <td>{load.state}</td>
            {[
              load.new_rows + load.updated_rows + load.unchanged_rows + load.rejected_rows,
              load.new_rows,
              load.updated_rows,
              load.unchanged_rows,
              load.rejected_rows,
              load.open_rows,
            ].map((count, i) => (
              <td key={i} className="number">
                {countText(count)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}
