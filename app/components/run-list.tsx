import { ScrollingTable } from "./scrolling-table.tsx";

/** A run as the list shows it, in words. */
export interface RunLine {
  title: string;
  href: string;
  begun: string;
  state: string;
  from: string;
  granularity: string;
  cases: string;
  causes: string;
}

/** Runs of the cause engine, the newest first. */
export function RunList({ runs }: { runs: readonly RunLine[] }) {
  return (
    <ScrollingTable caption="Runs, the newest first" captionHidden>
      <thead>
        <tr>
          {["Run", "State", "Begun", "Began from", "Granularity"].map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
          {["Cases", "Causes"].map((label) => (
            <th key={label} scope="col" className="number">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.href}>
            <th scope="row">
              <a href={run.href}>{run.title}</a>
            </th>
            <td>{run.state}</td>
            <td>{run.begun}</td>
            <td>{run.from}</td>
            <td>{run.granularity}</td>
            <td className="number">{run.cases}</td>
            <td className="number">{run.causes}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}
