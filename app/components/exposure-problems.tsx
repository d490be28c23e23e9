import { counted, countText } from "#app/format.ts";
import type { ExposureProblem } from "#db/imports/read/read-exposure-csv.ts";
import { Notice } from "./notice.tsx";
import { ScrollingTable } from "./scrolling-table.tsx";

export interface ExposureProblemsProps {
  sentence: string;
  problems: readonly ExposureProblem[];
  /** Lines beside those. */
  unlisted: number;
}

/** Why a file of exposure was not loaded, line by line. */
export function ExposureProblems({ sentence, problems, unlisted }: ExposureProblemsProps) {
  return (
    <>
      <Notice kind="problem">
        {sentence}
        {problems.length > 0 && ` ${counted(problems.length + unlisted, "line")} to be put right:`}
      </Notice>
      {problems.length > 0 && (
        <ScrollingTable caption="Lines that can’t be read">
          <thead>
            <tr>
              <th scope="col" className="number">
                Line
              </th>
              <th scope="col">Got</th>
              <th scope="col">Expected</th>
            </tr>
          </thead>
          <tbody>
            {problems.map(({ line, got, expected }) => (
              <tr key={`${line} ${got}`}>
                <th scope="row" className="number">
                  {countText(line)}
                </th>
                <td>{got}</td>
                <td>{expected}</td>
              </tr>
            ))}
          </tbody>
        </ScrollingTable>
      )}
      {unlisted > 0 && <p className="small soft">{counted(unlisted, "more line")} not listed here.</p>}
    </>
  );
}
