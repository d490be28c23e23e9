import { type CausesAndCases, causeTrust, leastStability } from "#analytics/metrics/cause-trust.ts";
import type { CauseState } from "#analytics/metrics/confirmation-queue.ts";
import { unassignedCases } from "#analytics/metrics/unassigned.ts";
import { categoryText, counted, partText, shareText } from "#app/format.ts";
import { hrefTo, type View } from "#app/tables/view.ts";

/** How far to trust the causes of a view, in words; and about which of them a person's word is worth most. */
export interface CauseTrustTexts {
  items: { term: string; value: string }[];
  toConfirm: { name: string; href: string; sentence: string }[];
}

export function causeTrustTexts(view: View, states: readonly CauseState[]): CauseTrustTexts {
  const { cases, withCause, named, confirmed, shaky, toConfirm } = causeTrust(
    view.facts,
    view.incidence,
    states,
  );
  const confidenceOf = new Map(states.map(({ causeId, confidence }) => [causeId, confidence]));
  const ofCauses = (part: CausesAndCases) =>
    `${partText(part.causes, withCause.causes)} causes, with ${shareOfCases(part.cases, withCause.cases)}`;
  return {
    items: [
      {
        term: "Cases with a cause",
        value: `${partText(withCause.cases, cases)} (${shareText(ratio(withCause.cases, cases), cases)})`,
      },
      ...withoutCause(view),
      { term: "Category confirmed by a person", value: ofCauses(confirmed) },
      { term: "Named by a person", value: ofCauses(named) },
      { term: `Stability under ${shareText(leastStability)}`, value: ofCauses(shaky) },
    ],
    toConfirm: toConfirm.map(({ cause, cases: size, category }) => {
      const confidence = confidenceOf.get(cause?.causeId ?? -1) ?? null;
      const suggestion =
        category === null || confidence === null
          ? "no category is suggested"
          : `${categoryText(category)} is suggested, ${shareText(confidence)} sure`;
      return {
        name: cause?.name ?? "",
        href: hrefTo(view.workspace, `causes/${cause?.causeId ?? 0}`, view.filter),
        sentence: `${counted(size, "case")}; ${suggestion}`,
      };
    }),
  };
}

/** Nothing where no run has put on record why a case has none. */
function withoutCause({ facts, incidence }: View): CauseTrustTexts["items"] {
  const { emerging, nothingKnown } = unassignedCases(facts, incidence);
  if (emerging + nothingKnown === 0) return [];
  const ofAll = (part: number) =>
    `${partText(part, incidence.length)} (${shareText(ratio(part, incidence.length), incidence.length)})`;
  return [
    { term: "Cases that fit none of the causes (emerging)", value: ofAll(emerging) },
    { term: "Cases with neither words nor a contact reason", value: ofAll(nothingKnown) },
  ];
}

function shareOfCases(part: number, whole: number): string {
  return whole === 0 ? "no cases" : `${shareText(ratio(part, whole), whole)} of these cases`;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
