import { partText, shareText } from "#app/format.ts";
import { type ChartAllowed, chartsAllowed } from "#app/imports/charts-allowed.ts";
import { ScrollingTable } from "./scrolling-table.tsx";

export interface ImportChartsProps {
  /** Field -> accepted rows that carry it. */
  coverage: Readonly<Record<string, number>>;
  accepted: number;
}

const verdicts: Record<ChartAllowed["verdict"], string> = {
  possible: "Possible",
  in_part: "For a part of the cases",
  not_possible: "Not possible",
};

/** Which charts these cases can carry, and what those that they can't would need. */
export function ImportCharts({ coverage, accepted }: ImportChartsProps) {
  return (
    <ScrollingTable caption="Charts, and the rows that tell what each of them needs" look="import-charts">
      <thead>
        <tr>
          <th scope="col">Chart</th>
          <th scope="col">From these rows</th>
          <th scope="col">Needs</th>
          <th scope="col" className="number">
            Rows that tell it
          </th>
          <th scope="col" className="number">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {chartsAllowed(coverage, accepted).map(({ chart, needs, rows, share, verdict }) => (
          <tr key={chart} data-verdict={verdict}>
            <th scope="row">{chart}</th>
            <td>{verdicts[verdict]}</td>
            <td>{needs}</td>
            <td className="number">{partText(rows, accepted)}</td>
            <td className="number">{shareText(share, accepted)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}
