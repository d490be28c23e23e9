import { FixChart } from "#app/charts/fix-chart.tsx";
import type { FixFigureData } from "#app/fixes/fix-figure.ts";
import { pageTable } from "#app/tables/page-table.ts";
import { FigureWithTable } from "./figure-with-table.tsx";

export function FixFigure({ heading, subtitle, description, table, ...chart }: FixFigureData) {
  return (
    <FigureWithTable heading={heading} subtitle={subtitle} description={description} table={pageTable(table)}>
      <FixChart {...chart} />
    </FigureWithTable>
  );
}
