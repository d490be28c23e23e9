import { OutcomeIntervals } from "#app/charts/outcome-intervals.tsx";
import { counted } from "#app/format.ts";
import type { OutcomesTell } from "#app/tables/outcome-tables.ts";
import type { PageTable } from "#app/tables/page-table.ts";
import { FigureWithTable } from "./figure-with-table.tsx";

export interface OutcomeFigureProps {
  tells: OutcomesTell;
  /** Of outcomes or of remedies, as they tell. */
  table: PageTable | null;
  resolved: number;
  period: string;
}

/** What became of the resolved cases by remedy; where no share of outcomes means anything, which remedies they got. */
export function OutcomeFigure({ tells, table, resolved, period }: OutcomeFigureProps) {
  const cases = `${period}; ${counted(resolved, "resolved case")}, by the day they were resolved`;
  if (table === null)
    return (
      <section>
        <h2>Outcomes and remedies</h2>
        <p className="soft">
          None of the {counted(resolved, "resolved case")} has a known outcome or remedy: the files that they
          come from do not say what became of them.
        </p>
      </section>
    );
  if (tells === "remedies")
    return (
      <FigureWithTable
        heading="Remedies given"
        subtitle={`Share of resolved cases, ${cases}`}
        table={table}
        description="This source does not tell enough outcomes to chart them: a share of the few that it tells would mean nothing."
      >
        <OutcomeIntervals
          rows={table.rows}
          keys={{ label: "remedy", share: "share", n: "resolved", count: "cases" }}
          measure="Given, of all resolved cases"
        />
      </FigureWithTable>
    );
  return (
    <FigureWithTable
      heading="Restored, by remedy"
      subtitle={`Share of cases with a known outcome, ${cases}`}
      table={table}
      description="Association, not proof: hard cases get other remedies than easy ones."
    >
      <OutcomeIntervals
        rows={table.rows}
        keys={{ label: "remedy", share: "restored", n: "outcome_known" }}
        measure="Restored, of resolved cases with a known outcome"
      />
    </FigureWithTable>
  );
}
