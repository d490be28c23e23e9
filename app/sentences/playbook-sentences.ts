import { type RemedyType, remedyTypes } from "#analytics/case.ts";
import type { Playbook, PlaybookRule } from "#analytics/what-worked/playbook-adherence.ts";
import { moneyText, words } from "#app/format.ts";

/** What a version says, with the currency of its ceiling. */
export type SaidPlaybook = Pick<Playbook, "helpers" | "highestLevel" | "offers" | "ceilingMinor"> & {
  currency: string | null;
};

/** A rule as the cases are held against it, in plain words; `null`: the version does not set it. */
export function ruleSentence(rule: PlaybookRule, playbook: SaidPlaybook): string | null {
  const { helpers, highestLevel, offers, ceilingMinor, currency } = playbook;
  switch (rule) {
    case "helper":
      return helpers && `Handled by ${orText(helpers)}`;
    case "ladder":
      if (highestLevel === null) return null;
      return highestLevel === 0 ? "Not escalated" : `Escalated to level ${highestLevel} at most`;
    case "offers":
      return (
        offers &&
        (offers.length === 0 ? "Nothing offered" : `Nothing offered but ${orText(offers.map(words))}`)
      );
    case "ceiling":
      if (ceilingMinor === null) return null;
      return ceilingMinor === 0 ? "Nothing paid" : `${moneyText(ceilingMinor, currency)} paid at most`;
  }
}

/** The remedies that a version does not allow; `null` where it has no rule on them. */
export function notToOffer({ offers }: SaidPlaybook): RemedyType[] | null {
  return offers && remedyTypes.filter((remedy) => remedy !== "none" && !offers.includes(remedy));
}

const either = new Intl.ListFormat("en-GB", { type: "disjunction" });

function orText(items: readonly string[]): string {
  return either.format(items);
}
