import { mean } from "d3-array";
import { stableHash } from "#analytics/causes/stable-hash.ts";
import type { LabelledCase, LabelledSet } from "./labelled-cases.ts";

const draws = [1, 2, 3];
const fewestOfCause = 6;

/** Of later cases, the shares that fit nothing. */
interface KeptOut {
  /** Of causes that the run has not seen: as many as can be is right. */
  unseen: number;
  /** Of causes that it has seen: each is wrong. */
  seen: number;
}

/**
 * Whether new causes are noticed: a tenth of the causes is held out of the first half of the cases, and comes in the later
 * half. Means of three draws of causes with six cases or more.
 *
 * @param emergingOf assigns later cases by what a run over the first ones has found: the ids of those that fit nothing
 */
export function unseenCauses(
  { cases }: LabelledSet,
  emergingOf: (first: LabelledCase[], later: LabelledCase[]) => ReadonlySet<string>,
): KeptOut & { cases: number } {
  const later = cases.filter((_, index) => index % 2 === 1);
  const found = draws.map((draw) => {
    const heldOut = drawnCauses(cases, draw);
    const isHeld = ({ truth }: LabelledCase) => heldOut.has(truth);
    const first = cases.filter((item, index) => index % 2 === 0 && !isHeld(item));
    const emerging = emergingOf(first, later);
    const shareOf = (asked: LabelledCase[]) => mean(asked, ({ caseId }) => Number(emerging.has(caseId)));
    const unseen = later.filter(isHeld);
    const seen = later.filter((item) => !isHeld(item));
    return {
      cases: unseen.length,
      unseen: shareOf(unseen) ?? Number.NaN,
      seen: shareOf(seen) ?? Number.NaN,
    };
  });
  const meanOf = (name: keyof (typeof found)[number]) => mean(found, (draw) => draw[name]) ?? Number.NaN;
  return { cases: meanOf("cases"), unseen: meanOf("unseen"), seen: meanOf("seen") };
}

function drawnCauses(cases: readonly LabelledCase[], draw: number): ReadonlySet<string> {
  const byCause = Map.groupBy(cases, ({ truth }) => truth);
  const causes = [...byCause].flatMap(([cause, members]) => (members.length < fewestOfCause ? [] : [cause]));
  causes.sort((a, b) => stableHash(`${draw} ${a}`) - stableHash(`${draw} ${b}`));
  return new Set(causes.slice(0, Math.max(3, Math.round(causes.length / 10))));
}
