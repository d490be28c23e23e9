/** How finely causes are told apart: three stops of the resolution. */
export const granularities = ["broad", "causes", "fine"] as const;
export type Granularity = (typeof granularities)[number];

/** What the resolution of communities is multiplied by (docs/decisions/006 has the table that they were chosen from). */
export const resolutionFactor: Readonly<Record<Granularity, number>> = { broad: 0.25, causes: 1, fine: 2 };

/** The granularity that a stored method id tells of. */
export function granularityOf(methodId: string): Granularity {
  return granularities.find((granularity) => methodId.includes(` granularity=${granularity}`)) ?? "causes";
}
