import type { Filter } from "#analytics/filter/filter.ts";
import type { Day } from "#analytics/period.ts";

/** What the request says of every page of a workspace. */
export interface Asked {
  /** The request's day in the workspace's time zone. */
  today: Day;
}

/** What the request says of every page that has a filter. */
export interface AskedWithFilter extends Asked {
  filter: Filter;
  /** Parameters that nobody knows: ignored, and said so. */
  unknownKeys: readonly string[];
}
