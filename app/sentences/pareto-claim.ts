import { counted } from "#app/format.ts";
import type { TableData } from "#app/tables/table.ts";

/** The Pareto chart's message: how few causes make half of the cases, or that too few cases have one. */
export function paretoClaim(causes: TableData): string {
  const shares = causes.rows.map((row) => row.cells.cumulative_share);
  const half = shares.findIndex((share) => typeof share === "number" && share >= 0.5);
  if (half === -1) return "Cases by cause";
  return `${counted(half + 1, "cause")} ${half === 0 ? "makes" : "make"} up half of the cases`;
}
