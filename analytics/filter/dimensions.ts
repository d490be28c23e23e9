import { type CodedDimension, codedDimensions } from "../facts/facts.ts";

/** Everything that a case can be filtered by. `remedy` is the one that holds several values a case. */
export type FilterDimension = CodedDimension | "remedy";

export const filterDimensions: readonly FilterDimension[] = [...codedDimensions, "remedy"];

/** What a reader calls it. */
export const dimensionLabels: Readonly<Record<FilterDimension, string>> = {
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
