import { dateText, listText, openingText, words } from "#app/format.ts";
import type { CaseLine } from "#db/queries/cases.ts";
import { ScrollingTable } from "./scrolling-table.tsx";

export type LinkedCaseLine = CaseLine & { href: string };

const lettersShown = 240;

/** Cases as a table that can hold fifty rows: when, what was said, what was done, what became of it. */
export function CaseList({ lines }: { lines: readonly LinkedCaseLine[] }) {
  return (
    <ScrollingTable caption="Cases, the latest first" captionHidden look="case-list">
      <thead>
        <tr>
          <th scope="col">Case</th>
          <th scope="col">Happened</th>
          <th scope="col">What the customer said</th>
          <th scope="col">Remedy</th>
          <th scope="col">Outcome</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.case_id}>
            <th scope="row">
              <a href={line.href}>{line.source_case_id}</a>
            </th>
            <td className="case-date">{dateText(line.incidence_day)}</td>
            <td className="case-words">
              {line.title !== null && <strong>{line.title} </strong>}
              {line.opening === null
                ? line.title === null && <span className="soft">The source gave no text.</span>
                : openingText(line.opening, lettersShown)}
            </td>
            <td data-label="Remedy: ">
              {line.remedy_types === null ? words(null) : listText(line.remedy_types.map(words))}
            </td>
            <td data-label="Outcome: ">{line.status === "open" ? "open" : words(line.outcome)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}
