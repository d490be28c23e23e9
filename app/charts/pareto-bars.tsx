import { categoryText, shareText, unknown } from "#app/format.ts";
import type { TableRow } from "#app/tables/table.ts";
import { categoryColour } from "./category-colour.ts";
import { numberIn, textIn } from "./row-cells.ts";

export interface ParetoBarsProps {
  /** Largest first, as the table has them; rows of the tone "other" are no cause: grey, last, without a bar. */
  rows: readonly TableRow[];
  keys: ParetoKeys;
  /** How many cases the shares are of. */
  total: number;
  /** Text of a count. */
  format: (count: number | null) => string;
}

/** Which column of the table holds what. */
export interface ParetoKeys {
  label: string;
  count: string;
  share: string;
  /** Share of this row and all larger ones. */
  cumulative: string;
  category?: string;
}

/** Sorted bars, each a link to its cases: which few causes make most of the cases. */
export function ParetoBars({ rows, keys, total, format }: ParetoBarsProps) {
  const ranked = rows.filter((row) => row.tone === undefined);
  const rest = rows.filter((row) => row.tone === "other");
  const largest = Math.max(1, ...ranked.map((row) => numberIn(row, keys.count) ?? 0));
  return (
    <div className="pareto">
      <p className="pareto-row pareto-head small soft" aria-hidden="true">
        <span className="pareto-track">Cases</span>
        <span className="pareto-share">Share</span>
        <span className="pareto-share">Running total</span>
      </p>
      <ol>
        {[...ranked, ...rest].map((row) => (
          // Two causes may have one name, but not one address.
          <Bar key={row.href ?? textIn(row, keys.label)} {...{ row, keys, total, largest, format }} />
        ))}
      </ol>
    </div>
  );
}

interface BarProps extends Omit<ParetoBarsProps, "rows"> {
  row: TableRow;
  largest: number;
}

function Bar({ row, keys, total, largest, format }: BarProps) {
  const count = numberIn(row, keys.count);
  const cumulative = numberIn(row, keys.cumulative);
  const label = textIn(row, keys.label) ?? unknown;
  const isCause = row.tone === undefined;
  const category = keys.category === undefined || !isCause ? undefined : textIn(row, keys.category);
  const colour = category === undefined ? "var(--mark-quiet)" : categoryColour(category);
  return (
    <li className="pareto-row" data-tone={row.tone}>
      <span className="pareto-label">
        {row.href === undefined ? label : <a href={row.href}>{label}</a>}
        {category !== undefined && (
          <span className="small soft pareto-category">
            <span className="swatch" style={{ background: colour }} />
            {categoryText(category)}
          </span>
        )}
      </span>
      <span className="pareto-track">
        {isCause && (
          <span
            className="pareto-bar"
            style={{ width: `${(100 * (count ?? 0)) / largest}%`, background: colour }}
          />
        )}
        <span className="pareto-count">
          {format(count)}
          <span className="visually-hidden"> cases, </span>
        </span>
      </span>
      <span className="pareto-share">
        {shareText(numberIn(row, keys.share), total)}
        <span className="visually-hidden"> of all{cumulative !== null && ", running total "}</span>
      </span>
      <span className="pareto-share soft">{cumulative !== null && shareText(cumulative, total)}</span>
    </li>
  );
}
