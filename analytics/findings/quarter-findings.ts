import type { Facts } from "../facts/facts.ts";
import type { Clause } from "../filter/filter.ts";
import { select } from "../filter/select.ts";
import { type CauseMovement, causeMovements } from "../metrics/cause-movements.ts";
import { causeRanking, type RankedCause } from "../metrics/cause-ranking.ts";
import { type Compensation, compensation } from "../metrics/compensation.ts";
import { headline } from "../metrics/headline.ts";
import type { Share } from "../metrics/share.ts";
import { monthsBefore, type Period } from "../period.ts";

/** Something that the summary says, as data: its sentence is written from it and from nothing else. */
export type Finding =
  /** A cause that rose, fell or is new, beyond chance. */
  | { kind: "movement"; entry: CauseMovement }
  /** So many causes were compared, and none moved beyond chance. "No real change" is a finding. */
  | { kind: "no_change"; compared: number }
  /** The source's month counts mean nothing, so nothing is compared. */
  | { kind: "not_comparable" }
  /** The data begin or end within the quarter or the one before: a change of counts would be theirs. */
  | { kind: "not_covered" }
  | { kind: "largest_cause"; ranked: RankedCause }
  /** What was paid in the causes that have no second fix in place. */
  | { kind: "unfixed_cost"; cost: Compensation; causes: number }
  | { kind: "parted"; now: Share; before: Share | null };

export interface QuarterContext {
  period: Period;
  clauses: readonly Clause[];
  volumeIsArtefact: boolean;
  /** Whether the data cover the quarter and the one before whole. */
  covered: boolean;
  /** Some outcomes are told and others are not: nothing is said of them. */
  outcomesArePartial: boolean;
  /** Causes that have a second fix in place. */
  fixedCauseIds: ReadonlySet<number>;
}

/** More than this a page of one minute can't hold. */
export const mostFindings = 6;
const mostMovements = 3;

/**
 * What a quarter has to say, at most `mostFindings`: movements first, ranked by size x certainty (cases more or
 * fewer, times 1 - q), then the largest cause, the cost of what is unfixed, and the relationships parted.
 */
export function quarterFindings(facts: Facts, context: QuarterContext): Finding[] {
  const { period, clauses } = context;
  const incidence = select(facts, period, "incidence", clauses);
  const resolved = select(facts, period, "outcome", clauses);
  if (incidence.length + resolved.length === 0) return [];
  const [largest] = causeRanking(facts, incidence).filter((ranked) => ranked.cause !== null);
  const unfixed = resolved.filter((row) => {
    const cause = facts.causes[facts.codes.cause[row] ?? 0];
    return cause !== undefined && !context.fixedCauseIds.has(cause.causeId);
  });
  const cost = compensation(facts, unfixed);
  const causes = new Set(Array.from(unfixed, (row) => facts.codes.cause[row])).size;
  const before = monthsBefore(period, 3);
  const resolvedBefore = select(facts, before, "outcome", clauses);
  const partedBefore = headline(facts, resolvedBefore, resolvedBefore).parted;
  const { parted } = headline(facts, incidence, resolved);
  const findings: (Finding | false)[] = [
    ...movementFindings(facts, context),
    largest !== undefined && { kind: "largest_cause", ranked: largest },
    cost !== null && { kind: "unfixed_cost", cost, causes },
    !context.outcomesArePartial &&
      parted.n > 0 && {
        kind: "parted",
        now: parted,
        before: context.covered && partedBefore.n > 0 ? partedBefore : null,
      },
  ];
  return findings.filter((finding) => finding !== false).slice(0, mostFindings);
}

function movementFindings(facts: Facts, context: QuarterContext): Finding[] {
  const { period, clauses, volumeIsArtefact, covered } = context;
  if (volumeIsArtefact) return [{ kind: "not_comparable" }];
  if (!covered) return [{ kind: "not_covered" }];
  const entries = causeMovements(facts, period, 3, clauses);
  const weight = (entry: CauseMovement) => Math.abs(entry.cases - entry.previous) * (1 - entry.q);
  const moved = entries.filter((entry) => entry.movement !== null).sort((a, b) => weight(b) - weight(a));
  if (moved.length === 0)
    return entries.length === 0 ? [] : [{ kind: "no_change", compared: entries.length }];
  return moved.slice(0, mostMovements).map((entry) => ({ kind: "movement", entry }));
}
