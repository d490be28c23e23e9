import { type ReactNode, useId } from "react";
import type { PageTable } from "#app/tables/page-table.ts";
import { DataTable } from "./data-table.tsx";

export interface FigureWithTableProps {
  /** The message, in sentence case: "Late deliveries came back in March". */
  heading: string;
  /** Measure, period and n, so that a wrong headline can be checked. */
  subtitle: string;
  table: PageTable;
  /** What the picture shows and how to read it, for who cannot see it and for who has not seen such a one. */
  description?: ReactNode;
  /** The chart, drawn from the rows of `table`. */
  children: ReactNode;
}

/** A chart with its message above it and its numbers below it: the one way in which a chart stands on a page. */
export function FigureWithTable({ heading, subtitle, table, description, children }: FigureWithTableProps) {
  const headingId = useId();
  return (
    <figure className="figure" aria-labelledby={headingId}>
      <header className="figure-head">
        <h2 id={headingId}>{heading}</h2>
        <p className="soft">{subtitle}</p>
      </header>
      <div className="figure-chart">{children}</div>
      <figcaption className="figure-foot">
        {description !== undefined && <p className="small soft">{description}</p>}
        <details className="figure-table">
          <summary>
            Table<span className="visually-hidden">: {table.caption}</span>
          </summary>
          <DataTable table={table} />
        </details>
        <a className="small figure-csv" href={table.csvHref} download>
          CSV<span className="visually-hidden">: {table.caption}</span>
        </a>
      </figcaption>
    </figure>
  );
}
