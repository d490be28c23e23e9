import { OutcomeIntervals } from "#app/charts/outcome-intervals.tsx";
import { counted } from "#app/format.ts";
import type { TableData } from "#app/tables/table.ts";
import { FigureWithTable } from "./figure-with-table.tsx";

export interface OutcomeFigureProps {
  outcomes: TableData;
  remedies: TableData;
  /** The sources tell outcomes in part only: the remedies are charted in their place. */
  outcomesArePartial: boolean;
  resolved: number;
  period: string;
}

/** What became of the resolved cases by remedy; where no share of outcomes means anything, which remedies they got. */
export function OutcomeFigure({
  outcomes,
  remedies,
  outcomesArePartial,
  resolved,
  period,
}: OutcomeFigureProps) {
  const cases = `${period}; ${counted(resolved, "resolved case")}, by the day they were resolved`;
  if (outcomesArePartial)
    return (
      <FigureWithTable
        heading="Remedies given"
        subtitle={`Share of resolved cases, ${cases}`}
        table={remedies}
        description="This source does not tell enough outcomes to chart them: a share of the few that it tells would mean nothing."
      >
        <OutcomeIntervals
          rows={remedies.rows}
          keys={{ label: "remedy", share: "share", n: "resolved", count: "cases" }}
          measure="Given, of all resolved cases"
        />
      </FigureWithTable>
    );
  return (
    <FigureWithTable
      heading="Restored, by remedy"
      subtitle={`Share of cases with a known outcome, ${cases}`}
      table={outcomes}
      description="Association, not proof: hard cases get other remedies than easy ones."
    >
      <OutcomeIntervals
        rows={outcomes.rows}
        keys={{ label: "remedy", share: "restored", n: "outcome_known" }}
        measure="Restored, of resolved cases with a known outcome"
      />
    </FigureWithTable>
  );
}
