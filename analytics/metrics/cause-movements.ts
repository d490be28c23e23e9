import type { CauseFact, Facts } from "../facts/facts.ts";
import type { Clause } from "../filter/filter.ts";
import { select } from "../filter/select.ts";
import { lengthInDays, monthsBefore, type Period } from "../period.ts";
import type { CauseBurst } from "../repeats/bursts.ts";
import { benjaminiHochberg } from "../statistics/benjamini-hochberg.ts";
import { type RateRatio, rateRatio } from "../statistics/rate-ratio.ts";
import { fewestForRate, type Saying, whatMayBeSaid } from "../statistics/what-may-be-said.ts";
import { causeDispersions } from "./cause-dispersions.ts";
import { countByCode } from "./counts.ts";

/** What may be said of a cause between two periods; `returned`: it was away for long. `null`: no change beyond chance. */
export type Movement = "rose" | "fell" | "new" | "returned" | null;

/** When a cause was last seen before a period: within the four periods before it, only earlier, or never. */
export type LastSeen = "lately" | "long_ago" | "never";

export interface CauseMovement {
  cause: CauseFact;
  cases: number;
  previous: number;
  yearAgo: number;
  /** `null`: the data don't reach back four periods. */
  seen: LastSeen | null;
  /** By how much its counts usually vary beyond a Poisson's from one such period to the next; 1 where they do not. */
  dispersion: number;
  /** This period against the previous one, per day; as uncertain as the dispersion makes it. */
  ratio: RateRatio | null;
  /** The p of `ratio`, adjusted by Benjamini-Hochberg over all that is tested here: movements and bursts. */
  q: number;
  saying: Saying;
  movement: Movement;
  /** `null`: none beyond chance, or none was looked for. */
  burst: TestedBurst | null;
}

/** A burst beyond chance, with its q in the family of the movements. */
export interface TestedBurst {
  burst: CauseBurst & { window: Period };
  q: number;
}

const falseDiscoveryRate = 0.05;
/** "New" and "returned" look back this many periods of the same length. */
const periodsWithoutACase = 4;

/**
 * Each cause of a quarter (or of any whole number of months) beside the period before and the same one a year
 * earlier. All causes that were seen in either of the two periods, and the bursts, are one family of tests, exact but for the
 * dispersion that widens them; a verb needs q <= 0.05 and a count of at least 30 on one side, "new" and "returned" none in the four periods
 * before and at least 5 cases. Most frequent first. Source: docs/decisions/004, PRODUCT rules on signals.
 * @param bursts of the causes of the period under the same clauses, all that were looked at: members of the family
 */
export function causeMovements(
  facts: Facts,
  period: Period,
  months: number,
  clauses: readonly Clause[],
  bursts: readonly CauseBurst[] = [],
): CauseMovement[] {
  const count = (p: Period) =>
    countByCode(facts.codes.cause, select(facts, p, "incidence", clauses), facts.causes.length);
  const before = monthsBefore(period, months);
  const lookBack: Period = {
    start: monthsBefore(period, months * periodsWithoutACase).start,
    end: period.start,
  };
  const now = count(period);
  const previously = count(before);
  const aYearAgo = count(monthsBefore(period, 12));
  const recently = count(lookBack);
  const firstDay = facts.incidenceDay[0] ?? period.start;
  const longAgo = count({ start: firstDay, end: lookBack.start });
  const lastSeen = (code: number): LastSeen | null => {
    if (recently[code]! > 0) return "lately";
    if (firstDay > lookBack.start) return null;
    return longAgo[code]! > 0 ? "long_ago" : "never";
  };
  const dispersions = causeDispersions(facts, before.start, months, clauses);
  const compared = facts.causes.flatMap((cause, code) => {
    const cases = now[code] ?? 0;
    const previous = previously[code] ?? 0;
    if (cause === undefined || cases + previous === 0) return [];
    const dispersion = dispersions[code] ?? 1;
    const ratio = rateRatio(
      previous / dispersion,
      cases / dispersion,
      lengthInDays(before),
      lengthInDays(period),
    );
    const entry = { cause, cases, previous, yearAgo: aYearAgo[code] ?? 0, dispersion, ratio };
    return [{ ...entry, seen: lastSeen(code) }];
  });
  const ps = [...compared.map(({ ratio }) => ratio?.p ?? 1), ...bursts.map(({ p }) => p)];
  const qs = benjaminiHochberg(ps);
  const burstOf = burstsBeyondChance(bursts, qs.slice(compared.length));
  return compared
    .map((entry, i): CauseMovement => {
      const q = qs[i] ?? 1;
      const days = Math.min(lengthInDays(before), lengthInDays(period));
      const saying = whatMayBeSaid(
        Math.max(entry.cases, entry.previous),
        days,
        entry.ratio?.interval ?? null,
      );
      const burst = burstOf.get(entry.cause.causeId) ?? null;
      return { ...entry, q, saying, movement: movementOf({ ...entry, q, saying }), burst };
    })
    .sort((a, b) => b.cases - a.cases || a.cause.causeId - b.cause.causeId);
}

function burstsBeyondChance(bursts: readonly CauseBurst[], qs: readonly number[]): Map<number, TestedBurst> {
  const found = new Map<number, TestedBurst>();
  bursts.forEach(({ window, ...burst }, i) => {
    const q = qs[i] ?? 1;
    if (window === null || q > falseDiscoveryRate) return;
    found.set(burst.cause.causeId, { burst: { ...burst, window }, q });
  });
  return found;
}

function movementOf(entry: Omit<CauseMovement, "movement" | "burst">): Movement {
  if (entry.q > falseDiscoveryRate) return null;
  const isAway = entry.seen === "never" || entry.seen === "long_ago";
  if (isAway && entry.cases >= fewestForRate) return entry.seen === "never" ? "new" : "returned";
  const ratio = entry.ratio?.ratio ?? null;
  if (entry.saying !== "verb" || ratio === null) return null;
  return ratio > 1 ? "rose" : "fell";
}
