import { compensationAt, type Facts } from "../facts/facts.ts";
import { type Selection, select } from "../filter/select.ts";
import { causeMovements } from "../metrics/cause-movements.ts";
import { causeRanking } from "../metrics/cause-ranking.ts";
import { compensation } from "../metrics/compensation.ts";
import { headline } from "../metrics/headline.ts";
import { monthsBefore } from "../period.ts";
import { type Finding, findingFigures } from "./finding-figures.ts";
import { fixStatement } from "./fix-statement.ts";
import type { QuarterContext } from "./quarter-context.ts";
import { rankFindings } from "./rank-findings.ts";
import type { Statement } from "./statement.ts";

/**
 * What a quarter has to say, ranked: what second fixes did, what moved beyond chance or that nothing did, the largest cause,
 * what the causes without a fix cost, and the relationships that ended. Page, summary, CSV and alerts are written from
 * this one list. How often relationships end is not tested: how much that share varies anyway is not known, so it has no
 * verb. Source: PRODUCT §12, `rankFindings`. Cost: a selection a kind.
 */
export function quarterFindings(facts: Facts, context: QuarterContext): Finding[] {
  const { period, clauses, judgedFixes } = context;
  const incidence = select(facts, period, "incidence", clauses);
  const resolved = select(facts, period, "outcome", clauses);
  const cases = Math.max(incidence.length, resolved.length);
  const ofFixes = judgedFixes.map((fix) => fixStatement(fix, period));
  const ofCases =
    cases === 0
      ? []
      : [
          ...changes(facts, context, cases),
          largestCause(facts, incidence),
          unfixedCost(facts, context, resolved),
          parted(facts, context, resolved),
        ];
  const statements = [...ofFixes, ...ofCases].filter((statement) => statement !== null);
  return rankFindings(
    statements.map((statement) => ({ ...statement, ...findingFigures(statement, context) })),
  );
}

/** Movements and bursts are one family of tests. */
function changes(facts: Facts, context: QuarterContext, about: number): Statement[] {
  const { period, clauses, volumeIsArtefact, covered, bursts } = context;
  if (volumeIsArtefact) return [{ kind: "not_comparable", about }];
  if (!covered) return [{ kind: "not_covered", about }];
  const entries = causeMovements(facts, period, 3, clauses, bursts ?? []);
  const found = entries.flatMap((entry): Statement[] => [
    ...(entry.movement === null ? [] : [{ kind: "movement" as const, entry }]),
    ...(entry.burst === null ? [] : [{ kind: "burst" as const, ...entry.burst }]),
  ]);
  if (found.length > 0 || entries.length === 0) return found;
  const casesOfAll = entries.reduce((sum, { cases }) => sum + cases, 0);
  return [{ kind: "no_change", compared: entries.length, about: casesOfAll, burstsSought: bursts !== null }];
}

function largestCause(facts: Facts, incidence: Selection): Statement | null {
  const causes = causeRanking(facts, incidence).flatMap((ranked) =>
    ranked.cause === null ? [] : [{ ...ranked, cause: ranked.cause }],
  );
  const [ranked, ...others] = causes;
  if (ranked === undefined) return null;
  const tied = others.filter(({ cases }) => cases === ranked.cases).map(({ cause }) => cause);
  return { kind: "largest_cause", ranked, tied, lead: ranked.cases - (others[0]?.cases ?? 0) };
}

function unfixedCost(facts: Facts, { fixedCauseIds }: QuarterContext, resolved: Selection): Statement | null {
  const unfixed = resolved.filter((row) => {
    const cause = facts.causes[facts.codes.cause[row] ?? 0];
    return cause !== undefined && !fixedCauseIds.has(cause.causeId);
  });
  const cost = compensation(facts, unfixed);
  if (cost === null) return null;
  const causes = new Set(Array.from(unfixed, (row) => facts.codes.cause[row])).size;
  const paidCases = unfixed.filter((row) => (compensationAt(facts, row) ?? 0) > 0).length;
  return { kind: "unfixed_cost", cost, causes, paidCases };
}

function parted(facts: Facts, context: QuarterContext, resolved: Selection): Statement | null {
  const { period, clauses, covered, outcomesArePartial } = context;
  const now = headline(facts, resolved, resolved).parted;
  if (outcomesArePartial || now.n === 0) return null;
  const resolvedBefore = select(facts, monthsBefore(period, 3), "outcome", clauses);
  const before = headline(facts, resolvedBefore, resolvedBefore).parted;
  return { kind: "parted", now, before: covered && before.n > 0 ? before : null };
}
