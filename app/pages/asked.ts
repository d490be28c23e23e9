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
  choice: AskedChoice;
}

/** Choices of filters are counted and sent only when the reader has asked for them. */
export interface AskedChoice {
  isOpen: boolean;
  /** The query of the same page with the choices opened, or closed where they are open. */
  otherQuery: string;
}
