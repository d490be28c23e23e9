import type { RemedyType } from "../case.ts";
import { type Share, shareOf } from "../metrics/share.ts";
import type { Day } from "../period.ts";

/** How the cases of a cause are to be handled, in one version. A rule that is `null` is not set, and asks nothing. */
export interface Playbook {
  version: number;
  /** In force from this day until the next version is. */
  from: Day;
  /** Teams that help with it. */
  helpers: readonly string[] | null;
  /** Highest level of the ladder that it may go up to. */
  highestLevel: number | null;
  /** What may be offered, and nothing else; `none` always may. What may not be offered is not in it. */
  offers: readonly RemedyType[] | null;
  /** The most that may be paid, in minor units of the currency of the cases. */
  ceilingMinor: number | null;
}

/** What is known of the handling of one resolved case; `null` = unknown. */
export interface PlayedCase {
  /** The day whose version it was to be handled by. */
  on: Day;
  team: string | null;
  escalationLevel: number | null;
  remedies: readonly RemedyType[] | null;
  /** Minor units of the playbook's currency; unknown where it was paid in another one. */
  compensationMinor: number | null;
}

export type PlaybookRule = "helper" | "ladder" | "offers" | "ceiling";

export interface RuleAdherence {
  rule: PlaybookRule;
  /** Of the cases of which it is known; no case where the version does not set the rule. */
  kept: Share;
  /** Cases of which it is not known: no breach, and not kept either. */
  unknown: number;
  /** The cases that broke it, by their place in the input. */
  broken: number[];
}

export interface VersionAdherence {
  version: number;
  /** Cases of its days. */
  cases: number;
  rules: RuleAdherence[];
  /** All rules that are set together, of the cases of which all of them are known; no case where none is set. */
  whole: Share;
  /** Cases of which a rule that is set is not known. */
  unknown: number;
}

type Ask = (playbook: Playbook, played: PlayedCase) => boolean | null;

/** Asked only where the version sets the rule, and where the case tells. */
const asks: Readonly<Record<PlaybookRule, { isSet: (playbook: Playbook) => boolean; isKept: Ask }>> = {
  helper: {
    isSet: ({ helpers }) => helpers !== null,
    isKept: ({ helpers }, { team }) => (team === null ? null : helpers!.includes(team)),
  },
  ladder: {
    isSet: ({ highestLevel }) => highestLevel !== null,
    isKept: ({ highestLevel }, { escalationLevel: level }) =>
      level === null ? null : level <= highestLevel!,
  },
  offers: {
    isSet: ({ offers }) => offers !== null,
    isKept: ({ offers }, { remedies }) =>
      remedies && remedies.every((remedy) => remedy === "none" || offers!.includes(remedy)),
  },
  ceiling: {
    isSet: ({ ceilingMinor }) => ceilingMinor !== null,
    isKept: ({ ceilingMinor }, { compensationMinor: paid }) => (paid === null ? null : paid <= ceilingMinor!),
  },
};
const rules: readonly PlaybookRule[] = ["helper", "ladder", "offers", "ceiling"];

/**
 * Which cases were handled as the playbook of their day says, by version, oldest first: each rule apart, and all that are set
 * together. What is unknown is no breach. All rules together count a case only where each is known, also if one is known to be
 * broken: else cases of which little is known could only be breaches. Source: PRODUCT §8, "Playbook". Cost: n x versions.
 * @throws where two versions begin on one day
 * @returns beside the versions, the cases of days before the first of them
 */
export function playbookAdherence(
  versions: readonly Playbook[],
  cases: readonly PlayedCase[],
): { versions: VersionAdherence[]; beforeFirst: number } {
  const ordered = versions.toSorted((a, b) => a.from - b.from);
  const twin = ordered.find((playbook, i) => ordered[i + 1]?.from === playbook.from);
  if (twin !== undefined)
    throw new RangeError(`playbookAdherence: expected one version a day, got two from day ${twin.from}`);
  const adherence = ordered.map((playbook, i) => {
    const until = ordered[i + 1]?.from ?? Infinity;
    const places = cases.flatMap(({ on }, place) => (on >= playbook.from && on < until ? [place] : []));
    return adherenceTo(playbook, cases, places);
  });
  const counted = adherence.reduce((sum, version) => sum + version.cases, 0);
  return { versions: adherence, beforeFirst: cases.length - counted };
}

function adherenceTo(
  playbook: Playbook,
  cases: readonly PlayedCase[],
  places: readonly number[],
): VersionAdherence {
  const set = rules.filter((rule) => asks[rule].isSet(playbook));
  const answersTo = (rule: PlaybookRule) =>
    set.includes(rule) ? places.map((place) => asks[rule].isKept(playbook, cases[place]!)) : [];
  const ofCases = places.map((place) => set.map((rule) => asks[rule].isKept(playbook, cases[place]!)));
  const known = ofCases.filter((answers) => set.length > 0 && !answers.includes(null));
  return {
    version: playbook.version,
    cases: places.length,
    rules: rules.map((rule) => {
      const answers = answersTo(rule);
      const kept = answers.filter((answer) => answer === true).length;
      const broken = places.filter((_, i) => answers[i] === false);
      const unknown = answers.filter((answer) => answer === null).length;
      return { rule, kept: shareOf(kept, kept + broken.length), unknown, broken };
    }),
    whole: shareOf(known.filter((answers) => !answers.includes(false)).length, known.length),
    unknown: set.length === 0 ? 0 : places.length - known.length,
  };
}
