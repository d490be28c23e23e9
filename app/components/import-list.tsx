import { countText, instantText } from "#app/format.ts";
import { ScrollingTable } from "./scrolling-table.tsx";

/** A load as the list shows it. */
export interface ImportLine {
  importId: number;
  fileName: string;
  startedAt: string;
  /** In words. */
  state: string;
  href: string;
  /** Still to be loaded: the link says so. */
  isDraft: boolean;
  /** `null` before anything was read. */
  counts: {
    read: number;
    new: number;
    updated: number;
    unchanged: number;
    rejected: number;
    open: number;
  } | null;
}

export interface ImportListProps {
  imports: readonly ImportLine[];
  timeZone: string;
  caption: string;
}

const counted = ["read", "new", "updated", "unchanged", "rejected", "open"] as const;

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
          <tr key={load.importId}>
            <th scope="row">
              <a href={load.href}>{load.fileName}</a>
            </th>
            <td>{instantText(load.startedAt, timeZone)}</td>
            <td>
              {load.state}
              {load.isDraft && (
                <>
                  {" "}
                  <a href={load.href} className="nowrap">
                    Go on with it<span className="visually-hidden">: {load.fileName}</span>
                  </a>
                </>
              )}
            </td>
            {counted.map((count) => (
              <td key={count} className="number">
                {countText(load.counts?.[count] ?? null)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}
