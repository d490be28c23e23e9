import type { RetrospectiveState } from "#db/queries/retrospectives.ts";

/** In the order in which a retrospective comes to them. */
export const retrospectiveStates = ["draft", "reviewed", "published"] as const satisfies RetrospectiveState[];
