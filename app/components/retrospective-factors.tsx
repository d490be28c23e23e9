import { counted, countText } from "#app/format.ts";
import { ScrollingTable } from "./scrolling-table.tsx";

export interface RetrospectiveFactorsProps {
  factors: readonly { factor: string; retrospectives: number; href: string }[];
  /** How many retrospectives are reviewed or published. */
  of: number;
}

/** What contributed, and in how many retrospectives. */
export function RetrospectiveFactors({ factors, of }: RetrospectiveFactorsProps) {
  if (factors.length === 0) return null;
  return (
    <section className="section retrospective-factors">
      <h2>What contributed</h2>
      <p className="small soft">
        Counted over {counted(of, "retrospective")} that {of === 1 ? "is" : "are"} reviewed or published;
        capitals do not matter. People chose what to write of, so this says what retrospectives found, not how
        frequent it is among all cases.
      </p>
      <ScrollingTable caption="Contributing factors, the most frequent first" captionHidden>
        <thead>
          <tr>
            <th scope="col">Factor</th>
            <th scope="col" className="number">
              Retrospectives
            </th>
          </tr>
        </thead>
        <tbody>
          {factors.map(({ factor, retrospectives, href }) => (
            <tr key={factor}>
              <th scope="row">
                <a href={href}>{factor}</a>
              </th>
              <td className="number">{countText(retrospectives)}</td>
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
    </section>
  );
}
