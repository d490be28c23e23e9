import type { FigurePair } from "#app/server/run-page.ts";
import { ScrollingTable } from "./scrolling-table.tsx";

export interface RunFiguresProps {
  heads: { before: string | null; after: string };
  figures: readonly FigurePair[];
}

/** What a run rests on and how far to trust it, beside the run that it was compared with. */
export function RunFigures({ heads, figures }: RunFiguresProps) {
  return (
    <ScrollingTable caption="How far to trust it" captionHidden>
      <thead>
        <tr>
          <td />
          {heads.before !== null && <th scope="col">{heads.before}</th>}
          <th scope="col">{heads.after}</th>
        </tr>
      </thead>
      <tbody>
        {figures.map(({ label, before, after }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {heads.before !== null && <td>{before}</td>}
            <td>{after}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}
