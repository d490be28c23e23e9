import type { Clause } from "../filter/filter.ts";
import type { Period } from "../period.ts";
import type { CauseBurst } from "../repeats/bursts.ts";
import type { JudgedFix } from "./statement.ts";

/** What the columns don't know of a quarter whose findings are asked for. */
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
  /** Second fixes with their verdicts, those of other quarters too. */
  judgedFixes: readonly JudgedFix[];
  /** Of the quarter's causes, searched under the same clauses; `null`: they can't be looked for. */
  bursts: readonly CauseBurst[] | null;
}
