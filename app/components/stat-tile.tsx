import type { ReactNode } from "react";
import { unknown } from "#app/format.ts";

export interface StatTileProps {
  label: string;
  /** The number as text, made by app/format. */
  value: string;
  /** What it rests on, and its interval: "2,345 of 6,588 cases (34–37%)". */
  n: ReactNode;
  /** A second line: of which cases. */
  detail?: string;
  /** A small server-drawn line. */
  sparkline?: ReactNode;
  /** Opens the cases behind the number. */
  href?: string;
}

/** One number at the head of a page; several stand in a `<TileRow>`. */
export function StatTile({ label, value, n, detail, sparkline, href }: StatTileProps) {
  return (
    <div className="tile">
      <dt>{label}</dt>
      <dd>
        <span className="tile-value" data-unknown={value === unknown || undefined}>
          {href === undefined ? value : <a href={href}>{value}</a>}
          {sparkline}
        </span>
        <span className="small soft">{n}</span>
        {detail !== undefined && <span className="small soft">{detail}</span>}
      </dd>
    </div>
  );
}

export function TileRow({ children }: { children: ReactNode }) {
  return <dl className="tiles">{children}</dl>;
}
