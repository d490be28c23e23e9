import { numberIn } from "#app/charts/row-cells.ts";
import { counted, countText, fewestForShare, rangeText, shareText, unknown } from "#app/format.ts";
import type { TableRow } from "#app/tables/table.ts";
import { StatTile, TileRow } from "./stat-tile.tsx";

/** The figures at the head of a page, drawn from rows of the headline table. */
export function HeadlineTiles({ rows }: { rows: readonly TableRow[] }) {
  return (
    <div className="headline">
      <TileRow>
        {rows.map((row) => (
          <HeadlineTile key={String(row.cells.measure)} row={row} />
        ))}
      </TileRow>
      {rows.some(hasInterval) && <p className="small soft">Ranges in brackets are 95% intervals.</p>}
    </div>
  );
}

function HeadlineTile({ row }: { row: TableRow }) {
  const [cases, n] = [numberIn(row, "cases"), numberIn(row, "of_cases")];
  const label = String(row.cells.label);
  const basis = String(row.cells.basis);
  const link = row.href === undefined ? {} : { href: row.href };
  if (n === null) return <StatTile label={label} value={countText(cases)} n={basis} {...link} />;
  if (n === 0) return <StatTile label={label} value={unknown} n="No case here tells." />;
  const of = `${countText(cases)} of ${counted(n, "case")}`;
  if (!hasInterval(row))
    return <StatTile label={label} value={countText(cases)} n={of} detail={basis} {...link} />;
  const range = rangeText(numberIn(row, "share_low") ?? 0, numberIn(row, "share_high") ?? 1);
  return (
    <StatTile
      label={label}
      value={shareText(numberIn(row, "share"), n)}
      n={
        <>
          {of} <span className="nowrap">({range})</span>
        </>
      }
      detail={basis}
      {...link}
    />
  );
}

/** Of very few cases only the count is shown. */
function hasInterval(row: TableRow): boolean {
  return numberIn(row, "share_low") !== null && (numberIn(row, "of_cases") ?? 0) >= fewestForShare;
}
