import { type SecondFixKind, secondFixKinds } from "../case.ts";
import { type Share, shareOf } from "../metrics/share.ts";
import type { Day } from "../period.ts";
import { kaplanMeier, type SurvivalQuantile, survivalQuantile } from "../statistics/kaplan-meier.ts";
import { isVerified } from "./fix-stage.ts";
import type { VerdictOfChange } from "./verdict-of-change.ts";

/** A second fix as the ledger counts it. */
export interface CountedFix {
  kind: SecondFixKind;
  /** The day of the call. */
  openedOn: Day;
  /** The last day on which it was put in place; `null`: it is not yet. */
  implementedTo: Day | null;
  isDropped: boolean;
  /** The verdict that stands; `null`: none is reached. */
  verdict: VerdictOfChange | "regressed" | null;
}

/** How the fixes of one kind have done here. */
export interface KindOfFix {
  kind: SecondFixKind;
  /** In place. */
  implemented: number;
  /** Effective or partially effective, and holding, of those with a conclusive verdict. */
  verified: Share;
  harmful: number;
  /** Judged, and chance alone could explain either: neither a success nor a failure. */
  inconclusive: number;
  /** No verdict yet. */
  open: number;
}

/**
 * The kinds of second fix beside each other: does training ever work here? Kinds without a fix in place are left out; the most
 * judged first. Association, not proof: other causes get other kinds of fix. Cost: one pass a kind.
 */
export function fixLeague(fixes: readonly CountedFix[]): KindOfFix[] {
  return secondFixKinds
    .map((kind): KindOfFix => {
      const placed = fixes.filter((fix) => fix.kind === kind && fix.implementedTo !== null);
      const conclusive = placed.filter(({ verdict }) => verdict !== null && verdict !== "inconclusive");
      const having = (wanted: CountedFix["verdict"]) =>
        placed.filter(({ verdict }) => verdict === wanted).length;
      return {
        kind,
        implemented: placed.length,
        verified: shareOf(conclusive.filter(isVerified).length, conclusive.length),
        harmful: having("harmful"),
        inconclusive: having("inconclusive"),
        open: having(null),
      };
    })
    .filter(({ implemented }) => implemented > 0)
    .sort(
      (a, b) => b.verified.n - a.verified.n || b.implemented - a.implemented || (a.kind < b.kind ? -1 : 1),
    );
}

/**
 * Days from the call to the last day on which a second fix was put in place, by which half of them are. Those that are not in
 * place yet are known to take longer than they have taken; dropped ones tell nothing. Source: Kaplan & Meier 1958.
 */
export function daysToSecondFix(
  fixes: readonly CountedFix[],
  today: Day,
): { median: SurvivalQuantile; n: number; open: number } {
  const told = fixes.filter(({ isDropped, openedOn }) => !isDropped && openedOn <= today);
  const isIn = ({ implementedTo }: CountedFix) => implementedTo !== null && implementedTo <= today;
  const days = Float64Array.from(told, (fix) => (isIn(fix) ? fix.implementedTo! : today) - fix.openedOn);
  const ended = Uint8Array.from(told, (fix) => Number(isIn(fix)));
  const open = told.length - ended.reduce((sum, end) => sum + end, 0);
  return { median: survivalQuantile(kaplanMeier(days, ended), 0.5), n: told.length, open };
}
