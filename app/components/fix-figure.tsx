import { FixChart } from "#app/charts/fix-chart.tsx";
import type { FixFigureData } from "#app/fixes/fix-figure.ts";
import { FigureWithTable } from "./figure-with-table.tsx";

export function FixFigure({ heading, subtitle, description, table, ...chart }: FixFigureData) {
  return (
    <FigureWithTable heading={heading} subtitle={subtitle} description={description} table={table}>
      <FixChart {...chart} />
    </FigureWithTable>
  );
}
