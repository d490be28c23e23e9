import { countText, partText, sentenceCase, shareText, words } from "#app/format.ts";
import { ScrollingTable } from "./scrolling-table.tsx";

export interface CoverageTableProps {
  /** Field -> accepted rows that carry it. */
  coverage: Readonly<Record<string, number>>;
  accepted: number;
}

/** How many of the rows carry each field: what can be charted from them. A field that none carries is named below. */
export function CoverageTable({ coverage, accepted }: CoverageTableProps) {
  const fields = Object.entries(coverage).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const present = fields.filter(([, n]) => n > 0);
  const absent = fields.filter(([, n]) => n === 0).map(([field]) => words(field));
  return (
    <>
      <ScrollingTable
        caption={`Fields by how many of ${countText(accepted)} accepted rows carry them`}
        look="coverage"
      >
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col" className="number">
              Rows
            </th>
            <th scope="col" className="number">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {present.map(([field, n]) => (
            <tr key={field}>
              <th scope="row">{sentenceCase(words(field))}</th>
              <td className="number">{partText(n, accepted)}</td>
              <td className="number">{shareText(accepted === 0 ? null : n / accepted, accepted)}</td>
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
      {absent.length > 0 && (
        <p className="small soft">
          No row tells: {absent.join(", ")}. What rests on these is shown as unknown.
        </p>
      )}
    </>
  );
}
