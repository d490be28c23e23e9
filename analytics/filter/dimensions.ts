import {
  type AttributeDimension,
  attributeName,
  type CodedDimension,
  codedDimensions,
  isAttribute,
} from "../facts/facts.ts";

/** What every case can be filtered by. `remedy` is the one that holds several values a case. */
export type FixedDimension = CodedDimension | "remedy";

/** Everything that a case can be filtered by: the fixed dimensions, and whatever else a source says. */
export type FilterDimension = FixedDimension | AttributeDimension;

export const filterDimensions: readonly FixedDimension[] = [...codedDimensions, "remedy"];

const labels: Readonly<Record<FixedDimension, string>> = {
  contact_reason: "contact reason",
  product: "product",
  team: "team",
  channel: "channel",
  region: "region",
  severity: "severity",
  finding: "finding",
  outcome: "outcome",
  status: "status",
  cause: "cause",
  category: "category",
  remedy: "remedy",
};

/** What a reader calls it; an attribute is called what its source calls it. */
export function dimensionLabel(dimension: FilterDimension): string {
  return isAttribute(dimension) ? attributeName(dimension) : labels[dimension];
}

/** The one order of dimensions, in addresses and on pages: the fixed ones, then attributes by name. */
export function compareDimensions(a: FilterDimension, b: FilterDimension): number {
  if (isAttribute(a) && isAttribute(b)) return a < b ? -1 : Number(a > b);
  return placeOf(a) - placeOf(b);
}

function placeOf(dimension: FilterDimension): number {
  return isAttribute(dimension) ? filterDimensions.length : filterDimensions.indexOf(dimension);
}
